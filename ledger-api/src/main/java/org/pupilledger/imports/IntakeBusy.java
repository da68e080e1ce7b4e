package org.pupilledger.imports;

/** Other imports are under way; this one was not begun. */
public final class IntakeBusy extends RuntimeException {
    IntakeBusy() {
        super("busy", null, false, false);
    }
}
