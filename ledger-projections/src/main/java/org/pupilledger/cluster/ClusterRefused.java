package org.pupilledger.cluster;

/** The embedded database cannot be used; the message says why and what to do, and holds no secret. */
public final class ClusterRefused extends RuntimeException {

    ClusterRefused(String message) {
        super(message);
    }

    ClusterRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
