package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that was put back to an older state: what would be recorded in it could never be sealed. */
@Timeout(120)
class RolledBackDatabaseTest {
    private final Path directory = TestServer.newDirectory();
    private final Map<String, String> bodies = new HashMap<>();

    @Test
    void nothingIsRecordedInADatabaseThatWasPutBack() throws Exception {
        try (OwnDatabase own = new OwnDatabase();
                TestServer server = TestServer.start(directory, own.settings(directory))) {
            String kept = record(server, "kept");
            own.backUp();
            OwnDatabase.until(() -> post(server, "lost").status() == 201);
            String lost = record(server, "lost");
            OwnDatabase.until(() -> server.metric("ledger_seal_lag") == 0);

            own.restore();

            Reply refused = post(server, "next");
            while (refused.problem().equals("503 unavailable")) {
                // over a connection that was ended with the sessions
                refused = post(server, "next");
            }
            assertThat(refused.problem()).isEqualTo("503 not-recording");
            assertThat(refused.header("retry-after")).isEqualTo("1");
            OwnDatabase.until(() -> post(server, "next").at("/detail").contains("The database is behind"));
            for (int i = 0; i < 20; i++) {
                assertThat(post(server, "next").status()).isEqualTo(503);
            }
            assertThat(server.as("recorder").importCsv(Sample.HEADER).status()).isEqualTo(200);
            assertThat(server.as("auditor").get("/requests/" + kept).status())
                    .as("reads go on")
                    .isEqualTo(200);
            assertThat(server.as("auditor").get("/requests/" + lost).status()).isEqualTo(404);
            assertThat(post(server, "kept").id()).as("answered before").isEqualTo(kept);
            assertThat(server.anonymous().get("//actuator/health/readiness").status())
                    .isEqualTo(503);
        }
    }

    private String record(TestServer server, String key) {
        Reply reply = post(server, key);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(server.as("auditor")
                        .get("/requests/" + reply.id() + "?waitFor=" + reply.id() + ":0")
                        .status())
                .isEqualTo(200);
        return reply.id();
    }

    private Reply post(TestServer server, String key) {
        String body = bodies.computeIfAbsent(key, of -> Sample.live("DWP", "2024-05", 1));
        return server.as("recorder").post("/requests", body, "Idempotency-Key", key);
    }
}
