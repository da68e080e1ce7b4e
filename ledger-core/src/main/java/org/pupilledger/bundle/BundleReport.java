package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.verdict.Break;

/**
 * What the verification of a bundle found.
 *
 * @param head      what the bundle says about itself; null where not even that can be read
 * @param disclosed entries that it gives
 * @param cells     of its tables, recomputed and compared
 * @param breaks    at most {@value #MAX_BREAKS}, the first ones first
 */
public record BundleReport(@Nullable BundleHead head, long disclosed, long cells, List<Break> breaks) {
    /** What follows the first break often follows from it, so no more are listed. */
    public static final int MAX_BREAKS = 20;

    public BundleReport {
        breaks = breaks.stream().limit(MAX_BREAKS).toList();
    }

    static BundleReport broken(@Nullable BundleHead head, List<Break> breaks) {
        return new BundleReport(head, 0, 0, breaks);
    }

    /** The same with one break more, which is told even where there are too many. */
    BundleReport and(Break last) {
        List<Break> all = new ArrayList<>(breaks.subList(0, Math.min(breaks.size(), MAX_BREAKS - 1)));
        all.add(last);
        return new BundleReport(head, disclosed, cells, all);
    }

    public boolean isClean() {
        return breaks.isEmpty();
    }

    /** {@code edition 2023-Q3 revision 1, 41 entries, 38 of them given, 1204 cells}. */
    public String text() {
        BundleHead known = head;
        return known == null
                ? "nothing"
                : "edition " + known.edition() + " revision " + known.revision() + ", " + known.entries()
                        + " entries, " + (disclosed == known.entries() ? "all" : disclosed + "") + " of them given, "
                        + cells + " cells recomputed, " + known.origin();
    }
}
