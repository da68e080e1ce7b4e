package org.pupilledger.bundle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.editions.EditionTables;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.schema.UnreadableEvent;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/**
 * Verifies a bundle with nothing but a key: the signature, the tree, every entry that is given, and each cell of the
 * edition's tables, which it recomputes from the entries. Whatever cannot be as it is said stops what depends on it.
 */
public final class BundleVerification implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 1 << 16;
    private static final int MAX_FILE_BYTES = 1 << 25;

    private final Path file;
    private final LogVerifier pinned;
    private final List<byte[]> held;
    private @Nullable Bundle bundle;
    private @Nullable Verified verified;

    /** @param pinned the log that is believed in */
    public BundleVerification(Path file, LogVerifier pinned) {
        this(file, pinned, List.of());
    }

    /** @param held older checkpoints, as signed, which must still be true */
    public BundleVerification(Path file, LogVerifier pinned, List<byte[]> held) {
        this.file = file;
        this.pinned = pinned;
        this.held = List.copyOf(held);
    }

    /** Whether a file begins as a bundle does. */
    public static boolean isLike(Path file) {
        return Bundle.isLike(file);
    }

    /** The keys that a bundle brings along, which prove nothing about whose it is; empty where it has none. */
    public static List<VerifierKey> keysIn(Path file) {
        try (Bundle bundle = Bundle.open(file)) {
            byte[] keys = bundle.read(BundleLayout.KEY, MAX_HEAD_BYTES);
            return keys == null ? List.of() : keys(keys);
        } catch (Bundle.Unreadable e) {
            return List.of();
        }
    }

    /** The signed checkpoint in a bundle; empty where it has none. */
    public static Optional<byte[]> checkpointIn(Path file) {
        try (Bundle bundle = Bundle.open(file)) {
            return Optional.ofNullable(bundle.read(BundleLayout.CHECKPOINT, SignedNote.MAX_BYTES));
        } catch (Bundle.Unreadable e) {
            return Optional.empty();
        }
    }

    private static List<VerifierKey> keys(byte[] lines) {
        return new String(lines, java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .map(VerifierKey::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** A bundle in which nothing is broken. */
    record Verified(
            Bundle bundle,
            BundleHead head,
            BundleSources sources,
            EditionState edition,
            Revision revision,
            EntryScan scan) {}

    /** What is known once nothing is broken. */
    Verified verified() {
        return Objects.requireNonNull(verified);
    }

    /**
     * Verifies; once. The file is read until this is closed.
     *
     * @throws Bundle.Unreadable nothing can be said about what is in it
     */
    public BundleReport run() {
        bundle = Bundle.open(file);
        BundleReport report = run(bundle);
        Break flaw = bundle.flaw().orElse(null);
        if (flaw == null) {
            return report;
        }
        verified = null;
        return report.and(flaw);
    }

    private BundleReport run(Bundle open) {
        if (isFull(open)) {
            return BundleReport.broken(
                    null,
                    List.of(new Break(
                            Kind.CHANGED,
                            0,
                            "This is a full bundle and no audit bundle: the command verify of the program"
                                    + " verifies it.")));
        }
        BundleHead head = head(open);
        byte[] note = open.read(BundleLayout.CHECKPOINT, SignedNote.MAX_BYTES);
        List<Break> breaks = new ArrayList<>();
        Checkpoint checkpoint = note == null ? null : checkpoint(note, breaks);
        if (note == null) {
            breaks.add(new Break(Kind.MISSING, 0, "The bundle has no checkpoint, so nothing in it is signed."));
        }
        if (checkpoint == null) {
            return BundleReport.broken(head, breaks);
        }
        open.checkHolds(checkpoint.size());
        breaks.addAll(new BundleStructure(open, checkpoint.size()).breaks());
        if (head == null) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    0,
                    BundleLayout.HEAD + " is missing, or not of the format " + BundleLayout.FORMAT
                            + ", which is the one that this version of the verifier knows."));
        }
        if (head == null || breaks.stream().anyMatch(one -> one.kind() == Kind.MISSING)) {
            return BundleReport.broken(head, breaks);
        }
        breaks.addAll(ofHead(open, head, checkpoint));
        EntryScan scan = EntryScan.of(open, checkpoint.size());
        List<Break> ofTree = scan.breaks(checkpoint.root());
        breaks.addAll(ofTree);
        if (ofTree.isEmpty() && head.variant() == Variant.AUDIT && scan.hidden() != null) {
            breaks.add(new Break(
                    Kind.MISSING,
                    scan.hidden(),
                    "The entry of position " + scan.hidden() + " is missing: an audit bundle gives all of them."));
        }
        if (!ofTree.isEmpty()) {
            return BundleReport.broken(head, breaks);
        }
        breaks.addAll(ofHeld(open, checkpoint.size()));
        try {
            return ofEdition(open, head, checkpoint, scan, breaks);
        } catch (IllegalStateException | IllegalArgumentException | ClassCastException e) {
            // what an entry says makes no sense without another one
            Long hidden = scan.hidden();
            breaks.add(new Break(
                    Kind.MISSING,
                    hidden == null ? 0 : hidden,
                    "The entries that are given do not tell the history of the edition " + head.edition()
                            + (hidden == null
                                    ? "."
                                    : ": one that is needed is hidden, at position " + hidden + " or later.")));
            return new BundleReport(head, scan.given(), 0, breaks);
        }
    }

    private static boolean isFull(Bundle open) {
        byte[] bytes = open.read(BundleLayout.HEAD, MAX_HEAD_BYTES);
        return bytes != null && new String(bytes, StandardCharsets.UTF_8).contains("\"variant\":\"FULL\"");
    }

    private static @Nullable BundleHead head(Bundle open) {
        byte[] bytes = open.read(BundleLayout.HEAD, MAX_HEAD_BYTES);
        try {
            return bytes == null ? null : BundleHead.parse(bytes);
        } catch (UnreadableEvent e) {
            return null;
        }
    }

    private @Nullable Checkpoint checkpoint(byte[] note, List<Break> breaks) {
        Checkpoint said = SignedNote.parse(note)
                .flatMap(signed -> Checkpoint.parse(signed.text()))
                .orElse(null);
        if (said == null) {
            breaks.add(new Break(Kind.CHANGED, 0, "The checkpoint in the bundle is none."));
            return null;
        }
        if (!said.origin().equals(pinned.origin())) {
            breaks.add(new Break(
                    Kind.FORGED,
                    0,
                    "The bundle is of another log: its checkpoint has another origin than " + pinned.origin() + "."));
            return null;
        }
        Checkpoint opened = pinned.open(note).orElse(null);
        if (opened == null) {
            breaks.add(new Break(
                    Kind.FORGED,
                    Math.max(0, said.size() - 1),
                    "The checkpoint of " + said.size() + " entries is not signed by a key that is believed, so nothing"
                            + " in the bundle is proved."));
        } else if (opened.size() == 0) {
            breaks.add(new Break(Kind.MISSING, 0, "The checkpoint is that of an empty log."));
            return null;
        }
        return opened;
    }

    private List<Break> ofHead(Bundle open, BundleHead head, Checkpoint checkpoint) {
        List<Break> breaks = new ArrayList<>();
        if (head.entries() != checkpoint.size() || !head.origin().equals(checkpoint.origin())) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    0,
                    BundleLayout.HEAD + " has another origin or number of entries than the checkpoint."));
        }
        byte[] keys = open.read(BundleLayout.KEY, MAX_HEAD_BYTES);
        byte[] note = open.read(BundleLayout.CHECKPOINT, SignedNote.MAX_BYTES);
        if (keys == null || !opens(keys(keys), checkpoint.origin(), note)) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    0,
                    "The keys in the bundle's file " + BundleLayout.KEY
                            + " are not those that signed its checkpoint."));
        }
        if (!Arrays.equals(open.read(BundleLayout.README, MAX_HEAD_BYTES), BundleReadme.of(head))) {
            breaks.add(new Break(Kind.CHANGED, 0, BundleLayout.README + " is not the one of such a bundle."));
        }
        return breaks;
    }

    private static boolean opens(List<VerifierKey> keys, String origin, byte @Nullable [] note) {
        try {
            return !keys.isEmpty() && new LogVerifier(origin, keys).open(note).isPresent();
        } catch (IllegalArgumentException notDistinguishable) {
            return false;
        }
    }

    private List<Break> ofHeld(Bundle open, long size) {
        List<Break> breaks = new ArrayList<>();
        for (byte[] note : held) {
            Checkpoint older = pinned.open(note).orElse(null);
            if (older == null) {
                breaks.add(new Break(Kind.FORGED, 0, "A checkpoint that was given is not signed by this log."));
            } else if (older.size() > size) {
                breaks.add(new Break(
                        Kind.ROLLED_BACK,
                        size,
                        "A checkpoint of " + older.size() + " entries was given, more than the " + size
                                + " of the bundle, so the two cannot be compared."));
            } else if (!Arrays.equals(root(open, size, older.size()), older.root())) {
                breaks.add(new Break(
                        Kind.FORGED,
                        older.size() - 1,
                        "The first " + older.size() + " entries are not those of the checkpoint that was given."));
            }
        }
        return breaks;
    }

    /** The root of the first leaves, from tiles that were verified. */
    static byte[] root(Bundle open, long size, long older) {
        return open.tree(size).first(older).root();
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

    private BundleReport ofEdition(
            Bundle open, BundleHead head, Checkpoint checkpoint, EntryScan scan, List<Break> breaks) {
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
        breaks.addAll(ofRelease(open, head, checkpoint, content, released));
        long cells = 0;
        Set<String> named = new LinkedHashSet<>();
        if (content.rules().equals(EditionTables.RULES)) {
            try {
                EditionTables.Made made = sources.make(edition.state(), revision);
                cells = compare(open, made, content, breaks, named);
            } catch (IllegalStateException | IllegalArgumentException e) {
                breaks.add(new Break(
                        Kind.CHANGED,
                        content.position(),
                        "The figures cannot be recomputed from the entries that are given."));
            }
        }
        breaks.addAll(ofFiles(open, content, named));
        if (breaks.isEmpty()) {
            verified = new Verified(open, head, sources, edition.state(), revision, scan);
        }
        return new BundleReport(head, scan.given(), cells, breaks);
    }

    private static List<Break> ofRelease(
            Bundle open, BundleHead head, Checkpoint checkpoint, Content content, long released) {
        List<Break> breaks = new ArrayList<>();
        if (content.position() != head.position() || !content.rules().equals(head.rules())) {
            breaks.add(new Break(
                    Kind.CHANGED,
                    released,
                    BundleLayout.HEAD + " has another position or other rules than the entry that released the edition,"
                            + " at position " + released + "."));
        }
        if (!content.rules().equals(EditionTables.RULES)) {
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
                        .encodeToString(root(open, checkpoint.size(), size))
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

    private static long compare(
            Bundle open, EditionTables.Made made, Content content, List<Break> breaks, Set<String> named) {
        long cells = 0;
        for (Table table : made.document().tables()) {
            TableComparison comparison = new TableComparison(table, content.position(), BundleLayout.EDITION, Map.of());
            comparison.compare(
                    open.read(BundleLayout.EDITION + table.name() + ".csv", MAX_FILE_BYTES),
                    open.read(BundleLayout.EDITION + TableMetadata.fileName(table), MAX_FILE_BYTES));
            breaks.addAll(comparison.breaks());
            cells += comparison.cells();
            if (!comparison.breaks().isEmpty()) {
                named.add(table.name() + ".csv");
                named.add(TableMetadata.fileName(table));
            }
        }
        if (!Arrays.equals(open.read(BundleLayout.FIGURES, MAX_FILE_BYTES), made.frozen())) {
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
    private static List<Break> ofFiles(Bundle open, Content content, Set<String> named) {
        List<Break> breaks = new ArrayList<>();
        Set<String> expected = new LinkedHashSet<>();
        for (PublishedFile file : content.files()) {
            expected.add(BundleLayout.EDITION + file.name());
            byte[] bytes = open.read(BundleLayout.EDITION + file.name(), MAX_FILE_BYTES);
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
        byte[] figures = open.read(BundleLayout.FIGURES, MAX_FILE_BYTES);
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

    @Override
    public void close() {
        if (bundle != null) {
            bundle.close();
        }
    }
}
