package org.pupilledger.limits;

/** A body does not come as fast as it must, or not at all. */
public final class BodyTooSlow extends RuntimeException {
    BodyTooSlow() {
        super("body too slow", null, false, false);
    }
}
