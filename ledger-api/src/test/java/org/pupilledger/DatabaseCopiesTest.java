package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Program.Result;

/** Copies of a database of one's own and of the log beside it, as operate.md says to make them and to put them back. */
@Timeout(300)
class DatabaseCopiesTest {
    private final Path directory = TestServer.newDirectory();
    private final Path restored = TestServer.newDirectory();

    @Test
    void copiesThatWereMadeWhileServingTheLogFirstAreCaughtUpAndServe() throws Exception {
        List<String> before;
        OwnDatabase copy;
        try (OwnDatabase own = new OwnDatabase();
                TestServer server = TestServer.start(directory, own.settings(directory));
                ExecutorService callers = Executors.newSingleThreadExecutor()) {
            List<String> recorded = new CopyOnWriteArrayList<>();
            AtomicBoolean isOver = new AtomicBoolean();
            callers.execute(() -> {
                while (!isOver.get()) {
                    recorded.add(record(server));
                }
            });
            try {
                OwnDatabase.until(() -> recorded.size() > 10);
                Files.createDirectories(restored);
                DiskLedger.copy(directory.resolve("log"), restored.resolve("log"));
                int then = recorded.size();
                OwnDatabase.until(() -> recorded.size() > then + 10);
                before = List.copyOf(recorded);
                copy = own.startedFromBaseBackup();
            } finally {
                isOver.set(true);
            }
        }
        try (copy) {
            assertThatThrownBy(() -> TestServer.start(restored, copy.settings(restored)))
                    .rootCause()
                    .hasMessageContainingAll("is behind", "log catch-up");

            Result caught = Program.run(with(copy.settings(restored), "log", "catch-up"));

            assertThat(caught.exitCode()).as(caught.toString()).isZero();
            try (TestServer server = TestServer.start(restored, copy.settings(restored))) {
                Caller auditor = server.as("auditor");
                for (String id : before) {
                    OwnDatabase.until(
                            () -> auditor.get("/requests/" + id + "/receipt").status() == 200);
                }
                record(server);
                Result verified = Program.run(with(copy.settings(restored), "verify", "--quiet"));
                assertThat(verified.exitCode()).as(verified.toString()).isZero();
            }
        }
    }

    private static String record(TestServer server) {
        Reply reply = server.as("recorder").post("/requests", Sample.live("DWP", "2024-05", 1));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        return reply.id();
    }

    private static List<String> with(List<String> settings, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(settings);
        return arguments;
    }
}
