package org.pupilledger.ledger;

/** The ledger's keys stay as they are; nothing was recorded. The message says why, and what to do. */
public final class KeyRefused extends RuntimeException {
    /** Why. */
    public enum Reason {
        RETIRED("This key was retired, and what it signs since must not be believed. Put another key in its place, or"
                + " remove the file to have one made."),
        LAST_ACTIVE(
                "The key in the key file is the only one that signs, and without it nothing could be sealed. Run log"
                        + " rotate-key first."),
        OTHER_NAME(
                "The key has another name than those before it, and a log keeps its name. Set ledger.log.origin to the"
                        + " name with which the log was created, or remove that setting.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    KeyRefused(Reason reason) {
        super(reason.sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
