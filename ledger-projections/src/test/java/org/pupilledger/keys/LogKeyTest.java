package org.pupilledger.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeyTest {
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PKCS8_OF_A_SEED = "302e020100300506032b657004220420";
    private static final String X509_OF_A_KEY = "302a300506032b6570032100";

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("log.key");
    }

    /** RFC 8032, 7.1: TEST 1 and TEST 2. */
    @ParameterizedTest
    @CsvSource({
        SEED + ", d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + " 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    })
    void aSeedHasItsPublicKeyAndSignatures(String seed, String publicKey, String message, String signature)
            throws Exception {
        write(pem(PKCS8_OF_A_SEED + seed));
        LogKey key = LogKey.load(file);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(key.privateKey());
        signer.update(bytes(message));

        assertThat(key.publicKey()).isEqualTo(bytes(publicKey));
        assertThat(signer.sign()).isEqualTo(bytes(signature));
    }

    @Test
    void theKeyForAuthenticityIsDerivedFromTheSeed() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(SEED), "HmacSHA256"));

        assertThat(LogKey.of(bytes(SEED)).authenticationKey())
                .hasSize(32)
                .isEqualTo(mac.doFinal("pupil-ledger/1 authenticity".getBytes(US_ASCII)));
    }

    @Test
    void aNewKeyIsTheOneInItsFile() throws Exception {
        LogKey created = LogKey.create(file);
        LogKey loaded = LogKey.load(file);

        assertThat(loaded.publicKey()).hasSize(32).isEqualTo(created.publicKey());
        assertThat(loaded.authenticationKey()).isEqualTo(created.authenticationKey());
        assertThat(loaded.privateKey()).isEqualTo(created.privateKey());
        assertVerifies(loaded);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(file))
                .matches("-----BEGIN PRIVATE KEY-----\n[A-Za-z0-9+/]{64}\n-----END PRIVATE KEY-----\n");
        assertThat(names()).containsExactly("log.key");
    }

    @Test
    void noTwoNewKeysAreTheSame() {
        assertThat(LogKey.create(file).publicKey())
                .isNotEqualTo(LogKey.create(directory.resolve("next.key")).publicKey());
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws IOException {
        Files.writeString(file, "whatever");

        assertRefused(() -> LogKey.create(file), "exists already");
        assertThat(Files.readString(file)).isEqualTo("whatever");
        assertThat(names()).containsExactly("log.key");
    }

    @Test
    void aLinkToNowhereIsNotFollowed() throws IOException {
        Files.createSymbolicLink(file, directory.resolve("elsewhere"));

        assertRefused(() -> LogKey.create(file), "exists already");
        assertThat(names()).containsExactly("log.key");
    }

    @Test
    void aKeyIsNotWrittenWhereThereIsNoDirectory() {
        file = directory.resolve("missing/log.key");

        assertRefused(() -> LogKey.create(file), "cannot be written");
    }

    @Test
    void aKeyOfOpensslIsRead() throws Exception {
        openssl("genpkey", "-algorithm", "ed25519", "-out", file.toString());
        openssl("pkey", "-in", file.toString(), "-pubout", "-outform", "DER", "-out", directory + "/public");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        LogKey key = LogKey.load(file);

        assertThat(Files.readAllBytes(directory.resolve("public")))
                .isEqualTo(bytes(X509_OF_A_KEY + HexFormat.of().formatHex(key.publicKey())));
    }

    @Test
    void opensslReadsANewKey() throws Exception {
        LogKey key = LogKey.create(file);
        openssl("pkey", "-in", file.toString(), "-pubout", "-outform", "DER", "-out", directory + "/public");

        assertThat(Files.readAllBytes(directory.resolve("public")))
                .isEqualTo(bytes(X509_OF_A_KEY + HexFormat.of().formatHex(key.publicKey())));
    }

    @Test
    void aKeyWithASmallerModeOrOtherLineEndsIsRead() throws IOException {
        write(pem(PKCS8_OF_A_SEED + SEED).replace("\n", "\r\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(LogKey.load(file).publicKey())
                .isEqualTo(LogKey.of(bytes(SEED)).publicKey());
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused(() -> LogKey.load(file), "does not exist");
    }

    @Test
    void aDirectoryIsRefused() {
        file = directory;

        assertRefused(() -> LogKey.load(file), "is not a file");
    }

    @Test
    void aFileThatMustNotBeReadIsRefused() throws IOException {
        write(pem(PKCS8_OF_A_SEED + SEED));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeThat(Files.isReadable(file)).as("root may read everything").isFalse();

        assertRefused(() -> LogKey.load(file), "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "r--r--r--", "rwx------", "rw---x---"})
    void aFileThatOthersMayReadIsRefused(String mode) throws IOException {
        write(pem(PKCS8_OF_A_SEED + SEED));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

        assertRefused(() -> LogKey.load(file), "chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0!\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n",
                "-----BEGIN PRIVATE KEY----- c2VjcmV0 -----END PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nc2VjcmV0\n-----END PUBLIC KEY-----\n"
            })
    void whatIsNotOnePemBlockIsRefused(String content) throws IOException {
        write(content);

        assertRefused(() -> LogKey.load(file), "is not one PEM block");
    }

    @Test
    void moreThanOneKeyIsRefused() throws IOException {
        String pem = pem(PKCS8_OF_A_SEED + SEED);
        write(pem + pem);
        assertRefused(() -> LogKey.load(file), "is not one PEM block");
        write("secret\n" + pem);
        assertRefused(() -> LogKey.load(file), "is not one PEM block");
        write(pem + "secret\n");
        assertRefused(() -> LogKey.load(file), "is not one PEM block");
    }

    @Test
    void aLongFileIsRefused() throws IOException {
        write(pem(PKCS8_OF_A_SEED + SEED) + "\n".repeat(20_000));

        assertRefused(() -> LogKey.load(file), "is too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n"
            })
    void anEncryptedKeyIsRefused(String content) throws IOException {
        write(content);

        assertRefused(() -> LogKey.load(file), "is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "Ed448", "X25519", "RSA"})
    void aKeyOfAnotherKindIsRefused(String algorithm) throws Exception {
        byte[] other = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        write(pem(HexFormat.of().formatHex(other)));

        assertRefused(() -> LogKey.load(file), "holds no Ed25519 key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "30", PKCS8_OF_A_SEED, PKCS8_OF_A_SEED + "00", "302e020100300506032b6570042204ff"})
    void whatIsNoKeyIsRefused(String der) throws IOException {
        write(pem(der + "00".repeat(8)));
        assertRefused(() -> LogKey.load(file), "holds no Ed25519 key");
        write("-----BEGIN PRIVATE KEY-----\nA=A=\n-----END PRIVATE KEY-----\n");
        assertRefused(() -> LogKey.load(file), "holds no Ed25519 key");
    }

    @Test
    void oneOfManyThatCreateAtOnceSucceeds() throws Exception {
        List<Callable<Boolean>> makers = new ArrayList<>();
        for (int maker = 0; maker < 4; maker++) {
            makers.add(() -> {
                try {
                    LogKey made = LogKey.create(file);
                    return Arrays.equals(made.publicKey(), LogKey.load(file).publicKey());
                } catch (KeyUnusable e) {
                    return false;
                }
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int succeeded = 0;
            for (Future<Boolean> isMine : threads.invokeAll(makers)) {
                succeeded += isMine.get() ? 1 : 0;
            }
            assertThat(succeeded).isOne();
        }
        assertThat(names()).containsExactly("log.key");
    }

    @Test
    void itShowsNothingOfItselfInALog() {
        assertThat(LogKey.of(bytes(SEED))).hasToString("an Ed25519 key");
    }

    private void assertRefused(Callable<LogKey> attempt, String why) {
        assertThatThrownBy(attempt::call)
                .isInstanceOf(KeyUnusable.class)
                .hasNoCause()
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why)
                .hasMessageEndingWith(".")
                .hasMessageNotContainingAny("secret", "c2VjcmV0", "nWGxne");
    }

    private static void assertVerifies(LogKey key) throws Exception {
        byte[] message = "checkpoint".getBytes(StandardCharsets.UTF_8);
        PublicKey publicKey = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        bytes(X509_OF_A_KEY + HexFormat.of().formatHex(key.publicKey()))));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.privateKey());
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(message);
        assertThat(signature.verify(signed)).isTrue();
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeThat(e).as("openssl is there").isNull();
            throw e;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    private void write(String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static String pem(String der) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes(der))
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
