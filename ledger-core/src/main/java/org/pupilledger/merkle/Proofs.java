package org.pupilledger.merkle;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies proofs. Total: what is null, too long, too short or out of range proves nothing, and nothing throws.
 *
 * <p>A root does not tell how many leaves are below it, and trees of several sizes can give one path the same shape. So take
 * size and root from one signed checkpoint, never the size from whoever sends the proof.
 */
public final class Proofs {
    private Proofs() {}

    /**
     * Tells whether a leaf is in the tree that a checkpoint covers.
     *
     * @param leafHash 32 bytes, {@code SHA-256(0x00 || leaf bytes)}
     * @param index    0-based, {@code index < size}
     * @param size     leaves the checkpoint covers, at least 1
     * @param path     sibling hashes from leaf to root, 32 bytes each
     * @param root     32 bytes, the checkpoint's
     * @return false for any mismatch or malformed argument; never throws
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2">RFC 9162, 2.1.3.2</a>
     */
    public static boolean isIncluded(
            byte @Nullable [] leafHash, long index, long size, @Nullable List<byte[]> path, byte @Nullable [] root) {
        if (leafHash == null || path == null || root == null) {
            return false;
        }
        if (!isHash(leafHash) || !isHash(root) || index < 0 || index >= size) {
            return false;
        }
        byte[] hash = leafHash;
        long node = index;
        long last = size - 1; // of the same height as the node
        for (byte[] sibling : path) {
            if (!isHash(sibling) || last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.ofNode(sibling, hash);
                // a last node without a sibling has moved up as it is
                int alone = Long.numberOfTrailingZeros(node);
                node >>= alone;
                last >>= alone;
            } else {
                hash = TreeHash.ofNode(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /**
     * Tells whether a tree begins with all leaves of an older one, in their order.
     *
     * <p>Every tree begins with the empty one, whose root is that of no leaves; the path is empty then, as it is between
     * trees of one size, whose roots must be equal.
     *
     * @param fromSize leaves of the older tree, {@code 0 <= fromSize <= toSize}
     * @param fromRoot 32 bytes
     * @param toSize   leaves of the newer tree
     * @param toRoot   32 bytes
     * @param path     hashes in the order of RFC 9162, 32 bytes each
     * @return false for any mismatch or malformed argument; never throws
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2">RFC 9162, 2.1.4.2</a>
     */
    public static boolean isConsistent(
            long fromSize,
            byte @Nullable [] fromRoot,
            long toSize,
            byte @Nullable [] toRoot,
            @Nullable List<byte[]> path) {
        if (fromRoot == null || toRoot == null || path == null) {
            return false;
        }
        if (fromSize == toSize && fromSize > 0) {
            // Nothing is hashed, so equal is all that roots have to be: published vectors have shorter ones here.
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        if (!isHash(fromRoot) || !isHash(toRoot) || fromSize < 0 || fromSize > toSize) {
            return false;
        }
        if (fromSize == 0 && !Arrays.equals(fromRoot, TreeHash.ofEmptyTree())) {
            return false;
        }
        if (fromSize == toSize) {
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        if (fromSize == 0) {
            return path.isEmpty();
        }
        // the last complete subtree of the older tree
        int height = Long.numberOfTrailingZeros(fromSize);
        long node = (fromSize - 1) >> height;
        long last = (toSize - 1) >> height;
        Iterator<byte[]> hashes = path.iterator();
        // where it is the whole older tree, its root is not repeated in the path
        byte[] start = node == 0 ? fromRoot : hashes.hasNext() ? hashes.next() : null;
        if (start == null || !isHash(start)) {
            return false;
        }
        byte[] from = start;
        byte[] to = start;
        while (hashes.hasNext()) {
            byte[] sibling = hashes.next();
            if (!isHash(sibling) || last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                from = TreeHash.ofNode(sibling, from);
                to = TreeHash.ofNode(sibling, to);
                int alone = Long.numberOfTrailingZeros(node);
                node >>= alone;
                last >>= alone;
            } else {
                to = TreeHash.ofNode(to, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(from, fromRoot) && Arrays.equals(to, toRoot);
    }

    /** Null where a caller's list holds null. */
    private static boolean isHash(byte @Nullable [] hash) {
        return hash != null && hash.length == TreeHash.BYTES;
    }
}
