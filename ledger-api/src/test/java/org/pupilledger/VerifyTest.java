package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.pupilledger.Program.Result;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.keys.LogKey;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.seal.LogReader;

/** Whatever was changed, verify says so, also where no server would start. */
@ExtendWith(SharedServer.class)
@Timeout(300)
class VerifyTest {
    private static final String ALL_WELL =
            "verified: \\d+ entries, \\d+ sealed, 0 events waiting, compared with the checkpoint journal\n"
                    + "(not checked: .+\n){9}";

    private static final String NOTHING_DONE = """
        {"format":"pupil-ledger-verification/1","entries":0,"shift":0,"events":0,"agreed":0,"tree":[],"breaks":[]}\
        """;

    private final TestServer server;
    private final String beside;
    private final DiskLedger ledger = new DiskLedger();

    @TempDir
    Path files;

    VerifyTest(TestServer server) {
        this.server = server;
        this.beside = "--ledger.data-directory=" + server.directory();
    }

    @AfterEach
    void clean() {
        ledger.close();
    }

    private String record() {
        String id = server.as("recorder")
                .post("/requests", Sample.live("DWP", "2024-05", 5))
                .id();
        server.as("auditor").get("/requests/" + id + "?waitFor=" + id + ":0");
        return id;
    }

    private LogReader log() {
        return new LogReader(
                server.context().getBean(LedgerNode.class).storage().events().dataSource());
    }

    private String write(String name, byte[] content) throws IOException {
        return Files.write(files.resolve(name), content).toString();
    }

    private static void assertBreak(Result result, String where) {
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.out()).startsWith("BREAK " + where).doesNotContain("verified");
    }

    private void refuse(String sentence, String... arguments) {
        Result result = Program.run(arguments);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.err()).contains(sentence).hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void worksBesideAServerAndKnowsOldCheckpoints() throws IOException {
        record();
        String held = write("held", log().newest().orElseThrow().note());
        record();

        String state = write("state", NOTHING_DONE.getBytes(StandardCharsets.UTF_8));
        Result result = Program.run("verify", beside, "--checkpoint", held, "--resume", state);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).matches(ALL_WELL);
        assertThat(result.err()).startsWith("The key in " + server.directory()).doesNotContain("Exception", "{");
        assertThat(Path.of(state)).as("not needed any more").doesNotExist();

        // a role that may read, on a database that is configured
        DatabaseAccess reader = server.database().app();
        String[] configured = {
            "--spring.datasource.url=" + reader.url(),
            "--spring.datasource.username=" + reader.user(),
            "--spring.datasource.password=" + reader.password()
        };
        for (String command : List.of("verify", "figures", "statements")) {
            String[] arguments = Stream.concat(Stream.of(command, beside), Stream.of(configured))
                    .toArray(String[]::new);
            Result read = Program.run(arguments);
            assertThat(read.exitCode()).as("%s", read).isZero();
        }
        Result rebuild = Program.run("rebuild", "totals", beside, configured[0], configured[1], configured[2]);
        assertThat(rebuild.exitCode()).as("%s", rebuild).isNotZero();
        assertThat(rebuild.err()).contains("spring.flyway.user");

        // signed by the log, but never a tree of it
        String note = new String(log().newest().orElseThrow().note(), StandardCharsets.UTF_8);
        String forged = note.replace(
                note.lines().skip(2).findFirst().orElseThrow(),
                Base64.getEncoder().encodeToString(new byte[32]));
        assertBreak(
                Program.run("verify", beside, "--quiet", "--checkpoint", write("forged", signed(forged))),
                "forged at ");
        refuse(
                "holds no state of a verification",
                "verify",
                beside,
                "--key",
                log().signingKeys().getFirst().toString(),
                "--resume",
                write("damaged", new byte[] {'{'}));
    }

    /** With the server's own key, as only a thief of it could. */
    private byte[] signed(String note) {
        VerifierKey key = log().signingKeys().getFirst();
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        LogKey stolen = LogKey.load(server.directory().resolve("log").resolve("key.pem"));
        return new SignedNote(text, List.of(new NoteSigner(key, stolen.privateKey()).sign(text))).bytes();
    }

    @Test
    void aReceiptNeedsNothingButTheKey() throws IOException {
        String id = record();
        byte[] receipt = log().receipt(id, 0).orElseThrow();
        String good = write("good", receipt);
        String key = log().signingKeys().getFirst().toString();
        String keyFile = write("key", (key + "\n").getBytes(StandardCharsets.UTF_8));

        String nowhere = "--ledger.data-directory=" + files.resolve("nowhere");
        for (String pinned : new String[] {key, keyFile}) {
            Result result = Program.run("verify", good, "--key", pinned, nowhere);
            assertThat(result.exitCode()).as("%s", result).isZero();
            assertThat(result.out())
                    .matches("verified: position \\d+ of \\d+ entries, \\S+\n\\{.*\"aggregateId\":\"" + id + "\".*}\n");
            assertThat(result.err()).isEmpty();
        }
        Result withKeyFile = Program.run("verify", good, beside);
        assertThat(withKeyFile.exitCode()).as("%s", withKeyFile).isZero();
        assertThat(withKeyFile.err()).contains("key.pem is believed").hasLineCount(1);
        assertThat(files.resolve("nowhere")).doesNotExist();

        refuse("Give the key of the log with --key", "verify", good, nowhere);
        refuse(
                "--checkpoint is for a database, a directory or a bundle",
                "verify",
                good,
                "--key",
                key,
                "--checkpoint",
                good);
        assertBreak(Program.run("verify", good, "--key", key, "--origin", "elsewhere"), "forged at position ");
        LogKey other = LogKey.create(files.resolve("other.pem"));
        String otherKey = VerifierKey.of(key.substring(0, key.indexOf('+')), other.publicKey())
                .toString();
        assertBreak(Program.run("verify", good, "--key", otherKey), "forged at position ");
        String text = new String(receipt, StandardCharsets.UTF_8).replaceFirst("index \\d+", "index 0");
        assertBreak(
                Program.run("verify", write("bad", text.getBytes(StandardCharsets.UTF_8)), "--key", key),
                "changed at position 0: ");
    }

    /** What is not readable proves nothing about the log: it is not as if something had been changed. */
    @Test
    void whatIsNoReceiptCannotBeRead() throws Exception {
        byte[] receipt = log().receipt(record(), 0).orElseThrow();
        String text = new String(receipt, StandardCharsets.UTF_8);
        String key = log().signingKeys().getFirst().toString();
        List<byte[]> unreadable = List.of(
                new byte[0],
                new byte[] {1},
                text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8),
                ("\ufeff" + text).getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_16),
                Arrays.copyOf(receipt, 30),
                Arrays.copyOf(receipt, receipt.length - 1));

        for (byte[] bytes : unreadable) {
            refuse("not readable as a receipt", "verify", write("unreadable", bytes), "--key", key);
        }
        Path log = Files.createDirectory(files.resolve("log-of-nothing"));
        refuse("not readable as an exported log", "verify", log.toString(), "--key", key);
        String note = text.substring(text.indexOf("\n\n") + 2);
        Files.writeString(log.resolve("checkpoint"), note.replace("\n", "\r\n"));
        refuse("not readable as an exported log", "verify", log.toString(), "--key", key);
        Path pipe = files.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (String what : List.of("/dev/zero", pipe.toString())) {
            refuse("is no file", "verify", what, "--key", key);
            refuse("--key is neither", "verify", write("receipt", receipt), "--key", what);
            refuse("is no file", "verify", beside, "--checkpoint", what);
            refuse("--resume is no file", "verify", beside, "--key", key, "--resume", what);
        }
    }

    @Test
    void worksAloneAndWithoutTheKeyAndNamesWhatASuperuserChanged() throws Exception {
        ledger.importRequests(2);
        Result alone = ledger.run("verify", "--quiet");
        assertThat(alone.exitCode()).as("%s", alone).isZero();
        assertThat(alone.out()).matches(ALL_WELL);

        Path key = files.resolve("key.pem");
        Files.move(ledger.keyFile(), key);
        Result withoutKey = ledger.run("verify", "--quiet");
        assertThat(withoutKey.exitCode()).as("%s", withoutKey).isZero();
        assertThat(withoutKey.err())
                .contains(
                        "those are believed that the log itself introduced",
                        "Not checked: whether events were appended by a program with this ledger's key")
                .hasLineCount(2);
        Result figures = ledger.run("figures");
        assertThat(figures.exitCode()).isEqualTo(1);
        assertThat(figures.err())
                .as("nothing but a sentence")
                .startsWith("The key is missing")
                .hasLineCount(1);
        Files.move(key, ledger.keyFile());

        ledger.tamper("update event set payload = replace(convert_from(payload, 'UTF8'), '\"matched\":2',"
                + " '\"matched\":9')::bytea where global_index = (select global_index from ledger_entry where"
                + " convert_from(leaf_bytes, 'UTF8') like '%\"matched\":2%' order by position limit 1)");
        String position = ledger.query("select min(position) from ledger_entry where convert_from(leaf_bytes, 'UTF8')"
                + " like '%\"matched\":2%'");
        Result tampered = ledger.run("verify", "--quiet");
        assertBreak(tampered, "changed at position " + position + ": ");
        assertThat(tampered.err()).doesNotContain("Exception", "{");

        // the entry too, as if it had always been so
        ledger.tamper("update ledger_entry set leaf_bytes = replace(convert_from(leaf_bytes, 'UTF8'), '\"matched\":2',"
                + " '\"matched\":9')::bytea where position = " + position);
        assertBreak(ledger.run("verify", "--quiet"), "changed at position " + position + ": ");
    }

    @Test
    void anOlderCopyOfTheDatabaseIsFound() throws Exception {
        ledger.importRequests(1);
        Path database = ledger.directory().resolve("cluster");
        DiskLedger.copy(database, files.resolve("older"));
        ledger.importRequests(1);
        assertThat(ledger.run("verify", "--quiet").exitCode()).isZero();
        DiskLedger.copy(files.resolve("older"), database);

        Result start = ledger.run("--server.port=0");
        assertThat(start.exitCode()).as("%s", start).isEqualTo(2);
        assertThat(start.err())
                .contains("The ledger did not start. The database is behind")
                .hasLineCount(1);
        assertThat(start.out()).doesNotContain("APPLICATION FAILED TO START");
        Result figures = ledger.run("figures");
        assertThat(figures.exitCode()).isEqualTo(1);
        assertThat(figures.err()).startsWith("The database is behind").hasLineCount(1);

        Result result = ledger.run("verify", "--quiet");
        assertBreak(result, "rolled back at position ");
    }
}
