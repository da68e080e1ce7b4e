package org.pupilledger.privacy;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A salted commitment: proves later what was meant, and tells nothing to who does not hold the salt. */
public final class Commitment {

    /** Bytes of a salt; as many as the hash has, so a guess of the message cannot be tried without the salt. */
    public static final int SALT_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
