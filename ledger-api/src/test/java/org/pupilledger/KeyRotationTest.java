package org.pupilledger;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;
import org.pupilledger.keys.LogKey;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.seal.LogReader;

/** Another key takes over from the one that signs, whatever happens in between. */
@Timeout(300)
class KeyRotationTest {
    private final DiskLedger ledger = new DiskLedger();

    @TempDir
    Path files;

    @AfterEach
    void clean() {
        ledger.close();
    }

    private VerifierKey key(Path file) throws IOException {
        String origin = ledger.lastCheckpoint().lines().findFirst().orElseThrow();
        return VerifierKey.of(origin, LogKey.load(file).publicKey());
    }

    /** By each alone, by all, and by no other. */
    private void assertSignedBy(VerifierKey... keys) throws IOException {
        byte[] note = ledger.lastCheckpoint().getBytes(StandardCharsets.UTF_8);
        assertThat(SignedNote.parse(note).orElseThrow().signatures()).hasSize(keys.length);
        for (VerifierKey key : keys) {
            assertThat(new LogVerifier(key.name(), List.of(key)).open(note)).isPresent();
        }
        assertThat(new LogVerifier(keys[0].name(), List.of(keys)).open(note)).isPresent();
    }

    private Result succeed(String... command) {
        Result result = ledger.run(command);
        assertThat(result.exitCode()).as("%s", result).isZero();
        return result;
    }

    private void refuse(String sentence, String... command) {
        Result result = ledger.run(command);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence).hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    private static String lines(VerifierKey... keys) {
        StringBuilder lines = new StringBuilder();
        for (VerifierKey key : keys) {
            lines.append(key).append('\n');
        }
        return lines.toString();
    }

    private byte[] receiptOfANewRequest(TestServer server) {
        String id = server.as("recorder")
                .post(
                        "/requests",
                        Sample.live(
                                "DWP",
                                server.context()
                                        .getBean(LedgerNode.class)
                                        .recording()
                                        .today()
                                        .toString(),
                                5))
                .id();
        server.as("auditor").get("/requests/" + id + "?waitFor=" + id + ":0");
        return log(server).receipt(id, 0).orElseThrow();
    }

    private static LogReader log(TestServer server) {
        return new LogReader(
                server.context().getBean(LedgerNode.class).storage().events().dataSource());
    }

    @Test
    void bothSignUntilTheFirstOneIsRetired() throws Exception {
        ledger.importRequests(1);
        VerifierKey first = key(ledger.keyFile());
        assertSignedBy(first);
        refuse("There is no next key", "log", "retire-key");

        Path old = files.resolve("old");
        succeed("log", "export", old.toString());

        Result rotated = succeed("log", "rotate-key");
        VerifierKey next = key(ledger.keyFile(".next"));
        assertThat(rotated.out()).isEqualTo(lines(first, next));
        assertSignedBy(first, next);
        assertThat(succeed("log", "rotate-key").out()).as("again").isEqualTo(rotated.out());

        Path receipt = files.resolve("receipt");
        ledger.serve(server -> {
            refuse("The ledger is being served.", "log", "rotate-key");
            refuse("The ledger is being served.", "log", "retire-key");
            Files.write(receipt, receiptOfANewRequest(server));
            assertThat(log(server).signingKeys()).containsExactly(first, next);
        });
        assertSignedBy(first, next);

        Result retired = succeed("log", "retire-key");
        assertThat(retired.out()).isEqualTo(lines(next));
        assertSignedBy(next);
        assertThat(key(ledger.keyFile())).isEqualTo(next);
        assertThat(key(ledger.keyFile(".retired"))).isEqualTo(first);
        assertThat(ledger.keyFile(".next")).doesNotExist();
        refuse("There is no next key", "log", "retire-key");

        ledger.serve(server -> {
            byte[] newer = receiptOfANewRequest(server);
            assertThat(new LogVerifier(next.name(), List.of(next)).openReceipt(newer))
                    .isPresent();
            assertThat(new LogVerifier(next.name(), List.of(first)).openReceipt(newer))
                    .as("believing only a retired key")
                    .isEmpty();
        });
        assertSignedBy(next);
        for (VerifierKey key : List.of(first, next)) {
            assertThat(new LogVerifier(key.name(), List.of(key)).openReceipt(Files.readAllBytes(receipt)))
                    .isPresent();
        }
        assertThat(succeed("verify", receipt.toString()).err())
                .as("both had signed it")
                .contains("key.pem is believed")
                .hasLineCount(1);
        assertThat(succeed("verify", old.toString()).err()).contains("only by a key that was retired");

        String known = succeed("verify").err()
                + succeed("backup", "--out", files.resolve("known").toString()).err();
        assertThat(known).doesNotContain("Not checked");
        Files.delete(ledger.keyFile(".retired"));
        for (Result result : List.of(
                succeed("verify"),
                succeed("backup", "--out", files.resolve("unknown").toString()))) {
            assertThat(result.err())
                    .containsPattern("Not checked: whether events before position [1-9][0-9]* were appended by a"
                            + " program with this ledger's key, since the key is not at hand\\.");
        }
    }

    @Test
    void aRetirementThatIsInterruptedAnywhereGoesOn() throws Exception {
        ledger.importRequests(1);
        VerifierKey first = key(ledger.keyFile());
        succeed("log", "rotate-key");
        VerifierKey next = key(ledger.keyFile(".next"));
        succeed("log", "retire-key");

        // recorded, no file moved; the start finishes it, and what is recorded then outlives it
        Files.move(ledger.keyFile(), ledger.keyFile(".next"));
        Files.move(ledger.keyFile(".retired"), ledger.keyFile());
        ledger.importRequests(1);
        assertFinished(first, next);

        // kept under its second name, not moved
        Files.move(ledger.keyFile(), ledger.keyFile(".next"));
        Files.copy(ledger.keyFile(".retired"), ledger.keyFile(), COPY_ATTRIBUTES);
        assertThat(succeed("log", "retire-key").out()).isEqualTo(lines(next));
        assertFinished(first, next);

        // moved away, the next one not moved
        Files.move(ledger.keyFile(), ledger.keyFile(".next"));
        ledger.serve(server -> receiptOfANewRequest(server));
        assertFinished(first, next);

        // once more, to the third key: the files of the first are not overwritten
        Files.move(ledger.keyFile(), ledger.keyFile(".next"));
        Files.copy(ledger.keyFile(".retired"), ledger.keyFile(), COPY_ATTRIBUTES);
        refuse("finished an earlier change", "log", "rotate-key");
        assertFinished(first, next);
        succeed("log", "rotate-key");
        VerifierKey third = key(ledger.keyFile(".next"));
        assertThat(succeed("log", "retire-key").out()).isEqualTo(lines(third));
        assertThat(key(ledger.keyFile(".retired"))).isEqualTo(first);
        assertThat(key(ledger.keyFile(".retired-2"))).isEqualTo(next);
        succeed("verify");
    }

    private void assertFinished(VerifierKey first, VerifierKey next) throws IOException {
        assertThat(key(ledger.keyFile())).isEqualTo(next);
        assertThat(key(ledger.keyFile(".retired"))).isEqualTo(first);
        assertThat(ledger.keyFile(".next")).doesNotExist();
        assertThat(ledger.keyFile(".retired-2")).doesNotExist();
        assertSignedBy(next);
    }

    @Test
    void aKeyThatMustNotSignIsRefused() throws Exception {
        refuse("There is no key yet", "log", "rotate-key");
        ledger.importRequests(1);
        VerifierKey first = key(ledger.keyFile());

        // one that was not introduced cannot take over
        LogKey.create(ledger.keyFile(".next"));
        VerifierKey next = key(ledger.keyFile(".next"));
        refuse("is the only one that signs", "log", "retire-key");
        assertThat(key(ledger.keyFile())).isEqualTo(first);

        assertThat(succeed("log", "rotate-key").out())
                .as("the one that was put there")
                .isEqualTo(lines(first, next));
        succeed("log", "retire-key");
        Files.copy(ledger.keyFile(".retired"), ledger.keyFile(".next"), COPY_ATTRIBUTES);
        refuse("was retired", "log", "rotate-key");

        // a lost key while both sign is not passed over
        Files.delete(ledger.keyFile(".next"));
        succeed("log", "rotate-key");
        Files.move(ledger.keyFile(), files.resolve("lost"));
        refuse("does not hold the key that this log is signed with", "log", "retire-key");
        assertThat(ledger.keyFile(".next")).exists();
        Files.move(files.resolve("lost"), ledger.keyFile());
        succeed("log", "retire-key");
        assertSignedBy(key(ledger.keyFile()));
    }
}
