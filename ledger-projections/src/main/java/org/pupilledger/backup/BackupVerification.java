package org.pupilledger.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Lines.ActorLine;
import org.pupilledger.backup.Lines.ClaimLine;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.bundle.EntryDifference;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.digest.Sha256;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.HeldCheckpoint;
import org.pupilledger.verdict.KeyHistory;
import org.pupilledger.verdict.LogVerdict;

/**
 * Verifies a full bundle with nothing but a key: that it is whole, the signature of each checkpoint, the tree, every
 * entry, the metadata of every event, and the files of editions. It stops at what it finds first.
 */
public final class BackupVerification implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 1 << 16;

    private final Bundle bundle;
    private final @Nullable LogVerifier pinned;
    private final List<byte[]> held;
    private @Nullable EventKeys eventKeys;
    private @Nullable Verified verified;

    private BackupVerification(Bundle bundle, @Nullable LogVerifier pinned, List<byte[]> held) {
        this.bundle = bundle;
        this.pinned = pinned;
        this.held = List.copyOf(held);
    }

    /**
     * What is known once nothing is broken.
     *
     * @param newest what was signed last
     * @param active keys that signed it
     * @param notAuthenticated entries from the first one on of whose events it could not be told who appended them
     */
    public record Verified(BackupHead head, Checkpoint newest, List<VerifierKey> active, long notAuthenticated) {}

    /**
     * Opens a bundle, which is read until this is closed.
     *
     * @param pinned the log that is believed in; null to believe the keys that the bundle brings along
     * @param held   checkpoints that somebody holds, as signed, which the bundle must not take back
     * @throws Bundle.Unreadable nothing can be said about what is in it
     */
    public static BackupVerification open(Path file, @Nullable LogVerifier pinned, List<byte[]> held) {
        return new BackupVerification(Bundle.open(file), pinned, held);
    }

    Bundle bundle() {
        return bundle;
    }

    /**
     * What the bundle holds.
     *
     * @throws IllegalStateException it was not verified, or something is broken
     */
    public Verified verified() {
        Verified known = verified;
        if (known == null) {
            throw new IllegalStateException("not verified");
        }
        return known;
    }

    /** Also asks who appended the events; null where no key is at hand that could tell. */
    public BackupVerification authenticatedBy(@Nullable EventKeys keys) {
        eventKeys = keys;
        return this;
    }

    /**
     * What is not as it was signed; empty where nothing is broken.
     *
     * @throws Bundle.Unreadable nothing can be said about what is in it
     */
    public List<Break> run() {
        try {
            BackupHead head = head();
            checkStructure(head);
            List<VerifierKey> brought = keys(bundle);
            Checkpoint newest = newest(head, brought);
            KeyHistory history = checkEntries(head, newest, verifier(head.origin(), brought));
            checkKeys(history, head.entries(), brought);
            checkOthers(head);
            checkHeld(newest, verifier(head.origin(), brought));
            Break flaw = bundle.flaw().orElse(null);
            if (flaw != null) {
                return List.of(flaw);
            }
            EventKeys atHand = eventKeys;
            verified = new Verified(
                    head,
                    newest,
                    history.at(head.entries()),
                    atHand == null ? head.entries() : atHand.completeFrom(history, head.entries()));
            return List.of();
        } catch (BackupBroken e) {
            return List.of(e.found());
        } catch (IOException e) {
            return List.of(new Break(Kind.CHANGED, 0, "The bundle cannot be read any more."));
        }
    }

    private BackupHead head() {
        byte[] bytes = bundle.read(BundleLayout.HEAD, MAX_HEAD_BYTES);
        try {
            if (bytes != null) {
                BackupHead head = BackupHead.parse(bytes);
                if (head.entries() > 0 && Arrays.equals(head.bytes(), bytes)) {
                    return head;
                }
            }
        } catch (UnreadableEvent e) {
            // said below
        }
        throw new BackupBroken(
                Kind.CHANGED,
                0,
                BundleLayout.HEAD + " is missing, or not that of a full bundle of the format " + BundleLayout.FORMAT
                        + ", which is the one that this version knows.");
    }

    private void checkStructure(BackupHead head) {
        // what the file is too short for shows before anything else is looked at
        LongStream.of(head.entries(), head.checkpoints(), head.actors(), head.claims())
                .forEach(bundle::checkHolds);
        if (!bundle.repeated().isEmpty()) {
            throw new BackupBroken(Kind.INSERTED, 0, "The bundle has a part more than once.");
        }
        Iterator<String> there = bundle.names().iterator();
        for (String name : (Iterable<String>) BackupLayout.beforePublished(head)::iterator) {
            if (!bundle.has(name)) {
                throw missing(name);
            }
            if (!there.next().equals(name)) {
                throw new BackupBroken(
                        Kind.REORDERED,
                        0,
                        "The parts of the bundle are not in their order, or one does not belong to it, before " + name
                                + ".");
            }
        }
        long files = 0;
        while (there.hasNext()) {
            files++;
            if (!there.next().matches(BackupLayout.PUBLISHED + "[0-9a-f]{64}")) {
                throw new BackupBroken(Kind.INSERTED, 0, "The bundle has a part that does not belong to it.");
            }
        }
        if (files != head.published()) {
            throw new BackupBroken(
                    files < head.published() ? Kind.MISSING : Kind.INSERTED,
                    0,
                    "The bundle has " + files + " files of editions, not " + head.published() + ".");
        }
        if (!Arrays.equals(bundle.read(BundleLayout.README, MAX_HEAD_BYTES), BackupReadme.of(head))) {
            throw new BackupBroken(Kind.CHANGED, 0, BundleLayout.README + " is not the one of such a bundle.");
        }
    }

    private static BackupBroken missing(String name) {
        return new BackupBroken(Kind.MISSING, 0, "The bundle has no " + name + ".");
    }

    private static List<VerifierKey> keys(Bundle bundle) {
        return Objects.requireNonNullElse(bundle.keys(), List.of());
    }

    private static LogVerifier verifier(String origin, List<VerifierKey> keys) {
        try {
            return new LogVerifier(origin, keys);
        } catch (IllegalArgumentException e) {
            throw new BackupBroken(Kind.CHANGED, 0, "The keys of the bundle, or its origin, cannot be keys of a log.");
        }
    }

    private Checkpoint newest(BackupHead head, List<VerifierKey> brought) {
        LogVerifier believed = pinned == null ? verifier(head.origin(), brought) : pinned;
        if (!believed.origin().equals(head.origin())) {
            throw new BackupBroken(Kind.FORGED, 0, "The bundle is of another log than " + believed.origin() + ".");
        }
        return believed.open(bundle.checkpoint())
                .filter(checkpoint -> checkpoint.size() == head.entries())
                .orElseThrow(() -> new BackupBroken(
                        Kind.FORGED,
                        head.entries() - 1,
                        "The checkpoint of " + head.entries()
                                + " entries is not signed by a key that is believed, so nothing in the bundle is"
                                + " proved."));
    }

    private KeyHistory checkEntries(BackupHead head, Checkpoint newest, LogVerifier own) throws IOException {
        EntryDifference.of(bundle, newest, LogVerdict.counting(done -> {})).stream()
                .findFirst()
                .ifPresent(found -> {
                    throw new BackupBroken(found);
                });
        CompactRange tree = new CompactRange();
        KeyHistory history = new KeyHistory();
        long[] last = {0};
        boolean[] hasPublic = {head.publicSize() == 0};
        ForgedEvents forged = new ForgedEvents(eventKeys, history);
        BackupWalk.<RuntimeException>run(bundle, head, new BackupWalk.Visitor<>() {
            @Override
            public void entry(long position, Leaf leaf, byte[] leafBytes, StoredEvent event) {
                tree.append(TreeHash.ofLeaf(leafBytes));
                addKey(history, position, leafBytes);
                forged.look(position, event);
            }

            @Override
            public void checkpoint(long size, byte[] note) {
                Checkpoint opened = own.open(note)
                        .filter(it -> it.size() == size)
                        .filter(it -> Arrays.equals(it.root(), tree.root()))
                        .orElseThrow(() -> new BackupBroken(
                                Kind.FORGED,
                                size - 1,
                                "The checkpoint of " + size
                                        + " entries is not signed by this log, or not for these entries."));
                last[0] = opened.size();
                hasPublic[0] |= size == head.publicSize();
                if (size == head.entries() && !Arrays.equals(note, bundle.checkpoint())) {
                    throw new BackupBroken(
                            Kind.CHANGED, size - 1, "The newest checkpoint is not the same in both places.");
                }
            }
        });
        forged.refuse();
        if (last[0] != head.entries() || !hasPublic[0]) {
            throw new BackupBroken(
                    Kind.MISSING,
                    head.entries() - 1,
                    "The newest checkpoint, or the public one, is not among those of the bundle.");
        }
        return history;
    }

    private static void addKey(KeyHistory history, long position, byte[] leafBytes) {
        try {
            history.add(position, leafBytes);
        } catch (UnreadableEvent e) {
            throw new BackupBroken(
                    Kind.CHANGED,
                    position,
                    "The entry at position " + position + ", about a key of the log, cannot be read.");
        }
    }

    private void checkKeys(KeyHistory history, long size, List<VerifierKey> brought) {
        if (!history.introducedAmong(size).equals(brought)
                || !Arrays.equals(bundle.read(BundleLayout.KEY, MAX_HEAD_BYTES), VerifierKey.lines(brought))) {
            throw new BackupBroken(
                    Kind.CHANGED, 0, BundleLayout.KEY + " does not hold the keys that the entries introduce.");
        }
    }

    private void checkHeld(Checkpoint newest, LogVerifier own) {
        long size = newest.size();
        for (byte[] note : held) {
            switch (HeldCheckpoint.of(note, own::open, size)) {
                case HeldCheckpoint.Unsigned _ ->
                    throw new BackupBroken(
                            Kind.FORGED, 0, "A checkpoint that was given is not signed by a key of this log.");
                case HeldCheckpoint.Beyond(Checkpoint beyond) ->
                    throw new BackupBroken(
                            Kind.ROLLED_BACK,
                            size,
                            "The bundle ends before position " + size + ", but a checkpoint of " + beyond.size()
                                    + " entries was given.");
                case HeldCheckpoint.Within(Checkpoint older) -> {
                    if (!Arrays.equals(bundle.tree(size).first(older.size()).root(), older.root())) {
                        throw new BackupBroken(
                                Kind.FORGED,
                                older.size() - 1,
                                "The first " + older.size()
                                        + " entries are not those of the checkpoint that was given.");
                    }
                }
            }
        }
    }

    private void checkOthers(BackupHead head) throws IOException {
        try (PartLines actors = new PartLines(bundle, BackupLayout.ACTORS, head.actors());
                PartLines claims = new PartLines(bundle, BackupLayout.CLAIMS, head.claims())) {
            while (actors.hasNext()) {
                ActorLine.parse(actors.next());
            }
            while (claims.hasNext()) {
                ClaimLine.parse(claims.next());
            }
        } catch (UnreadableEvent e) {
            throw new BackupBroken(Kind.CHANGED, 0, "A line of the actors or of the claims cannot be read.");
        }
        for (String name : published(bundle.names())) {
            byte[] content = bundle.read(name, PublishedFiles.MAX_BYTES);
            if (content == null || !name.endsWith("/" + Sha256.of(content).hex())) {
                throw new BackupBroken(Kind.CHANGED, 0, "A file of an edition is not what its name says.");
            }
        }
    }

    static List<String> published(Set<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(BackupLayout.PUBLISHED))
                .toList();
    }

    @Override
    public void close() {
        bundle.close();
    }
}
