package org.pupilledger.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a growing tree: the roots of the largest complete subtrees that together hold its leaves, largest
 * first, one for each 1 in the binary form of the size. All that is needed to append and to know the root. Mutable, not
 * for several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.2">RFC 9162, 2.1.2</a>
 */
public final class CompactRange {
    private final byte[][] hashes = new byte[Long.SIZE - 1][];
    private int count;
    private long size;

    /** The empty tree. */
    public CompactRange() {}

    /**
     * A tree that is known by its edge.
     *
     * @param size   leaves, at least 0
     * @param hashes 32 bytes each, largest subtree first; as many as {@code size} has 1s in binary
     * @throws IllegalArgumentException where the size is negative, or the hashes are too few, too many or not 32 bytes
     */
    public CompactRange(long size, List<byte[]> hashes) {
        if (size < 0) {
            throw new IllegalArgumentException("a size is at least 0");
        }
        if (hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a range has one hash for each 1 in its binary size");
        }
        for (byte[] hash : hashes) {
            this.hashes[count++] = TreeHash.requireHash(hash).clone();
        }
        this.size = size;
    }

    /**
     * Adds a leaf on the right: two hashes on average, at most one for each bit of the size.
     *
     * @param leafHash 32 bytes, see {@link TreeHash#ofLeaf}
     * @throws IllegalArgumentException where the hash is not 32 bytes
     */
    public void append(byte[] leafHash) {
        byte[] hash = TreeHash.requireHash(leafHash).clone();
        long sizeAfter = Math.incrementExact(size);
        // each trailing 1 of the old size is a subtree as large as what is carried
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = TreeHash.ofNode(hashes[--count], hash);
        }
        hashes[count++] = hash;
        size = sizeAfter;
    }

    /** Leaves so far. */
    public long size() {
        return size;
    }

    /** The root of the tree, 32 bytes; for the empty tree {@link TreeHash#ofEmptyTree}. */
    public byte[] root() {
        if (count == 0) {
            return TreeHash.ofEmptyTree();
        }
        byte[] root = hashes[count - 1].clone();
        for (int i = count - 2; i >= 0; i--) {
            root = TreeHash.ofNode(hashes[i], root);
        }
        return root;
    }

    /** Copies of the hashes, 32 bytes each, largest subtree first. */
    public List<byte[]> hashes() {
        List<byte[]> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            copies.add(hashes[i].clone());
        }
        return copies;
    }
}
