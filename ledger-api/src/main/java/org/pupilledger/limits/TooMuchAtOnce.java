package org.pupilledger.limits;

/** The server does as much at once as it can. */
public final class TooMuchAtOnce extends RuntimeException {
    public TooMuchAtOnce() {
        super("too much at once", null, false, false);
    }
}
