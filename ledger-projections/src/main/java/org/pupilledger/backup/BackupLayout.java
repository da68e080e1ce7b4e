package org.pupilledger.backup;

import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pupilledger.bundle.BundleLayout;

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
    static String lineFile(String kind, long part) {
        return String.format(Locale.ROOT, "%s/%03d.jsonl", kind, part);
    }

    /** All names up to those of published files, in order; made up one by one, since the head may say any number. */
    static Stream<String> beforePublished(BackupHead head) {
        return Stream.of(
                        lines(METADATA, head.entries()),
                        lines(CHECKPOINTS, head.checkpoints()),
                        lines(ACTORS, head.actors()),
                        lines(CLAIMS, head.claims()))
                .reduce(BundleLayout.beforeEdition(head.entries()), Stream::concat);
    }

    private static Stream<String> lines(String kind, long count) {
        return LongStream.range(0, BundleLayout.parts(count)).mapToObj(part -> lineFile(kind, part));
    }
}
