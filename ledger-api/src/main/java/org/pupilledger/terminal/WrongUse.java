package org.pupilledger.terminal;

/** The command cannot be carried out as it was given. */
public final class WrongUse extends RuntimeException {
    public WrongUse(String message) {
        super(message);
    }
}
