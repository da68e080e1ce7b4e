package org.pupilledger.security;

/** Which entries of the log everybody may read. */
public interface PublicEntries {
    /**
     * Whether everybody may read all of some entries.
     *
     * @param first position of the first
     * @param end   position after the last; need not be there
     */
    boolean areReleased(long first, long end);

    /** Whether any entry is ever open to everybody; false is a decision, not a matter of time. */
    boolean isEverOpen();
}
