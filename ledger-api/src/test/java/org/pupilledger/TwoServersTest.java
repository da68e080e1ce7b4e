package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Program.Result;

/** Two servers on one database: one of them records, whatever copies of whose files the other one has. */
@Timeout(300)
class TwoServersTest {
    private final Path first = TestServer.newDirectory();
    private final Path second = TestServer.newDirectory();
    private final Path firstAgain = TestServer.newDirectory();

    @Test
    void whoeverCannotSealRecordsNothingUntilItsFilesAreAsNewAsTheDatabase() throws Exception {
        try (OwnDatabase own = new OwnDatabase()) {
            List<String> ids = new ArrayList<>();
            try (TestServer one = TestServer.start(first, own.settings(first))) {
                ids.add(record(one));
                Files.createDirectories(second);
                DiskLedger.copy(first.resolve("log"), second.resolve("log"));
                try (TestServer other = TestServer.start(second, own.settings(second))) {
                    Reply refused = post(other);
                    assertThat(refused.problem()).isEqualTo("503 not-recording");
                    assertThat(refused.at("/detail")).contains("another program seals this ledger");
                    assertThat(other.as("auditor")
                                    .get("/requests/" + ids.getFirst())
                                    .status())
                            .isEqualTo(200);
                    assertThat(seal(other)).contains("another program seals this ledger");
                    ids.add(record(one));
                    Result beside = Program.run(with(
                            own.settings(first), "import", "--quiet", oneLine().toString()));
                    assertThat(beside.out()).contains("1 recorded");

                    one.context().close();
                    Files.createDirectories(firstAgain);
                    DiskLedger.copy(first.resolve("log"), firstAgain.resolve("log"));

                    OwnDatabase.until(() -> seal(other).contains("The checkpoint journal is behind"));
                    assertThat(post(other).at("/detail")).contains("The checkpoint journal is behind", "log catch-up");
                    Result alone = Program.run(with(
                            own.settings(second), "import", "--quiet", oneLine().toString()));
                    assertThat(alone.exitCode()).as(alone.toString()).isNotZero();

                    Result caught = Program.run(with(own.settings(second), "log", "catch-up"));
                    assertThat(caught.out()).as(caught.err()).startsWith("caught up: ");
                    OwnDatabase.until(() -> post(other).status() == 201);
                    ids.add(record(other));
                }
            }
            assertThatThrownBy(() -> TestServer.start(firstAgain, own.settings(firstAgain)))
                    .rootCause()
                    .hasMessageContainingAll("The checkpoint journal is behind", "log catch-up");

            Result caught = Program.run(with(own.settings(firstAgain), "log", "catch-up"));

            assertThat(caught.exitCode()).as(caught.toString()).isZero();
            Result verified = Program.run(with(own.settings(firstAgain), "verify", "--quiet"));
            assertThat(verified.exitCode()).as(verified.toString()).isZero();
            try (TestServer one = TestServer.start(firstAgain, own.settings(firstAgain))) {
                ids.add(record(one));
                for (String id : ids) {
                    assertThat(one.as("auditor")
                                    .get("/requests/" + id + "/receipt")
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    private static Path oneLine() throws Exception {
        String line =
                ",DWP,2023-01,OTHER,OTHER," + (System.nanoTime() % 1_000_000) + ",,APPROVED,2,0,2,2,SCHOOL,FILE,,\n";
        return Files.writeString(Files.createTempFile("one", ".csv"), Sample.HEADER + "\n" + line);
    }

    private static List<String> with(List<String> settings, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(settings);
        return arguments;
    }

    private static String seal(TestServer server) {
        return server.as("admin").get("//actuator/health").at("/components/ledger/details/seal");
    }

    private static String record(TestServer server) {
        Reply reply = post(server);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        Caller auditor = server.as("auditor");
        OwnDatabase.until(
                () -> auditor.get("/requests/" + reply.id() + "/receipt").status() == 200);
        return reply.id();
    }

    private static Reply post(TestServer server) {
        return server.as("recorder").post("/requests", Sample.live("DWP", "2024-05", 1));
    }
}
