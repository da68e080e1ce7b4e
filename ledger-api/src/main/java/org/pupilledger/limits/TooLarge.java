package org.pupilledger.limits;

/** An answer would take more memory than all callers together may take. */
public final class TooLarge extends RuntimeException {
    TooLarge() {
        super("too large", null, false, false);
    }
}
