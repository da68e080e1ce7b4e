package org.pupilledger.terminal;

/** How a command ends, beside 0. */
public final class ExitCode {
    /** Something was found, differs or was refused. */
    public static final int FINDING = 1;

    /** Wrong use, or what was asked for cannot be read. */
    public static final int WRONG_USE = 2;

    /** All is as it was signed, but by a key that nothing outside what was verified vouches for. */
    public static final int UNVOUCHED = 3;

    private ExitCode() {}
}
