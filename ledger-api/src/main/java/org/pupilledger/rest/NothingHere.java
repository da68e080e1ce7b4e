package org.pupilledger.rest;

/** There is nothing here, as far as the caller may know. */
final class NothingHere extends RuntimeException {
    NothingHere() {
        super("nothing here", null, false, false);
    }
}
