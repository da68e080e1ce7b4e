package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupilledger.verification.Break;
import org.pupilledger.verification.Break.Kind;

/** Says whether a bundle has the parts that it should, in their order, and no others. */
final class BundleStructure {
    private final Bundle bundle;
    private final List<String> expected;

    /** @param size of the tree that is signed */
    BundleStructure(Bundle bundle, long size) {
        this.bundle = bundle;
        this.expected = BundleLayout.beforeEdition(size);
    }

    List<Break> breaks() {
        List<Break> breaks = new ArrayList<>();
        bundle.repeated()
                .forEach(name ->
                        breaks.add(new Break(Kind.INSERTED, 0, "The bundle has " + known(name) + " more than once.")));
        Set<String> wanted = new HashSet<>(expected);
        for (String name : expected) {
            if (!bundle.has(name)) {
                breaks.add(new Break(Kind.MISSING, first(name), "The bundle has no " + name + "."));
            }
        }
        for (String name : bundle.names()) {
            if (!wanted.contains(name) && !name.startsWith(BundleLayout.EDITION)) {
                breaks.add(new Break(Kind.INSERTED, 0, "The bundle has a part that does not belong to it."));
            }
        }
        if (breaks.isEmpty()) {
            List<String> there = List.copyOf(bundle.names());
            for (int i = 0; i < expected.size(); i++) {
                if (!there.get(i).equals(expected.get(i))) {
                    breaks.add(new Break(
                            Kind.REORDERED,
                            first(expected.get(i)),
                            "The parts of the bundle are not in their order: " + expected.get(i)
                                    + " stands elsewhere."));
                    return breaks;
                }
            }
        }
        return breaks;
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
