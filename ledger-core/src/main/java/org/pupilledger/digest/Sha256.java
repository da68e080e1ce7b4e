package org.pupilledger.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits, as {@code sha256sum} prints them
 */
public record Sha256(String hex) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9a-f]{64}");

    /** Only to spare the look-up of the provider: nothing is carried from one call to the next. */
    private static final ThreadLocal<MessageDigest> SPARED = ThreadLocal.withInitial(Sha256::begin);

    public Sha256 {
        if (!SYNTAX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest");
        }
    }

    /** The digest of all parts, one behind the other. */
    public static Sha256 of(byte[]... parts) {
        return new Sha256(HexFormat.of().formatHex(bytes(parts)));
    }

    /** The same, 32 bytes. */
    public static byte[] bytes(byte[]... parts) {
        MessageDigest sha256 = SPARED.get();
        // a call that failed half-way must not spoil the next
        sha256.reset();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** A digest of its own, for what comes piece by piece. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
