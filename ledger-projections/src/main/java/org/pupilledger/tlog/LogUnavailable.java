package org.pupilledger.tlog;

/** The database could not be read. */
public final class LogUnavailable extends RuntimeException {
    public LogUnavailable(Throwable cause) {
        super("the log cannot be read", cause);
    }
}
