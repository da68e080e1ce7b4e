package org.pupilledger.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A tree of a certain size, read through its tiles. Asks only for tiles that a tree of that size has, partial ones in the
 * width that they have in it, and for each at most once in a call. Keeps nothing between calls; as safe for several
 * threads as its source.
 *
 * <p>The hashes are believed: compare {@link #root} with a checkpoint. A source that hands out a tile of another length
 * makes any call fail with an {@link IllegalStateException}.
 *
 * <p>Inside, the node {@code (height, index)} is the root over leaves {@code index << height} to
 * {@code (index + 1) << height}, or to the last leaf where the tree ends before.
 */
public final class TileTree {
    private final long size;
    private final TileSource tiles;

    /**
     * A tree; nothing is read yet.
     *
     * @param size leaves, at least 0
     * @throws IllegalArgumentException where the size is negative
     */
    public TileTree(long size, TileSource tiles) {
        if (size < 0) {
            throw new IllegalArgumentException("a size is at least 0");
        }
        this.size = size;
        this.tiles = tiles;
    }

    /** Leaves. */
    public long size() {
        return size;
    }

    /** The tree over the first leaves, read through the tiles of this one. */
    public TileTree first(long older) {
        return new TileTree(older, tile -> {
            byte[] hashes = tiles.hashes(Tile.of(tile.level(), tile.number(), size));
            return Arrays.copyOf(hashes, Math.min(hashes.length, tile.width() * TreeHash.BYTES));
        });
    }

    /** The root, 32 bytes. */
    public byte[] root() {
        return range().root();
    }

    /**
     * The hash of a leaf, 32 bytes.
     *
     * @param index 0-based
     * @throws IndexOutOfBoundsException where the index is not below the size
     */
    public byte[] leafHash(long index) {
        Objects.checkIndex(index, size);
        return new Reading().node(0, index);
    }

    /** The right edge, to be appended to. */
    public CompactRange range() {
        return new CompactRange(size, new Reading().edge(0));
    }

    /**
     * What proves that a leaf is in this tree: the siblings on the way from the leaf to the root.
     *
     * @param index 0-based
     * @return 32 bytes each, at most 63; see {@link Proofs#isIncluded}
     * @throws IndexOutOfBoundsException where the index is not below the size
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.1">RFC 9162, 2.1.3.1</a>
     */
    public List<byte[]> inclusionProof(long index) {
        Objects.checkIndex(index, size);
        List<byte[]> proof = new ArrayList<>();
        new Reading().addSiblings(0, index, proof);
        return proof;
    }

    /**
     * What proves that this tree begins with the leaves of an older one.
     *
     * @param from size of the older tree, 0 to the size of this one
     * @return 32 bytes each, at most 64; empty for 0 and for the size of this tree; see {@link Proofs#isConsistent}
     * @throws IndexOutOfBoundsException where the older tree is negative or larger than this one
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.1">RFC 9162, 2.1.4.1</a>
     */
    public List<byte[]> consistencyProof(long from) {
        if (from < 0 || from > size) {
            throw new IndexOutOfBoundsException("an older tree has 0 to " + size + " leaves, not " + from);
        }
        List<byte[]> proof = new ArrayList<>();
        if (from == 0 || from == size) {
            return proof;
        }
        Reading reading = new Reading();
        // the last complete subtree of the older tree, which both have
        int height = Long.numberOfTrailingZeros(from);
        long index = (from >> height) - 1;
        if (index > 0) {
            proof.add(reading.node(height, index));
        }
        // else the older tree is that subtree, and its root is known
        reading.addSiblings(height, index, proof);
        return proof;
    }

    /** One call: each tile is read once. */
    private final class Reading {
        private final Map<Tile, byte[]> read = new HashMap<>();

        void addSiblings(int fromHeight, long fromIndex, List<byte[]> proof) {
            int height = fromHeight;
            long index = fromIndex;
            long last = (size - 1) >> height;
            while (last > 0) {
                if ((index & 1) == 1) {
                    proof.add(node(height, index - 1));
                } else if (index < last) {
                    proof.add(node(height, index + 1));
                }
                // else it is the last and has no sibling at this height: it moves up as it is
                height++;
                index >>= 1;
                last >>= 1;
            }
        }

        byte[] node(int height, long index) {
            if (index < size >> height) {
                return complete(height, index);
            }
            List<byte[]> edge = edge(index << height);
            byte[] hash = edge.getLast();
            for (int i = edge.size() - 2; i >= 0; i--) {
                hash = TreeHash.ofNode(edge.get(i), hash);
            }
            return hash;
        }

        /** The complete subtrees from a leaf to the end, largest first; the leaf is where a larger one would begin. */
        List<byte[]> edge(long fromLeaf) {
            List<byte[]> edge = new ArrayList<>();
            long leaf = fromLeaf;
            while (leaf < size) {
                long largest = Long.highestOneBit(size - leaf);
                int height = Long.numberOfTrailingZeros(largest);
                edge.add(complete(height, leaf >> height));
                leaf += largest;
            }
            return edge;
        }

        private byte[] complete(int height, long index) {
            int level = height / Tile.HEIGHT;
            int above = height % Tile.HEIGHT; // how far the node is above the hashes of the tile
            long first = index << above;
            byte[] hashes = hashes(level, first / Tile.WIDTH);
            int from = (int) (first % Tile.WIDTH);
            byte[][] row = new byte[1 << above][];
            for (int i = 0; i < row.length; i++) {
                int at = (from + i) * TreeHash.BYTES;
                row[i] = Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES);
            }
            for (int width = row.length / 2; width > 0; width /= 2) {
                for (int i = 0; i < width; i++) {
                    row[i] = TreeHash.ofNode(row[2 * i], row[2 * i + 1]);
                }
            }
            return row[0];
        }

        private byte[] hashes(int level, long number) {
            return read.computeIfAbsent(Tile.of(level, number, size), tile -> {
                byte[] hashes = tiles.hashes(tile);
                if (hashes.length != tile.width() * TreeHash.BYTES) {
                    throw new IllegalStateException("tile " + tile.path() + " has " + hashes.length + " bytes");
                }
                return hashes;
            });
        }
    }
}
