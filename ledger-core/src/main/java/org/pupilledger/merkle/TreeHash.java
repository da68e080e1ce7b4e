package org.pupilledger.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.pupilledger.digest.Sha256;

/**
 * The hashes of a Merkle tree over SHA-256. Leaves and nodes have prefixes of their own, so neither passes for the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1">RFC 9162, 2.1.1</a>
 */
public final class TreeHash {
    /** Bytes of every hash. */
    public static final int BYTES = 32;

    private static final byte[] LEAF_PREFIX = {0x00};
    private static final byte[] NODE_PREFIX = {0x01};

    private TreeHash() {}

    /**
     * The hash of an entry.
     *
     * @param leaf any bytes, also none
     * @return 32 bytes, {@code SHA-256(0x00 || leaf)}
     */
    public static byte[] ofLeaf(byte[] leaf) {
        return Sha256.bytes(LEAF_PREFIX, leaf);
    }

    /**
     * The hash of a node above two others.
     *
     * @param left  32 bytes
     * @param right 32 bytes
     * @return 32 bytes, {@code SHA-256(0x01 || left || right)}
     * @throws IllegalArgumentException where a hash is not 32 bytes
     */
    public static byte[] ofNode(byte[] left, byte[] right) {
        requireHash(left);
        requireHash(right);
        return Sha256.bytes(NODE_PREFIX, left, right);
    }

    /**
     * The hash of the node above a full tile.
     *
     * @param hashes 256 times 32 bytes
     * @return 32 bytes
     * @throws IllegalArgumentException where there are more or fewer
     */
    public static byte[] ofTile(byte[] hashes) {
        if (hashes.length != Tile.BYTES) {
            throw new IllegalArgumentException("a full tile has " + Tile.BYTES + " bytes");
        }
        byte[] row = hashes.clone();
        MessageDigest sha256 = Sha256.begin();
        try {
            for (int length = Tile.BYTES; length > BYTES; length /= 2) {
                for (int from = 0; from < length; from += 2 * BYTES) {
                    sha256.update(NODE_PREFIX);
                    sha256.update(row, from, 2 * BYTES);
                    sha256.digest(row, from / 2, BYTES);
                }
            }
        } catch (DigestException impossible) {
            throw new IllegalStateException("a digest has its place", impossible);
        }
        return Arrays.copyOf(row, BYTES);
    }

    /** The root of a tree without leaves: 32 bytes, SHA-256 of nothing. */
    public static byte[] ofEmptyTree() {
        return Sha256.bytes();
    }

    static byte[] requireHash(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes");
        }
        return hash;
    }
}
