package org.pupilledger.rebuild;

/** A rebuild ended because it was asked to; the old copy serves on. */
public final class Stopped extends RuntimeException {
    Stopped() {
        super("The rebuild was stopped; the figures are as they were.", null, false, false);
    }
}
