package org.pupilledger.privacy;

import java.util.Arrays;
import org.pupilledger.digest.Sha256;

/** A salted commitment: proves later what was meant, and tells nothing to who does not hold the salt. */
public final class Commitment {

    /** Bytes of a salt; as many as the hash has, so a guess of the message cannot be tried without the salt. */
    public static final int SALT_BYTES = 32;

    /** Of SHA-256. */
    private static final int BLOCK_BYTES = 64;

    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private Commitment() {}

    /**
     * Commits to a message. Neither array is kept or changed.
     *
     * @param salt    exactly 32 fresh random bytes; the key of the HMAC
     * @param message any bytes, the empty message included
     * @return 32 bytes, {@code HMAC-SHA-256(salt, message)}
     * @throws IllegalArgumentException if the salt is not 32 bytes long
     * @see <a href="https://www.rfc-editor.org/rfc/rfc2104#section-2">RFC 2104, 2</a>
     */
    public static byte[] commit(byte[] salt, byte[] message) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes");
        }
        // every verified event takes one of these, and half of what a Mac costs is to be looked up and given its key
        byte[] inner = Sha256.bytes(padded(salt, INNER_PAD, message));
        return Sha256.bytes(padded(salt, OUTER_PAD, inner));
    }

    /** A block of the salt under a pad, then the message. */
    private static byte[] padded(byte[] salt, byte pad, byte[] message) {
        byte[] padded = new byte[BLOCK_BYTES + message.length];
        Arrays.fill(padded, 0, BLOCK_BYTES, pad);
        for (int i = 0; i < salt.length; i++) {
            padded[i] ^= salt[i];
        }
        System.arraycopy(message, 0, padded, BLOCK_BYTES, message.length);
        return padded;
    }
}
