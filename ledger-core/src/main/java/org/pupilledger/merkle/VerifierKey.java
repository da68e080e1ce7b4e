package org.pupilledger.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;

/**
 * An Ed25519 key that verifies notes, with the name under which it signs. Equal by content, immutable.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Verifier keys</a>
 */
public final class VerifierKey {
    /** Bytes of a public key. */
    public static final int PUBLIC_KEY_BYTES = 32;

    private static final String ALGORITHM = "Ed25519";
    private static final byte TYPE = 0x01;

    /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410, 4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /**
     * The points of order 1, 2, 4 and 8, less the sign bit: for these anybody can sign, and 32 zero bytes, which a wrong
     * setting may hold, are one of them. Go takes them.
     */
    private static final Set<String> KEYS_OF_NOBODY = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

    private final String name;
    private final int keyId;
    private final byte[] publicKey;
    private final PublicKey key;

    private VerifierKey(String name, byte[] publicKey, PublicKey key) {
        this.name = name;
        this.publicKey = publicKey;
        this.key = key;
        this.keyId = keyId(name, publicKey);
    }

    /**
     * A key under a name.
     *
     * @param name      not empty, without Unicode spaces and {@code +}; best the log's origin
     * @param publicKey 32 bytes (RFC 8032, 5.1.5)
     * @throws IllegalArgumentException where the name is not such a name, or the bytes are no point of the curve, or one for
     *     which anybody can sign
     */
    public static VerifierKey of(String name, byte[] publicKey) {
        if (!Spelling.isName(name)) {
            throw new IllegalArgumentException("a key's name has no spaces and no plus");
        }
        if (publicKey.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException("a public key has " + PUBLIC_KEY_BYTES + " bytes");
        }
        byte[] unsigned = publicKey.clone();
        unsigned[PUBLIC_KEY_BYTES - 1] &= 0x7f;
        if (KEYS_OF_NOBODY.contains(HexFormat.of().formatHex(unsigned))) {
            throw new IllegalArgumentException("a public key for which anybody can sign");
        }
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(concat(X509_PREFIX, publicKey)));
            // only here are the bytes looked at
            Signature.getInstance(ALGORITHM).initVerify(key);
            return new VerifierKey(name, publicKey.clone(), key);
        } catch (GeneralSecurityException noPoint) {
            throw new IllegalArgumentException("a public key is a point of the curve", noPoint);
        }
    }

    /**
     * Reads a verifier key, {@code <name>+<key id in hex>+<base64 of type and key>}.
     *
     * @param vkey its key id in lower case and its base64 canonical, where Go forgives both
     * @return empty for any other text, other types of key, or a key id that is not that of name and key; never throws
     */
    public static Optional<VerifierKey> parse(@Nullable String vkey) {
        if (vkey == null) {
            return Optional.empty();
        }
        int first = vkey.indexOf('+');
        int second = vkey.indexOf('+', first + 1);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        Optional<byte[]> typed = Spelling.bytes(vkey.substring(second + 1));
        if (typed.isEmpty() || typed.get().length != 1 + PUBLIC_KEY_BYTES || typed.get()[0] != TYPE) {
            return Optional.empty();
        }
        try {
            VerifierKey key = of(vkey.substring(0, first), Arrays.copyOfRange(typed.get(), 1, 1 + PUBLIC_KEY_BYTES));
            return key.toString().equals(vkey) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }

    /** The name under which the key signs. */
    public String name() {
        return name;
    }

    /** The first 32 bits of the hash over name and key, without a sign: tells keys of one name apart, and proves nothing. */
    public int keyId() {
        return keyId;
    }

    /** A copy of the 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Tells whether this key made a signature.
     *
     * @param text the note text with its final newline
     * @return false for a signature under another name or key id, of another text, or malformed; never throws
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7">RFC 8032, 5.1.7</a>
     */
    public boolean verifies(String text, NoteSignature signature) {
        if (signature.keyId() != keyId || !signature.name().equals(name) || !Spelling.isText(text)) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance(ALGORITHM);
            ed25519.initVerify(key);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.verify(signature.signature());
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static int keyId(String name, byte[] publicKey) {
        byte[] named = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(Sha256.bytes(named, new byte[] {TYPE}, publicKey))
                .getInt();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyId);
    }

    /** Keys as files have them, one on a line. */
    public static byte[] lines(List<VerifierKey> keys) {
        return keys.stream()
                .map(key -> key + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The keys in some lines, without what is none. */
    public static List<VerifierKey> inLines(byte[] lines) {
        return new String(lines, StandardCharsets.UTF_8)
                .lines()
                .map(VerifierKey::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The verifier key as text; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(keyId) + "+"
                + Spelling.base64(concat(new byte[] {TYPE}, publicKey));
    }
}
