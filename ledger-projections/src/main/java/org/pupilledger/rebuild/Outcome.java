package org.pupilledger.rebuild;

/**
 * What came of a rebuild that was done. Whatever the finding, the copy made from the entries serves now.
 *
 * @param position at which the copies were compared, -1 where the ledger was empty
 * @param was      digest of the copy that served until then, 64 hexadecimal digits; see {@link Digest}
 * @param now      digest of the new copy at the same position
 */
public record Outcome(String projection, long position, Finding finding, String was, String now) {
    /** What the comparison of the two copies says. */
    public enum Finding {
        /** They held the same. */
        SAME,
        /** The one that served did not hold what the entries say. */
        DAMAGED,
        /** The one that served was made by an older version of the program; there was nothing to compare. */
        OLDER_VERSION
    }
}
