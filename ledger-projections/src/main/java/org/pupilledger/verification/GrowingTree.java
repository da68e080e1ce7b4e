package org.pupilledger.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;

/**
 * The tree over the entries that were gone through, computed anew: of each level the tile that is not full yet. Mutable,
 * not for several threads.
 */
final class GrowingTree {
    static final int TILE_BYTES = Tile.WIDTH * TreeHash.BYTES;

    /** Levels of the tree that one level of tiles spans: {@code 2^8 = 256}. */
    static final int HEIGHT = 8;

    /** What a tree of {@code 2^63 - 1} leaves needs. */
    static final int MAX_LEVELS = 8;

    /** From level 0 on. */
    private final List<Level> levels = new ArrayList<>();

    private final FullTiles full;
    private long size;

    /** Is handed each tile when it becomes full. */
    @FunctionalInterface
    interface FullTiles {
        /** @param hashes 8192 bytes, only for the time of the call */
        void add(int level, long number, byte[] hashes);
    }

    private static final class Level {
        private final byte[] hashes = new byte[TILE_BYTES];
        private int count;
        private CompactRange range = new CompactRange();

        void append(byte[] hash) {
            System.arraycopy(hash, 0, hashes, count * TreeHash.BYTES, TreeHash.BYTES);
            range.append(hash);
            count++;
        }
    }

    GrowingTree(FullTiles full) {
        this.full = full;
    }

    /**
     * A tree that was begun before.
     *
     * @param partial of each level the hashes that {@link #partial} gave
     * @throws IllegalArgumentException where they are not those of a tree of that size
     */
    GrowingTree(long size, List<byte[]> partial, FullTiles full) {
        this.full = full;
        this.size = size;
        if (partial.size() != levels(size)) {
            throw new IllegalArgumentException("a tree of another size");
        }
        for (int i = 0; i < partial.size(); i++) {
            byte[] hashes = partial.get(i);
            if (hashes.length != (size >> (i * HEIGHT)) % Tile.WIDTH * TreeHash.BYTES) {
                throw new IllegalArgumentException("a tree of another size");
            }
            Level level = new Level();
            for (int at = 0; at < hashes.length; at += TreeHash.BYTES) {
                level.append(Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES));
            }
            levels.add(level);
        }
    }

    /** The root over the hashes of a full tile. */
    static byte[] rootOf(byte[] tile) {
        return rangeOf(tile, Tile.WIDTH).root();
    }

    private static CompactRange rangeOf(byte[] hashes, int count) {
        CompactRange range = new CompactRange();
        for (int i = 0; i < count; i++) {
            range.append(Arrays.copyOfRange(hashes, i * TreeHash.BYTES, (i + 1) * TreeHash.BYTES));
        }
        return range;
    }

    /** How many levels of tiles a tree has, also of empty ones at its edge. */
    static int levels(long size) {
        int levels = 0;
        for (long hashes = size; hashes > 0; hashes >>= HEIGHT) {
            levels++;
        }
        return levels;
    }

    /** The first position under a tile; no tile of a tree that could be is beyond the last. */
    static long firstPosition(int level, long number) {
        int shift = (level + 1) * HEIGHT;
        if (number == 0) {
            return 0;
        }
        return shift < Long.SIZE && number > 0 && number <= Long.MAX_VALUE >> shift ? number << shift : Long.MAX_VALUE;
    }

    /** How many full tiles of a level a tree has. */
    static long fullTiles(int level, long size) {
        int shift = (level + 1) * HEIGHT;
        return shift < Long.SIZE ? size >> shift : 0;
    }

    void append(byte[] leafHash) {
        size++;
        append(0, leafHash);
    }

    private void append(int at, byte[] hash) {
        if (at == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(at);
        level.append(hash);
        if (level.count == Tile.WIDTH) {
            full.add(at, fullTiles(at, size) - 1, level.hashes);
            byte[] root = level.range.root();
            level.range = new CompactRange();
            level.count = 0;
            append(at + 1, root);
        }
    }

    /** Leaves so far. */
    long size() {
        return size;
    }

    /** 32 bytes. */
    byte[] root() {
        return rootWith(levels.isEmpty() ? new CompactRange() : levels.getFirst().range);
    }

    /** The root where other hashes follow the last full tile of level 0. */
    byte[] rootWith(byte[] hashes, int count) {
        return rootWith(rangeOf(hashes, count));
    }

    private byte[] rootWith(CompactRange lowest) {
        List<byte[]> edge = new ArrayList<>();
        for (int i = levels.size() - 1; i > 0; i--) {
            edge.addAll(levels.get(i).range.hashes());
        }
        edge.addAll(lowest.hashes());
        return new CompactRange((size >> HEIGHT << HEIGHT) + lowest.size(), edge).root();
    }

    /** Hashes of the tile of a level that is not full; none where there is no such level. */
    byte[] partial(int level) {
        return level < levels.size()
                ? Arrays.copyOf(levels.get(level).hashes, levels.get(level).count * TreeHash.BYTES)
                : new byte[0];
    }

    /** {@link #partial} of all levels. */
    List<byte[]> partials() {
        List<byte[]> partials = new ArrayList<>();
        for (int i = 0; i < levels(size); i++) {
            partials.add(partial(i));
        }
        return partials;
    }
}
