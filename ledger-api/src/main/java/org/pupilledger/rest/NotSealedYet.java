package org.pupilledger.rest;

/** What the caller asks or waits for is not sealed yet, or not in the figures yet. */
final class NotSealedYet extends RuntimeException {
    NotSealedYet() {
        super("not sealed yet", null, false, false);
    }
}
