package org.pupilledger.rebuild;

import java.util.List;

/**
 * What came of a rebuild that was done. Whatever the finding, what was made from the entries serves now.
 *
 * @param position at which the copies were compared, -1 where the ledger was empty
 * @param was      digest of the copy that served until then, 64 hexadecimal digits; see {@link Digest}
 * @param now      digest of the new copy at the same position
 * @param left     sentences about what is damaged still, and who can mend it; empty for a projection
 */
public record Outcome(String projection, long position, Finding finding, String was, String now, List<String> left) {
    public Outcome {
        left = List.copyOf(left);
    }

    /** One that leaves nothing to do. */
    public Outcome(String projection, long position, Finding finding, String was, String now) {
        this(projection, position, finding, was, now, List.of());
    }

    /** What the comparison of the two copies says. */
    public enum Finding {
        /** They held the same. */
        SAME,
        /** The one that served did not hold what the entries say, or its place was moved. */
        DAMAGED,
        /** The one that served was made by an older version of the program; there was nothing to compare. */
        OLDER_VERSION
    }
}
