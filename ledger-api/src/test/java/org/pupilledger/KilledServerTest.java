package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Program.Result;
import org.pupilledger.Program.Server;
import org.pupilledger.cluster.EmbeddedCluster;

/** A server that is killed at any moment loses nothing that it acknowledged, and nothing is counted twice. */
@Timeout(150)
class KilledServerTest {
    private static final int CALLERS = 4;
    private static final int REQUESTS = 300;
    private static final List<Integer> KILLED_AFTER = List.of(80, 200);

    private final Path directory = TestServer.newLedgerDirectory();
    private final List<String> settings = settings(directory);
    private final AtomicReference<Server> server = new AtomicReference<>(Server.start(settings));
    private final Map<String, String> idByKey = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();

    private static List<String> settings(Path directory) {
        List<String> settings = new ArrayList<>(TestServer.users());
        settings.add("--server.port=0");
        settings.add("--ledger.data-directory=" + directory);
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        return settings;
    }

    @Test
    void losesNothingAndCountsNothingTwice() throws Exception {
        Result second = Program.run(settings);
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("The ledger did not start.", "in use by another ledger", "Stop that one");

        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < REQUESTS; i++) {
                String body = Sample.live("DWP", "2024-05", 1);
                callers.execute(() -> postUntilAcknowledged(body));
            }
            for (int count : KILLED_AFTER) {
                while (acknowledged.get() < count) {
                    Thread.sleep(1);
                }
                server.get().kill();
                server.set(Server.start(settings));
            }
        }

        Caller auditor = server.get().as("auditor");
        List<String> ids = new ArrayList<>(idByKey.values());
        assertThat(ids).hasSize(REQUESTS).doesNotHaveDuplicates();
        for (String id : ids) {
            assertThat(auditor.get("/requests/" + id + "?waitFor=" + id + ":0").status())
                    .isEqualTo(200);
        }
        for (String by : List.of("month", "quarter", "year", "total")) {
            Reply figures = auditor.get("/figures?by=" + by);
            assertThat(figures.at("/rows/0/requests/received")).isEqualTo(Integer.toString(REQUESTS));
            assertThat(figures.at("/rows/0/individuals/submitted")).isEqualTo(Integer.toString(REQUESTS));
        }
        assertThat(auditor.get("/figures?by=total&atPosition="
                                + auditor.get("/figures").at("/position"))
                        .at("/rows"))
                .isEqualTo(auditor.get("/figures?by=total").at("/rows"));
        server.get().stop();
        TestServer.delete(directory);
    }

    /** Killed while it swaps: the last entries are folded, and nothing is committed. */
    @Test
    void aRebuildThatWasKilledIsFinishedByTheNextServer() throws Exception {
        postUntilAcknowledged(Sample.live("DWP", "2024-05", 1));
        Caller admin = server.get().as("admin");
        try (Connection connection = EmbeddedCluster.attach(directory)
                        .orElseThrow()
                        .sequencer()
                        .connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from projection for no key update");
            String id =
                    admin.post("/rebuilds", "{\"projection\": \"register\"}").id();
            while (!admin.get("/rebuilds/" + id).at("/phase").equals("SWAPPING")) {
                pause();
            }
            server.get().kill();
            connection.rollback();
        }

        server.set(Server.start(settings));

        Caller next = server.get().as("admin");
        Reply rebuilds = next.get("/rebuilds");
        while (!rebuilds.at("/items/0/phase").equals("DONE")) {
            pause();
            rebuilds = next.get("/rebuilds");
        }
        assertThat(rebuilds.at("/items/0/projection")).isEqualTo("register");
        assertThat(rebuilds.at("/items/0/outcome/finding")).isEqualTo("SAME");
        assertThat(rebuilds.json().get("unfinished")).isEmpty();
        assertThat(next.get("/requests").json().get("items")).hasSize(1);
        server.get().stop();
        TestServer.delete(directory);
    }

    /** As a client does that did not hear the answer: again, under the same key. */
    private void postUntilAcknowledged(String body) {
        String key = UUID.randomUUID().toString();
        while (true) {
            try {
                Reply reply = server.get().as("recorder").post("/requests", body, "Idempotency-Key", key);
                if (reply.status() == 201) {
                    idByKey.put(key, reply.id());
                    acknowledged.incrementAndGet();
                    return;
                }
                if (reply.status() < 500) {
                    throw new AssertionError(reply.toString());
                }
            } catch (IllegalStateException e) {
                // killed meanwhile
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
