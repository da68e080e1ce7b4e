package org.pupilledger.seal;

import org.pupilledger.failure.Hindered;

/**
 * Database, journal, last signed state and key do not belong together, so nothing may be served or signed. The message
 * says which of them is behind, different or missing, and what to do.
 */
public final class LogRefused extends Hindered {
    LogRefused(String message) {
        super(message);
    }
}
