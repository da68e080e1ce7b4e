package org.pupilledger.security;

/** Which entries of the log everybody may read. */
@FunctionalInterface
public interface PublicEntries {
    /**
     * Whether everybody may read all of some entries.
     *
     * @param first position of the first
     * @param end   position after the last; need not be there
     */
    boolean areReleased(long first, long end);
}
