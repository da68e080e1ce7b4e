package org.pupilledger.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.HeldCheckpoint;

/**
 * Verifies a bundle with nothing but a key: the signature, the tree, every entry that is given, and each cell of the
 * edition's tables, which it recomputes from the entries. Whatever cannot be as it is said stops what depends on it.
 */
public final class BundleVerification implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 1 << 16;

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

    /** The keys that a bundle brings along, which prove nothing about whose it is; empty where it has none. */
    public static List<VerifierKey> keysIn(Path file) {
        try (Bundle bundle = Bundle.open(file)) {
            return Objects.requireNonNullElse(bundle.keys(), List.of());
        } catch (Bundle.Unreadable e) {
            return List.of();
        }
    }

    /** A bundle in which nothing is broken. */
    record Verified(
            Bundle bundle,
            BundleHead head,
            BundleSources sources,
            EditionState edition,
            Revision revision,
            EntrySum scan) {}

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
        if (open.isFull()) {
            return BundleReport.broken(
                    null,
                    List.of(new Break(
                            Kind.CHANGED,
                            0,
                            "This is a full bundle and no audit bundle: the command verify of the program"
                                    + " verifies it.")));
        }
        BundleHead head = head(open);
        byte[] note = open.checkpoint();
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
        EntrySum scan = new EntrySum();
        List<Break> ofTree = ofTree(open, checkpoint, scan);
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
            EditionVerification edition = new EditionVerification(open, head, checkpoint, scan);
            BundleReport report = edition.run(breaks);
            verified = edition.verified();
            return report;
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

    /** @param scan gets the entries */
    private static List<Break> ofTree(Bundle open, Checkpoint checkpoint, EntrySum scan) {
        List<Break> different = EntryDifference.of(open, checkpoint, scan);
        Long unreadable = scan.unreadable();
        return unreadable == null || !different.isEmpty()
                ? different
                : List.of(new Break(
                        Kind.CHANGED,
                        unreadable,
                        "The entry at position " + unreadable
                                + " is none that this version of the verifier can read."));
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
        Checkpoint said = Checkpoint.saidIn(note).orElse(null);
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
        List<VerifierKey> keys = open.keys();
        if (keys == null || !opens(keys, checkpoint.origin(), open.checkpoint())) {
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
            switch (HeldCheckpoint.of(note, pinned::open, size)) {
                case HeldCheckpoint.Unsigned _ ->
                    breaks.add(new Break(Kind.FORGED, 0, "A checkpoint that was given is not signed by this log."));
                case HeldCheckpoint.Beyond(Checkpoint beyond) ->
                    breaks.add(new Break(
                            Kind.ROLLED_BACK,
                            size,
                            "A checkpoint of " + beyond.size() + " entries was given, more than the " + size
                                    + " of the bundle, so the two cannot be compared."));
                case HeldCheckpoint.Within(Checkpoint older) -> {
                    if (!Arrays.equals(open.tree(size).first(older.size()).root(), older.root())) {
                        breaks.add(new Break(
                                Kind.FORGED,
                                older.size() - 1,
                                "The first " + older.size()
                                        + " entries are not those of the checkpoint that was given."));
                    }
                }
            }
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
