package org.pupilledger.store;

/** The database would lose what was acknowledged, or is not one that this program can use. */
public final class UnsafeDatabase extends RuntimeException {
    UnsafeDatabase(String message) {
        super(message);
    }

    UnsafeDatabase(String message, Throwable cause) {
        super(message, cause);
    }
}
