package org.pupilledger.logs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.VerificationStopped;

/**
 * Finds out which files of a log are not what was signed. Every file is believed as far as something above it vouches for it,
 * up to the signature.
 */
final class TileDiagnosis {
    private final TiledLog log;
    private final Checkpoint checkpoint;
    private final Breaks breaks;
    private final long size;
    private final int levels;

    /** Of each level the hashes at its edge that can be believed; null where none can. */
    private final List<byte @Nullable []> edges = new ArrayList<>();

    /** Of each level the full tile that was looked at last. */
    private final Believed[] last;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Believed(long number, byte @Nullable [] hashes) {}

    TileDiagnosis(TiledLog log, Checkpoint checkpoint, Breaks breaks) {
        this.log = log;
        this.checkpoint = checkpoint;
        this.breaks = breaks;
        this.size = checkpoint.size();
        this.levels = Tile.levels(size);
        this.last = new Believed[levels + 1];
    }

    void run() {
        findEdges();
        for (int level = levels - 1; level >= 0; level--) {
            verifyTiles(level, level == 0 && log.hasEntries());
        }
    }

    private int edgeWidth(int level) {
        return Tile.edgeWidth(level, size);
    }

    private Tile edge(int level) {
        return new Tile(level, Tile.full(level, size), edgeWidth(level));
    }

    /** The root is computed from the edge; so if it is right, the edge is. If not, one of its tiles may be replaced. */
    void findEdges() {
        List<byte @Nullable []> stored = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            stored.add(edgeWidth(level) == 0 ? new byte[0] : log.hashes(edge(level)));
        }
        if (isRoot(stored)) {
            edges.addAll(stored);
            return;
        }
        for (int level = 0; level < levels; level++) {
            if (edgeWidth(level) == 0) {
                continue;
            }
            List<byte @Nullable []> replaced = new ArrayList<>(stored);
            replaced.set(level, fromBelow(level));
            if (isRoot(replaced)) {
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
            breaks.at(Part.TREE, Kind.FORGED, 0)
                    .say("Tiles and entries agree with each other, but somewhere from position 0 to position "
                            + Math.max(0, size - 1) + " they are not what was signed.");
        }
    }

    private void addEdge(int level, boolean isMissing) {
        long position = Tile.firstPosition(level, Tile.full(level, size));
        breaks.at(Part.TREE, isMissing ? Kind.MISSING : Kind.CHANGED, position)
                .say("tile/" + edge(level).path() + ", from position " + position + " on, "
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
            List<byte[]> entries = log.entries(edge(0));
            return entries == null ? null : hashes(entries);
        }
        byte[] hashes = new byte[edgeWidth(level) * TreeHash.BYTES];
        long first = Tile.full(level, size) * Tile.WIDTH;
        for (int i = 0; i < edgeWidth(level); i++) {
            byte[] below = log.hashes(new Tile(level - 1, first + i, Tile.WIDTH));
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
        }
    }

    private void verifyTile(Tile tile, long position) {
        byte[] hashes = log.hashes(tile);
        byte[] above = above(tile.level(), tile.number());
        if (hashes == null) {
            breaks.at(Part.TILE, Kind.MISSING, position)
                    .say("tile/" + tile.path() + ", from position " + position
                            + " on, is missing or has another length.");
        } else if (above != null && !Arrays.equals(above, TreeHash.ofTile(hashes))) {
            breaks.at(Part.TILE, Kind.CHANGED, position)
                    .say("tile/" + tile.path() + ", from position " + position + " on, is not what was signed.");
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
        byte[] hashes = log.hashes(new Tile(level, number, Tile.WIDTH));
        byte[] above = above(level, number);
        boolean isRight = hashes != null && above != null && Arrays.equals(above, TreeHash.ofTile(hashes));
        last[level] = new Believed(number, isRight ? hashes : null);
        return isRight ? hashes : null;
    }

    private void verifyEntries(Tile tile, long position) {
        List<byte[]> entries = log.entries(tile);
        String name = "tile/" + EntryBundle.path(tile.number(), tile.width());
        if (entries == null) {
            boolean isThere = log.has(name);
            breaks.at(Part.ENTRY, isThere ? Kind.CHANGED : Kind.MISSING, position)
                    .say(name + ", from position " + position + " on, "
                            + (isThere ? "is no bundle of " + tile.width() + " entries." : "is missing."));
            return;
        }
        byte[] believed = believed(0, tile.number());
        byte[] expected = believed == null ? log.hashes(tile) : believed;
        if (expected == null) {
            return;
        }
        byte[] hashes = hashes(entries);
        for (int i = 0; i < tile.width(); i++) {
            int at = i * TreeHash.BYTES;
            if (!Arrays.equals(hashes, at, at + TreeHash.BYTES, expected, at, at + TreeHash.BYTES)) {
                boolean isOfAnother = holds(expected, Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES));
                breaks.at(Part.ENTRY, isOfAnother ? Kind.REORDERED : Kind.CHANGED, position + i)
                        .say(name + " has "
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

    /** The root of an older tree; null where a tile that it takes cannot be believed. */
    byte @Nullable [] rootAt(long older) {
        try {
            return new TileTree(older, tile -> {
                        byte[] hashes = believed(tile.level(), tile.number());
                        int length = tile.width() * TreeHash.BYTES;
                        return hashes == null || hashes.length < length ? new byte[0] : Arrays.copyOf(hashes, length);
                    })
                    .root();
        } catch (IllegalStateException missing) {
            return null;
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
