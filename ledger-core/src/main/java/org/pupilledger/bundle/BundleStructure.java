package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/** Says whether a bundle has the parts that it should, in their order, and no others. */
final class BundleStructure {
    private final Bundle bundle;
    private final long size;
    private final Set<String> expected = new LinkedHashSet<>();

    /** @param size of the tree that is signed */
    BundleStructure(Bundle bundle, long size) {
        this.bundle = bundle;
        this.size = size;
    }

    List<Break> breaks() {
        List<Break> missing = missing();
        List<Break> breaks = new ArrayList<>();
        bundle.repeated()
                .forEach(name ->
                        breaks.add(new Break(Kind.INSERTED, 0, "The bundle has " + known(name) + " more than once.")));
        breaks.addAll(missing);
        if (missing.size() == BundleReport.MAX_BREAKS) {
            return breaks;
        }
        for (String name : bundle.names()) {
            if (!expected.contains(name) && !name.startsWith(BundleLayout.EDITION)) {
                breaks.add(new Break(Kind.INSERTED, 0, "The bundle has a part that does not belong to it."));
            }
        }
        if (breaks.isEmpty()) {
            Iterator<String> there = bundle.names().iterator();
            for (String name : expected) {
                if (!there.next().equals(name)) {
                    breaks.add(new Break(
                            Kind.REORDERED,
                            first(name),
                            "The parts of the bundle are not in their order: " + name + " stands elsewhere."));
                    return breaks;
                }
            }
        }
        return breaks;
    }

    /** Makes up names only until enough of them are missing: whoever wrote the checkpoint may have chosen any size. */
    private List<Break> missing() {
        List<Break> missing = new ArrayList<>();
        Iterator<String> names = BundleLayout.beforeEdition(size).iterator();
        while (names.hasNext() && missing.size() < BundleReport.MAX_BREAKS) {
            String name = names.next();
            expected.add(name);
            if (!bundle.has(name)) {
                missing.add(new Break(Kind.MISSING, first(name), "The bundle has no " + name + "."));
            }
        }
        return missing;
    }

    /** A name that nobody knows may hold anything. */
    private String known(String name) {
        return expected.contains(name) || name.equals(BundleLayout.FIGURES) ? name : "a part";
    }

    /** First position that a part is about. */
    private static long first(String name) {
        return name.startsWith("entries/") ? Long.parseLong(name.replaceAll("[^0-9]", "")) * BundleLayout.LINES : 0;
    }
}
