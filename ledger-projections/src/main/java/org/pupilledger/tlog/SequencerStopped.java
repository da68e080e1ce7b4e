package org.pupilledger.tlog;

/** An event cannot be given a position; none after it is, until somebody looks. The message quotes no data. */
public final class SequencerStopped extends RuntimeException {
    SequencerStopped(String message) {
        super(message);
    }

    SequencerStopped(String message, Throwable cause) {
        super(message, cause);
    }
}
