package org.pupilledger.verdict;

/** The thread was interrupted, and still is. Says nothing about what was verified. */
public final class VerificationStopped extends RuntimeException {
    public VerificationStopped() {
        super("the verification was interrupted");
    }
}
