package org.pupilledger.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.merkle.Tile;

/** Names and order of the files in a full bundle: those of an audit bundle, and then what only a restoration needs. */
final class BackupLayout {
    static final String ENTRIES = "entries";
    static final String METADATA = "metadata";
    static final String CHECKPOINTS = "checkpoints";
    static final String ACTORS = "actors";
    static final String CLAIMS = "claims";
    static final String PUBLISHED = "published/";

    private BackupLayout() {}

    /** {@code metadata/000.jsonl}; more digits where three do not suffice. */
    static String lines(String kind, long part) {
        return String.format(Locale.ROOT, "%s/%03d.jsonl", kind, part);
    }

    /** All names up to those of published files, in order. */
    static List<String> beforePublished(BackupHead head) {
        List<String> names = new ArrayList<>(
                List.of(BundleLayout.README, BundleLayout.HEAD, BundleLayout.CHECKPOINT, BundleLayout.KEY));
        Tile.ofTree(head.entries()).map(BundleLayout::tile).forEach(names::add);
        addLines(names, ENTRIES, head.entries());
        addLines(names, METADATA, head.entries());
        addLines(names, CHECKPOINTS, head.checkpoints());
        addLines(names, ACTORS, head.actors());
        addLines(names, CLAIMS, head.claims());
        return names;
    }

    private static void addLines(List<String> names, String kind, long count) {
        for (long part = 0; part < BundleLayout.parts(count); part++) {
            names.add(lines(kind, part));
        }
    }
}
