package org.pupilledger.ledger;

/** The ledger's keys stay as they are; nothing was recorded. */
public final class KeyRefused extends RuntimeException {
    /** Why. */
    public enum Reason {
        /** It was retired, and what it signs after that must not be believed. */
        RETIRED,
        /** It is the only active one, without which nothing could be sealed. */
        LAST_ACTIVE,
        /** Its name is not the ledger's: checkpoints of one log have one origin. */
        OTHER_NAME
    }

    private final Reason reason;

    KeyRefused(Reason reason) {
        super("key refused", null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
