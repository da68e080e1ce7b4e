package org.pupilledger.organisation;

/** The organisation has changed since the version that the caller knows; nothing was recorded. */
public final class StaleOrganisation extends RuntimeException {
    StaleOrganisation() {
        super("stale version", null, false, false);
    }
}
