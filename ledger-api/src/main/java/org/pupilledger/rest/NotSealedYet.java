package org.pupilledger.rest;

/** The event that the caller waits for is not in the ledger and the figures yet. */
final class NotSealedYet extends RuntimeException {
    NotSealedYet() {
        super("not sealed yet", null, false, false);
    }
}
