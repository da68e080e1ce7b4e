package org.pupilledger.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of a Merkle tree over SHA-256. Leaves and nodes have prefixes of their own, so neither passes for the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1">RFC 9162, 2.1.1</a>
 */
public final class TreeHash {
    /** Bytes of every hash. */
    public static final int BYTES = 32;

    private static final byte LEAF_PREFIX = 0x00;
    private static final byte NODE_PREFIX = 0x01;

    /** Only to spare the look-up of the provider: nothing is carried from one call to the next. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TreeHash::newDigest);

    private TreeHash() {}

    /**
     * The hash of an entry.
     *
     * @param leaf any bytes, also none
     * @return 32 bytes, {@code SHA-256(0x00 || leaf)}
     */
    public static byte[] ofLeaf(byte[] leaf) {
        MessageDigest sha256 = sha256();
        sha256.update(LEAF_PREFIX);
        return sha256.digest(leaf);
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
        MessageDigest sha256 = sha256();
        sha256.update(NODE_PREFIX);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves: 32 bytes, SHA-256 of nothing. */
    public static byte[] ofEmptyTree() {
        return sha256().digest();
    }

    static byte[] requireHash(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes");
        }
        return hash;
    }

    private static MessageDigest sha256() {
        MessageDigest sha256 = SHA_256.get();
        // a call that failed half-way must not spoil the next
        sha256.reset();
        return sha256;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
