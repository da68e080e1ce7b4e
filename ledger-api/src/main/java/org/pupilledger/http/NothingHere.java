package org.pupilledger.http;

/** There is nothing here, as far as the caller may know. */
public final class NothingHere extends RuntimeException {
    public NothingHere() {
        super("nothing here", null, false, false);
    }
}
