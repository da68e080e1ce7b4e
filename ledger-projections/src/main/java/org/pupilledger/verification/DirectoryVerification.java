package org.pupilledger.verification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verification.Breaks.Part;
import org.pupilledger.verification.RootChecks.Expected;

/**
 * Verifies a directory that holds a log as C2SP tlog-tiles lays it out: {@code checkpoint}, {@code tile/<level>/...} and,
 * where there are any, {@code tile/entries/...}; beside them {@code key}, verifier keys line by line. Every file is believed as
 * far as something above it vouches for it, up to the signature. Files may hold anything: none is read beyond the
 * length that it may have. Immutable.
 */
public final class DirectoryVerification {
    private static final int REPORT_EVERY_TILES = 32;

    private final LogDirectory directory;
    private final LogVerifier pinned;
    private final List<byte[]> held;

    /** @param pinned origin and keys, from elsewhere than the directory */
    public DirectoryVerification(Path directory, LogVerifier pinned) {
        this(new LogDirectory(directory), pinned, List.of());
    }

    private DirectoryVerification(LogDirectory directory, LogVerifier pinned, List<byte[]> held) {
        this.directory = directory;
        this.pinned = pinned;
        this.held = List.copyOf(held);
    }

    /** Compares old checkpoints too, signed notes that the caller kept. */
    public DirectoryVerification holding(List<byte[]> notes) {
        return new DirectoryVerification(directory, pinned, notes);
    }

    /**
     * Verifies.
     *
     * @param listener is given no state: a run from a directory cannot be resumed
     * @throws VerificationStopped where this thread is interrupted
     */
    public Report run(ProgressListener listener) {
        Breaks breaks = new Breaks();
        byte[] note = directory.checkpoint();
        Optional<Checkpoint> opened = pinned.open(note);
        if (opened.isEmpty()) {
            long said = SignedNote.parse(note)
                    .flatMap(signed -> Checkpoint.parse(signed.text()))
                    .map(Checkpoint::size)
                    .orElse(0L);
            long position = Math.max(0, said - 1);
            breaks.add(
                    Part.CHECKPOINT,
                    note == null ? Kind.MISSING : Kind.FORGED,
                    position,
                    note == null
                            ? "The file checkpoint is missing, so nothing from position 0 on can be verified."
                            : "The file checkpoint, up to position " + position
                                    + ", is not signed by this log under its origin.");
            return new Report(said, 0, 0, false, breaks.inOrder());
        }
        new Run(opened.get(), note == null ? new byte[0] : note, breaks, listener).verify();
        long size = opened.get().size();
        return new Report(size, size, 0, false, breaks.inOrder());
    }

    /** One verification. */
    private final class Run {
        private final Checkpoint checkpoint;
        private final byte[] note;
        private final Breaks breaks;
        private final ProgressListener listener;
        private final long size;
        private final int levels;

        /** Of each level the hashes at its edge that can be believed; null where none can. */
        private final List<byte @Nullable []> edges = new ArrayList<>();

        /** Of each level the full tile that was looked at last. */
        private final Believed[] last;

        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Believed(long number, byte @Nullable [] hashes) {}

        Run(Checkpoint checkpoint, byte[] note, Breaks breaks, ProgressListener listener) {
            this.checkpoint = checkpoint;
            this.note = note;
            this.breaks = breaks;
            this.listener = listener;
            this.size = checkpoint.size();
            this.levels = Tile.levels(size);
            this.last = new Believed[levels + 1];
        }

        void verify() {
            verifyKeys();
            findEdges();
            for (int level = levels - 1; level > 0; level--) {
                verifyTiles(level, false);
            }
            verifyTiles(0, directory.hasEntries());
            verifyHeld();
        }

        private void verifyKeys() {
            List<VerifierKey> keys = directory.keys();
            if (keys != null && keys.stream().noneMatch(this::isSignedBy)) {
                breaks.add(
                        Part.CHECKPOINT,
                        Kind.CHANGED,
                        Math.max(0, size - 1),
                        "The file key does not hold a key that signed the checkpoint up to position "
                                + Math.max(0, size - 1) + ".");
            }
        }

        private boolean isSignedBy(VerifierKey key) {
            return new LogVerifier(checkpoint.origin(), List.of(key)).open(note).isPresent();
        }

        private int edgeWidth(int level) {
            return Tile.edgeWidth(level, size);
        }

        private Tile edge(int level) {
            return new Tile(level, Tile.full(level, size), edgeWidth(level));
        }

        /** The root is computed from the edge; so if it is right, the edge is. If not, one of its tiles may be replaced. */
        private void findEdges() {
            List<byte @Nullable []> stored = new ArrayList<>();
            for (int level = 0; level < levels; level++) {
                stored.add(edgeWidth(level) == 0 ? new byte[0] : directory.tile(edge(level)));
            }
            if (isRoot(stored)) {
                edges.addAll(stored);
                return;
            }
            for (int level = 0; level < levels; level++) {
                List<byte @Nullable []> replaced = new ArrayList<>(stored);
                replaced.set(level, fromBelow(level));
                if (edgeWidth(level) > 0 && isRoot(replaced)) {
                    edges.addAll(replaced);
                    addEdge(level, stored.get(level) == null);
                    return;
                }
            }
            boolean isExplained = false;
            for (int level = 0; level < levels; level++) {
                byte[] below = edgeWidth(level) == 0 ? new byte[0] : fromBelow(level);
                boolean differs = stored.get(level) == null
                        || (below != null && !Arrays.equals(below, stored.get(level)))
                        || (level == 0 && below == null);
                if (differs) {
                    addEdge(level, stored.get(level) == null);
                    isExplained = true;
                }
                edges.add(null);
            }
            if (!isExplained) {
                breaks.add(
                        Part.TREE,
                        Kind.FORGED,
                        0,
                        "Tiles and entries agree with each other, but somewhere from position 0 to position "
                                + Math.max(0, size - 1) + " they are not what was signed.");
            }
        }

        private void addEdge(int level, boolean isMissing) {
            long position = Tile.firstPosition(level, Tile.full(level, size));
            breaks.add(
                    Part.TREE,
                    isMissing ? Kind.MISSING : Kind.CHANGED,
                    position,
                    "tile/" + edge(level).path() + ", from position " + position + " on, "
                            + (isMissing ? "is missing or has another length." : "is not what was signed."));
        }

        private boolean isRoot(List<byte @Nullable []> candidate) {
            try {
                byte[] root = new TileTree(size, tile -> {
                            byte[] hashes = candidate.get(tile.level());
                            return hashes == null ? new byte[0] : hashes;
                        })
                        .root();
                return Arrays.equals(root, checkpoint.root());
            } catch (IllegalStateException missing) {
                return false;
            }
        }

        /** What a tile at the edge should hold, by the tiles or entries under it; null where one of them is missing. */
        private byte @Nullable [] fromBelow(int level) {
            if (level == 0) {
                List<byte[]> entries = directory.entries(edge(0));
                return entries == null ? null : hashes(entries);
            }
            byte[] hashes = new byte[edgeWidth(level) * TreeHash.BYTES];
            long first = Tile.full(level, size) * Tile.WIDTH;
            for (int i = 0; i < edgeWidth(level); i++) {
                byte[] below = directory.tile(new Tile(level - 1, first + i, Tile.WIDTH));
                if (below == null) {
                    return null;
                }
                System.arraycopy(TreeHash.ofTile(below), 0, hashes, i * TreeHash.BYTES, TreeHash.BYTES);
            }
            return hashes;
        }

        /** Of a level, tile by tile, as far as the breaks are wanted. */
        private void verifyTiles(int level, boolean hasEntries) {
            long full = Tile.full(level, size);
            long tiles = full + (edgeWidth(level) > 0 ? 1 : 0);
            for (long number = 0; number < tiles; number++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new VerificationStopped();
                }
                long position = Tile.firstPosition(level, number);
                if (!breaks.want(position)) {
                    return;
                }
                Tile tile = number < full ? new Tile(level, number, Tile.WIDTH) : edge(level);
                if (number < full) {
                    verifyTile(tile, position);
                }
                if (hasEntries) {
                    verifyEntries(tile, position);
                }
                if (level == 0 && (number % REPORT_EVERY_TILES == 0 || number + 1 == tiles)) {
                    listener.at(position + tile.width(), size, () -> {
                        throw new UnsupportedOperationException("the verification of a directory cannot be resumed");
                    });
                }
            }
        }

        private void verifyTile(Tile tile, long position) {
            byte[] hashes = directory.tile(tile);
            byte[] above = above(tile.level(), tile.number());
            if (hashes == null) {
                breaks.add(
                        Part.TILE,
                        Kind.MISSING,
                        position,
                        "tile/" + tile.path() + ", from position " + position
                                + " on, is missing or has another length.");
            } else if (above != null && !Arrays.equals(above, TreeHash.ofTile(hashes))) {
                breaks.add(
                        Part.TILE,
                        Kind.CHANGED,
                        position,
                        "tile/" + tile.path() + ", from position " + position + " on, is not what was signed.");
            }
        }

        /** The hash above a full tile; null where none can be believed. */
        private byte @Nullable [] above(int level, long number) {
            byte[] hashes = believed(level + 1, number / Tile.WIDTH);
            int at = (int) (number % Tile.WIDTH) * TreeHash.BYTES;
            return hashes == null || hashes.length < at + TreeHash.BYTES
                    ? null
                    : Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES);
        }

        private byte @Nullable [] believed(int level, long number) {
            if (level >= levels) {
                return null;
            }
            if (number == Tile.full(level, size)) {
                return edges.get(level);
            }
            Believed known = last[level];
            if (known != null && known.number() == number) {
                return known.hashes();
            }
            byte[] hashes = directory.tile(new Tile(level, number, Tile.WIDTH));
            byte[] above = above(level, number);
            boolean isRight = hashes != null && above != null && Arrays.equals(above, TreeHash.ofTile(hashes));
            last[level] = new Believed(number, isRight ? hashes : null);
            return isRight ? hashes : null;
        }

        private void verifyEntries(Tile tile, long position) {
            List<byte[]> entries = directory.entries(tile);
            String name = "tile/" + EntryBundle.path(tile.number(), tile.width());
            if (entries == null) {
                boolean isThere = directory.hasEntries(tile);
                breaks.add(
                        Part.ENTRY,
                        isThere ? Kind.CHANGED : Kind.MISSING,
                        position,
                        name + ", from position " + position + " on, "
                                + (isThere ? "is no bundle of " + tile.width() + " entries." : "is missing."));
                return;
            }
            byte[] believed = believed(0, tile.number());
            byte[] expected = believed == null ? directory.tile(tile) : believed;
            if (expected == null) {
                return;
            }
            byte[] hashes = hashes(entries);
            for (int i = 0; i < tile.width(); i++) {
                int at = i * TreeHash.BYTES;
                if (!Arrays.equals(hashes, at, at + TreeHash.BYTES, expected, at, at + TreeHash.BYTES)) {
                    boolean isOfAnother = holds(expected, Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES));
                    breaks.add(
                            Part.ENTRY,
                            isOfAnother ? Kind.REORDERED : Kind.CHANGED,
                            position + i,
                            name + " has "
                                    + (isOfAnother ? "the entry of another position" : "another entry than was signed")
                                    + " at position " + (position + i) + ".");
                }
            }
        }

        private static boolean holds(byte[] hashes, byte[] hash) {
            for (int at = 0; at < hashes.length; at += TreeHash.BYTES) {
                if (Arrays.equals(hashes, at, at + TreeHash.BYTES, hash, 0, TreeHash.BYTES)) {
                    return true;
                }
            }
            return false;
        }

        private void verifyHeld() {
            List<Expected> given = new ArrayList<>();
            for (byte[] old : held) {
                Optional<Checkpoint> opened = pinned.open(old);
                if (opened.isEmpty()) {
                    breaks.add(
                            Part.CHECKPOINT,
                            Kind.FORGED,
                            0,
                            "A checkpoint that was given, for positions from 0 on, is not signed by this log.");
                } else if (opened.get().size() > size) {
                    breaks.add(
                            Part.CHECKPOINT,
                            Kind.ROLLED_BACK,
                            size,
                            "The directory ends before position " + size + ", but a checkpoint of "
                                    + opened.get().size() + " entries was given.");
                } else {
                    given.add(new Expected(opened.get().size(), opened.get().root(), "which was given"));
                }
            }
            RootChecks roots = new RootChecks(given, breaks);
            for (long next = roots.nextSize(); next <= size; next = roots.nextSize()) {
                roots.checkGiven(next, rootAt(next));
            }
            roots.finish(size);
        }

        /** The root of an older tree; null where a tile that it takes cannot be believed. */
        private byte @Nullable [] rootAt(long older) {
            try {
                return new TileTree(older, tile -> {
                            byte[] hashes = believed(tile.level(), tile.number());
                            int length = tile.width() * TreeHash.BYTES;
                            return hashes == null || hashes.length < length
                                    ? new byte[0]
                                    : Arrays.copyOf(hashes, length);
                        })
                        .root();
            } catch (IllegalStateException missing) {
                return null;
            }
        }
    }

    private static byte[] hashes(List<byte[]> entries) {
        byte[] hashes = new byte[entries.size() * TreeHash.BYTES];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(TreeHash.ofLeaf(entries.get(i)), 0, hashes, i * TreeHash.BYTES, TreeHash.BYTES);
        }
        return hashes;
    }
}
