package org.pupilledger.seal;

/** Something sequenced cannot be sealed; nothing after it is, until somebody looks. The message quotes no data. */
public final class SealFailed extends RuntimeException {
    SealFailed(String message) {
        super(message);
    }

    SealFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
