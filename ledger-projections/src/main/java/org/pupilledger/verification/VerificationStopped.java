package org.pupilledger.verification;

/** The thread was interrupted, and still is. Says nothing about what was verified. */
public final class VerificationStopped extends RuntimeException {
    VerificationStopped() {
        super("the verification was interrupted");
    }
}
