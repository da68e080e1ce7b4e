package org.pupilledger.node;

/** The program will not start like this; the message says why and what to do. */
public final class StartRefused extends RuntimeException {
    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
