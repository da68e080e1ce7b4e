package org.pupilledger.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tree that grows leaf by leaf, and hands out each tile as it becomes full. It keeps of each level the tile that is not
 * full yet, which is all that it takes to go on and to know the root. Mutable, not for several threads.
 */
public final class GrowingTree {
    /** From level 0 on. */
    private final List<Level> levels = new ArrayList<>();

    private final FullTiles full;
    private long size;

    /** Is handed each tile when it becomes full. */
    @FunctionalInterface
    public interface FullTiles {
        /** @param hashes 8192 bytes, only for the time of the call */
        void add(int level, long number, byte[] hashes);
    }

    private static final class Level {
        private final byte[] hashes = new byte[Tile.BYTES];
        private int count;

        /** Of the first hashes: hashed only as far as somebody asked for a root. */
        private CompactRange range = new CompactRange();

        CompactRange range() {
            while (range.size() < count) {
                int at = (int) range.size() * TreeHash.BYTES;
                range.append(Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES));
            }
            return range;
        }

        byte[] root() {
            return range.size() == 0 ? TreeHash.ofTile(hashes) : range().root();
        }
    }

    /** The empty tree. */
    public GrowingTree(FullTiles full) {
        this.full = full;
    }

    /**
     * A tree that was begun before.
     *
     * @param partial of each level the hashes that {@link #partial} gave
     * @throws IllegalArgumentException where they are not those of a tree of that size
     */
    public GrowingTree(long size, List<byte[]> partial, FullTiles full) {
        this.full = full;
        this.size = size;
        if (partial.size() != Tile.levels(size)) {
            throw new IllegalArgumentException("a tree of another size");
        }
        for (byte[] hashes : partial) {
            Level level = new Level();
            level.count = Tile.edgeWidth(levels.size(), size);
            if (hashes.length != level.count * TreeHash.BYTES) {
                throw new IllegalArgumentException("a tree of another size");
            }
            System.arraycopy(hashes, 0, level.hashes, 0, hashes.length);
            levels.add(level);
        }
    }

    /** @param leafHash 32 bytes, see {@link TreeHash#ofLeaf} */
    public void append(byte[] leafHash) {
        size++;
        append(0, TreeHash.requireHash(leafHash));
    }

    /**
     * Appends 256 leaves at once, of which the root is known, to a tree whose leaves fill their tiles.
     *
     * @param hashes 8192 bytes
     * @param root   over them, see {@link TreeHash#ofTile}
     */
    public void appendTile(byte[] hashes, byte[] root) {
        if (size % Tile.WIDTH != 0) {
            throw new IllegalStateException("a tile begins in another");
        }
        if (levels.isEmpty()) {
            levels.add(new Level());
        }
        size += Tile.WIDTH;
        full.add(0, Tile.full(0, size) - 1, hashes);
        append(1, root);
    }

    private void append(int at, byte[] hash) {
        if (at == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(at);
        System.arraycopy(hash, 0, level.hashes, level.count++ * TreeHash.BYTES, TreeHash.BYTES);
        if (level.count == Tile.WIDTH) {
            full.add(at, Tile.full(at, size) - 1, level.hashes);
            byte[] root = level.root();
            level.range = new CompactRange();
            level.count = 0;
            append(at + 1, root);
        }
    }

    /** Leaves so far. */
    public long size() {
        return size;
    }

    /** 32 bytes; for the empty tree {@link TreeHash#ofEmptyTree}. */
    public byte[] root() {
        return rootWith(
                levels.isEmpty() ? new CompactRange() : levels.getFirst().range());
    }

    /**
     * The root where other hashes follow the last full tile of level 0.
     *
     * @param hashes 32 bytes each, at least {@code count}, which is at most 256
     */
    public byte[] rootWith(byte[] hashes, int count) {
        Level other = new Level();
        other.count = count;
        System.arraycopy(hashes, 0, other.hashes, 0, count * TreeHash.BYTES);
        return rootWith(other.range());
    }

    private byte[] rootWith(CompactRange lowest) {
        List<byte[]> edge = new ArrayList<>();
        for (int i = levels.size() - 1; i > 0; i--) {
            edge.addAll(levels.get(i).range().hashes());
        }
        edge.addAll(lowest.hashes());
        return new CompactRange((size >> Tile.HEIGHT << Tile.HEIGHT) + lowest.size(), edge).root();
    }

    /** Hashes of the tile of a level that is not full; none where there is no such level. */
    public byte[] partial(int level) {
        return level < levels.size()
                ? Arrays.copyOf(levels.get(level).hashes, levels.get(level).count * TreeHash.BYTES)
                : new byte[0];
    }

    /** {@link #partial} of all levels. */
    public List<byte[]> partials() {
        List<byte[]> partials = new ArrayList<>();
        for (int i = 0; i < Tile.levels(size); i++) {
            partials.add(partial(i));
        }
        return partials;
    }
}
