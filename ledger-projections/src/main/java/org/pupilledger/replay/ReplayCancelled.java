package org.pupilledger.replay;

/** A replay was ended before its end. */
public final class ReplayCancelled extends RuntimeException {
    public ReplayCancelled() {
        super("cancelled", null, false, false);
    }
}
