package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.EditionTables;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/** Whether an edition follows from the entries of its bundle: each cell is recomputed, each file is the one that was released. */
final class EditionVerification {
    private final Bundle open;
    private final BundleHead head;
    private final Checkpoint checkpoint;
    private final EntrySum scan;
    private BundleVerification.@Nullable Verified verified;

    /** @param scan of entries that are those of the checkpoint */
    EditionVerification(Bundle open, BundleHead head, Checkpoint checkpoint, EntrySum scan) {
        this.open = open;
        this.head = head;
        this.checkpoint = checkpoint;
        this.scan = scan;
    }

    /** What is known once nothing is broken; null where something is. */
    BundleVerification.@Nullable Verified verified() {
        return verified;
    }

    /** @param breaks that were found before; what is found is added to them */
    BundleReport run(List<Break> breaks) {
        BundleSources sources = new BundleSources(open, checkpoint.size(), scan.totals(), scan.seldom());
        State<EditionState> edition = sources.edition(head.edition()).orElse(null);
        Revision revision = edition == null
                ? null
                : edition.state().revision(head.revision()).orElse(null);
        if (edition == null || revision == null) {
            breaks.add(new Break(
                    Kind.MISSING,
                    checkpoint.size(),
                    "No entry releases revision " + head.revision() + " of the edition " + head.edition() + "."));
            return new BundleReport(head, scan.given(), 0, breaks);
        }
        addSecond(edition, head.revision(), breaks);
        long released = edition.stamps().get((int) revision.sequence()).position();
        Content content = revision.content();
        breaks.addAll(ofRelease(content, released));
        long cells = 0;
        Set<String> named = new LinkedHashSet<>();
        EditionRules rules = EditionRules.of(content.rules()).orElse(null);
        if (rules != null) {
            try {
                EditionTables.Made made = sources.make(edition.state(), revision, rules);
                cells = compare(made, content, breaks, named);
            } catch (IllegalStateException | IllegalArgumentException e) {
                breaks.add(new Break(
                        Kind.CHANGED,
                        content.position(),
                        "The figures cannot be recomputed from the entries that are given."));
            }
        }
        breaks.addAll(ofFiles(content, named));
        if (breaks.isEmpty()) {
            verified = new BundleVerification.Verified(open, head, sources, edition.state(), revision, scan);
        }
        return new BundleReport(head, scan.given(), cells, breaks);
    }

    /** Who holds the key could release a revision twice, and show each to somebody else. */
    private static void addSecond(State<EditionState> edition, int number, List<Break> breaks) {
        edition.state().revisions().stream()
                .filter(one -> one.number() == number)
                .skip(1)
                .findFirst()
                .ifPresent(second -> {
                    long position =
                            edition.stamps().get((int) second.sequence()).position();
                    breaks.add(new Break(
                            Kind.INSERTED,
                            position,
                            "Revision " + number + " of the edition "
                                    + edition.state().quarter()
                                    + " is released a second time, by the entry of position " + position + "."));
                });
    }

    private List<Break> ofRelease(Content content, long released) {
        List<Break> breaks = new ArrayList<>();
        if (content.position() != head.position() || !content.rules().equals(head.rules())) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    released,
                    BundleLayout.HEAD + " has another position or other rules than the entry that released the edition,"
                            + " at position " + released + "."));
        }
        if (EditionRules.of(content.rules()).isEmpty()) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    released,
                    "The edition was made by rules that this version of the verifier does not know, so its figures"
                            + " cannot be recomputed."));
        }
        long size = content.checkpoint().size();
        boolean isRoot = content.position() < released
                && size <= released
                && Base64.getEncoder()
                        .encodeToString(open.tree(checkpoint.size()).first(size).root())
                        .equals(content.checkpoint().rootHash());
        if (!isRoot) {
            breaks.add(new Break(
                    Kind.FORGED,
                    released,
                    "The tree that the release at position " + released + " names is not that of the first " + size
                            + " entries."));
        }
        return breaks;
    }

    private long compare(EditionTables.Made made, Content content, List<Break> breaks, Set<String> named) {
        long cells = 0;
        for (Table table : made.document().tables()) {
            TableBreaks comparison = new TableBreaks(table, content.position(), BundleLayout.EDITION, Map.of());
            comparison.compare(open);
            breaks.addAll(comparison.breaks());
            cells += comparison.cells();
            if (!comparison.breaks().isEmpty()) {
                named.add(table.name() + ".csv");
                named.add(TableMetadata.fileName(table));
            }
        }
        if (!Arrays.equals(open.read(BundleLayout.FIGURES, PublishedFile.MAX_BYTES), made.frozen())) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    content.position(),
                    BundleLayout.FIGURES + ": the monthly figures are not those that the entries give."));
        }
        return cells;
    }

    /**
     * Compares all files with the digests that the release names.
     *
     * @param named files of which a break says more already
     */
    private List<Break> ofFiles(Content content, Set<String> named) {
        List<Break> breaks = new ArrayList<>();
        Set<String> expected = new LinkedHashSet<>();
        for (PublishedFile file : content.files()) {
            expected.add(BundleLayout.EDITION + file.name());
            byte[] bytes = open.read(BundleLayout.EDITION + file.name(), PublishedFile.MAX_BYTES);
            if (bytes == null && !open.has(BundleLayout.EDITION + file.name())) {
                breaks.add(new Break(
                        Kind.MISSING, content.position(), BundleLayout.EDITION + file.name() + " is missing."));
            } else if (!named.contains(file.name())
                    && (bytes == null
                            || bytes.length != file.size()
                            || !Sha256.of(bytes).equals(file.digest()))) {
                breaks.add(new Break(
                        Kind.CHANGED,
                        content.position(),
                        BundleLayout.EDITION + file.name() + " is not the file that was released."));
            }
        }
        expected.add(BundleLayout.FIGURES);
        byte[] figures = open.read(BundleLayout.FIGURES, PublishedFile.MAX_BYTES);
        if (figures == null || !Sha256.of(figures).equals(content.figures())) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    content.position(),
                    BundleLayout.FIGURES + " is not what the release has the digest of."));
        }
        List<String> there = open.names().stream()
                .filter(name -> name.startsWith(BundleLayout.EDITION))
                .toList();
        if (breaks.isEmpty() && !there.equals(List.copyOf(expected))) {
            Iterator<String> wanted = expected.iterator();
            there.stream()
                    .filter(name -> !expected.contains(name))
                    .findFirst()
                    .ifPresentOrElse(
                            extra -> breaks.add(new Break(
                                    Kind.INSERTED,
                                    content.position(),
                                    "The bundle holds a file in " + BundleLayout.EDITION
                                            + " that the release does not name.")),
                            () -> breaks.add(new Break(
                                    Kind.REORDERED,
                                    content.position(),
                                    "The files in " + BundleLayout.EDITION
                                            + " are not in the order in which the release"
                                            + " names them, beginning with " + wanted.next() + ".")));
        }
        return breaks;
    }
}
