package org.pupilledger.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.backup.BackupVerification;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.zip.StoredZip;

/** What an attacker may hand to somebody who verifies: refused at once, whatever it says about itself. */
@Timeout(60)
class HostileBundleTest {
    private static final String CSV = "edition/other-government-quarterly.csv";

    @TempDir
    private Path directory;

    private byte[] bundle = {};
    private Parts parts = Parts.of(bundle);
    private String key = "";

    @BeforeEach
    void read() throws IOException {
        bundle = Files.readAllBytes(WorkedExampleTest.kept("2023-Q3-public.zip"));
        parts = Parts.of(bundle);
        key = Files.readString(WorkedExampleTest.kept("key")).strip();
    }

    private Said verify(byte[] bytes) {
        return Said.of("--key", key, Parts.write(directory, bytes).toString());
    }

    private static void assertFinding(Said said, String sentence) {
        assertThat(said.exitCode()).as(said.toString()).isEqualTo(1);
        assertThat(said.out()).contains(sentence).doesNotContain("verified");
    }

    private static void assertUnreadable(Said said) {
        assertThat(said.exitCode()).as(said.toString()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("cannot be read");
    }

    @Test
    void aPartThatOnlySomeReadersSeeIsRefused() throws IOException {
        byte[] other = parts.text(CSV).replace(",185,1,0,184,", ",185,0,0,185,").getBytes(UTF_8);
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(alone)) {
            zip.put(CSV, other);
        }
        byte[] hidden = Arrays.copyOf(alone.toByteArray(), 30 + CSV.length() + other.length);
        ByteBuffer end = ByteBuffer.wrap(bundle).order(ByteOrder.LITTLE_ENDIAN);
        int at = end.getInt(bundle.length - 6);
        end.putInt(bundle.length - 6, at + hidden.length);
        byte[] decoy = ByteBuffer.allocate(bundle.length + hidden.length)
                .put(bundle, 0, at)
                .put(hidden)
                .put(bundle, at, bundle.length - at)
                .array();

        assertFinding(verify(decoy), "BREAK inserted at position 0: The ZIP file holds bytes that its directory");
        assertThat(verify(parts.packed()).exitCode()).isZero();
    }

    @Test
    void aSecondBadSignatureOfAPinnedKeyIsRefusedWhereverItStands() {
        String note = parts.text("checkpoint");
        String good = note.substring(note.lastIndexOf("\n\n") + 2);
        byte[] signature = Base64.getDecoder()
                .decode(good.substring(good.lastIndexOf(' ') + 1).strip());
        signature[20] ^= 1;
        String bad = good.substring(0, good.lastIndexOf(' ') + 1)
                + Base64.getEncoder().encodeToString(signature) + "\n";
        String text = note.substring(0, note.length() - good.length());

        assertFinding(
                verify(parts.with("checkpoint", (text + good + bad).getBytes(UTF_8))
                        .packed()),
                "BREAK forged");
        assertFinding(
                verify(parts.with("checkpoint", (text + bad + good).getBytes(UTF_8))
                        .packed()),
                "BREAK forged");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 1_000_000_000_000_000L, Long.MAX_VALUE})
    void moreEntriesThanTheFileCanHoldAreNotLookedFor(long size) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = pair.getPublic().getEncoded();
        VerifierKey own =
                VerifierKey.of("test.invalid/ledger", Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        NoteSigner signer = new NoteSigner(own, pair.getPrivate());
        String text = new Checkpoint("test.invalid/ledger", size, new byte[32], List.of()).text();
        byte[] note = new SignedNote(text, List.of(signer.sign(text))).bytes();
        Parts large = parts.with("checkpoint", note).with("key", (signer.verifierKey() + "\n").getBytes(UTF_8));

        assertUnreadable(Said.of(large.in(directory).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"actors", "checkpoints", "claims", "entries"})
    void neitherIsMoreOfAnythingThatAFullBundleCanHold(String of) {
        String head = """
                {"actors":1,"checkpoints":1,"claims":1,"entries":27,"format":"pupil-ledger-bundle/1",\
                "origin":"test.invalid/ledger","publicSince":null,"publicSize":0,"published":0,"variant":"FULL"}""";
        Path file = parts.with(
                        "bundle.json",
                        head.replaceFirst("(\"" + of + "\":)\\d+", "$11000000000000000")
                                .getBytes(UTF_8))
                .in(directory);

        try (BackupVerification verification = BackupVerification.open(file, null, List.of())) {
            assertThatThrownBy(verification::run)
                    .isInstanceOf(Bundle.Unreadable.class)
                    .hasMessageContaining("more than a file of its size can");
        }
    }

    /** Each comma is a cell, which takes more memory than a byte. */
    @Test
    void aTableOfCommasIsRefusedInLittleMemory() {
        byte[] commas = new byte[1 << 24];
        Arrays.fill(commas, (byte) ',');

        assertFinding(verify(parts.with(CSV, commas).packed()), CSV);
        Arrays.fill(commas, (byte) '"');
        assertFinding(verify(parts.with(CSV, commas).packed()), CSV);
    }

    @Test
    void aDeepHeadIsRefused() {
        byte[] deep = "[".repeat(1 << 16).getBytes(UTF_8);

        assertFinding(verify(parts.with("bundle.json", deep).packed()), "bundle.json is missing, or not");
    }

    @Test
    void whatIsNoFileIsNotRead() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (String what : List.of("/dev/zero", pipe.toString(), directory.toString(), directory + "/nothing")) {
            Said said = Said.of("--key", key, what);
            assertThat(said.exitCode()).as(what).isEqualTo(2);
            assertThat(said.err()).containsAnyOf("It is no file", "it is a directory", "there is no such file");
        }
    }

    @Test
    void whatIsNoZipFileCannotBeRead() {
        assertUnreadable(verify(new byte[0]));
        assertUnreadable(verify("PK\3\4".getBytes(UTF_8)));
        assertUnreadable(verify(Arrays.copyOf(bundle, bundle.length - 1)));
        assertUnreadable(verify(new byte[1 << 20]));
    }
}
