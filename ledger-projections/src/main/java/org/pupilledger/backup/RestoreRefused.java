package org.pupilledger.backup;

/** Nothing was restored; the message says why and what to do. */
public final class RestoreRefused extends RuntimeException {
    public RestoreRefused(String message) {
        super(message);
    }
}
