package org.pupilledger.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.pupilledger.files.PrivateFiles;

/**
 * An Ed25519 key of the log, in a file of its own: one PEM block {@code PRIVATE KEY}, as {@code openssl genpkey -algorithm
 * ed25519} writes it, that only its owner may read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8410#section-7">RFC 8410, 7</a>
 */
public final class LogKey {
    private static final String KEY_ALGORITHM = "Ed25519";
    private static final int SEED_BYTES = 32;
    private static final int PUBLIC_KEY_BYTES = 32;
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final byte[] AUTHENTICITY = "pupil-ledger/1 authenticity".getBytes(US_ASCII);

    /** A key has about 120; more than this is not read. */
    private static final int MAX_FILE_BYTES = 16_384;

    private static final int LINE_LENGTH = 64;
    private static final Pattern BLOCK =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----\\R([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] seed;
    private final byte[] publicKey;
    private final EdECPrivateKey privateKey;

    private LogKey(byte[] seed, EdECPrivateKey privateKey) {
        this.seed = seed;
        this.publicKey = publicKey(seed);
        this.privateKey = privateKey;
    }

    /**
     * Reads the key in a file.
     *
     * @throws KeyUnusable where there is none that can be used, or others may read it
     */
    public static LogKey load(Path file) {
        byte[] content = read(file);
        try {
            return parse(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Makes a new key and its file, which appears whole or not at all and outlives a power cut.
     *
     * @throws KeyUnusable where there is such a file already, or it cannot be written
     */
    public static LogKey create(Path file) {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        LogKey key = of(seed);
        byte[] pem = key.pem();
        try {
            PrivateFiles.create(file.toAbsolutePath(), pem);
        } catch (FileAlreadyExistsException e) {
            throw new KeyUnusable(
                    file + " exists already, and a key is never overwritten. Use the key that it holds, or give"
                            + " the new one another name.");
        } catch (IOException | UnsupportedOperationException e) {
            throw new KeyUnusable(
                    file + " cannot be written (" + reason(e)
                            + "). Give a directory that exists, that this program may write to and whose file system knows owners.");
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
        return key;
    }

    /** The key of a seed of 32 bytes. */
    static LogKey of(byte[] seed) {
        try {
            return new LogKey(seed.clone(), (EdECPrivateKey) KeyFactory.getInstance(KEY_ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + KEY_ALGORITHM, impossible);
        }
    }

    /** The JDK gives the public half away only where it makes a pair, so its chance is the seed. */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KEY_ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!Arrays.equals(made, seed)) {
                throw new IllegalStateException("this platform's " + KEY_ALGORITHM + " makes keys in another way");
            }
            byte[] x509 = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(x509, x509.length - PUBLIC_KEY_BYTES, x509.length);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + KEY_ALGORITHM, impossible);
        }
    }

    private static final class Given extends SecureRandom {
        private final transient byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] to) {
            System.arraycopy(bytes, 0, to, 0, to.length);
        }
    }

    /** 32 bytes (RFC 8032, 5.1.5). */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Signs with algorithm {@code Ed25519}. */
    public EdECPrivateKey privateKey() {
        return privateKey;
    }

    /** The key for {@code Authenticity}, 32 bytes: {@code HMAC-SHA-256(seed, "pupil-ledger/1 authenticity")}. */
    public byte[] authenticationKey() {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(new SecretKeySpec(seed, MAC_ALGORITHM));
            return mac.doFinal(AUTHENTICITY);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC_ALGORITHM, impossible);
        }
    }

    private static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw Files.exists(file)
                        ? new KeyUnusable(file + " is not a file. Give the file that holds the key.")
                        : missing(file);
            }
            checkMode(file);
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new KeyUnusable(file + " is too long to be a key. Give the file that holds the key.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw missing(file);
        } catch (IOException e) {
            throw new KeyUnusable(file + " cannot be read (" + reason(e)
                    + "). Make it readable for the user who runs this program, and for nobody else.");
        }
    }

    private static KeyUnusable missing(Path file) {
        return new KeyUnusable(file + " does not exist. Put the key there, from where a copy of it is kept.");
    }

    private static void checkMode(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new KeyUnusable(file + " has a mode that allows more than reading and writing by its owner. Run chmod"
                    + " 600 on it; where others may have read it, replace the key.");
        }
    }

    private static LogKey parse(Path file, byte[] content) {
        String pem = new String(content, ISO_8859_1);
        if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new KeyUnusable(
                    file + " is encrypted. Store the key without a password; the mode of the file protects it.");
        }
        Matcher block = BLOCK.matcher(pem);
        if (!block.matches()) {
            throw new KeyUnusable(
                    file + " is not one PEM block PRIVATE KEY and nothing else. The command openssl genpkey"
                            + " -algorithm ed25519 makes one.");
        }
        try {
            byte[] der = Base64.getDecoder().decode(block.group(1).replaceAll("\\s", ""));
            EdECPrivateKey key = (EdECPrivateKey)
                    KeyFactory.getInstance(KEY_ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return of(key.getBytes().orElseThrow());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // without the cause, which may quote what it could not read
            throw new KeyUnusable(
                    file + " holds no Ed25519 key. The command openssl genpkey -algorithm ed25519 makes one.");
        }
    }

    /** As its file has it. */
    public byte[] pem() {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'});
        return ("-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(privateKey.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n")
                .getBytes(US_ASCII);
    }

    private static String reason(Exception e) {
        String reason = e instanceof FileSystemException known ? known.getReason() : null;
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    @Override
    public String toString() {
        return "an Ed25519 key";
    }
}
