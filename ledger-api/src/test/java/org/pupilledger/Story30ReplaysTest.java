package org.pupilledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.cluster.EmbeddedCluster;
import tools.jackson.databind.JsonNode;

/** An auditor has a table that was printed then, and asks the ledger why it shows something else now. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story30ReplaysTest {
    private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long STEP_MS = 20;
    private static final String REPLAYS = "/replays";

    private final Path directory = TestServer.newLedgerDirectory();
    private final TestServer server = started();
    private final Caller recorder = server.as("recorder");
    private final Caller approver = server.as("approver");
    private final Caller auditor = server.as("auditor");
    private String printedThen = "";
    private long then;
    private long corrected;

    private TestServer started() {
        List<String> settings = TestServer.settings(directory);
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.add("--ledger.self-check=*/1 * * * * *");
        settings.addAll(TestServer.users());
        return TestServer.start(directory, settings);
    }

    @BeforeAll
    void whatHappened() {
        Reply recorded = recorder.post(
                "/requests",
                Sample.historic(
                        "HOME_OFFICE",
                        "2016-09",
                        "2462",
                        ", \"decision\": {\"outcome\": \"APPROVED\"},"
                                + " \"match\": {\"on\": \"2016-10-14\", \"matched\": 520, \"ambiguous\": 0}"));
        recorder.read(recorded);
        Reply figures = auditor.get("/figures?by=quarter", "Accept", "text/csv");
        printedThen = figures.text();
        then = Long.parseLong(auditor.get("/figures").at("/position"));
        Reply correction = approver.post("/requests/" + recorded.id() + "/corrections", """
                {"changes": [{"field": "match.matched", "was": 520, "now": 531}],
                 "cause": "RECOUNT", "authority": "HCWS272"}""");
        recorder.read(correction);
        corrected = Long.parseLong(auditor.get("/figures").at("/position"));
    }

    @AfterAll
    void close() {
        server.close();
    }

    private Reply replay(String query, String... headers) {
        return auditor.post(REPLAYS + query, "{}", headers);
    }

    private JsonNode done(Reply taken) {
        assertThat(taken.status()).as("%s", taken).isEqualTo(202);
        String where = taken.header("location");
        assertThat(where).isEqualTo("/api/v1/replays/" + taken.id());
        await(() -> List.of("DONE", "FAILED", "CANCELLED")
                .contains(auditor.get(REPLAYS + "/" + taken.id()).at("/state")));
        return auditor.get(REPLAYS + "/" + taken.id()).json();
    }

    private static void await(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - started).as("nanoseconds waited").isLessThan(LIMIT_NANOS);
            try {
                Thread.sleep(STEP_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void theWholeLedgerIsReplayedAndAgreesWithTheRunningTotals() {
        JsonNode replay = done(replay("?by=quarter&compare=live"));

        assertThat(replay.get("state").stringValue()).isEqualTo("DONE");
        assertThat(replay.get("percent").intValue()).isEqualTo(100);
        assertThat(replay.get("comparison").get("cells")).isEmpty();
        assertThat(replay.get("figures").get("rows"))
                .isEqualTo(auditor.get("/figures?by=quarter").json().get("rows"));
        assertThat(replay.get("problem").isNull()).isTrue();
    }

    @Test
    void aTableThatWasPrintedThenIsExplainedByTheCorrectionSince() {
        Reply taken = auditor.send("POST", REPLAYS + "?by=quarter", "text/csv", printedThen.getBytes(UTF_8));
        JsonNode comparison = done(taken).get("comparison");

        List<String> columns = new ArrayList<>();
        comparison.get("cells").forEach(cell -> {
            columns.add(cell.get("column").stringValue());
            assertThat(cell.get("shownAt").longValue()).isLessThanOrEqualTo(then);
            assertThat(cell.get("events").toString()).isEqualTo("[" + corrected + "]");
        });
        assertThat(columns).containsExactly("individuals_matched", "individuals_unmatched", "summary");
        JsonNode matched = comparison.get("cells").get(0);
        assertThat(matched.get("given").stringValue()).isEqualTo("520");
        assertThat(matched.get("replayed").stringValue()).isEqualTo("531");
        assertThat(comparison.get("events")).hasSize(1);
        assertThat(comparison.get("events").get(0).get("sentence").stringValue())
                .contains("from 520 to 531")
                .contains("HCWS272");
    }

    @Test
    void asAtThePrintedPositionNothingDiffers() {
        Reply taken = auditor.send(
                "POST", REPLAYS + "?by=quarter&atPosition=" + then, "text/csv", printedThen.getBytes(UTF_8));

        assertThat(done(taken).get("comparison").get("cells")).isEmpty();
    }

    @Test
    void aRepeatUnderTheSameKeyIsTheSameReplay() {
        String key = UUID.randomUUID().toString();
        Reply first = replay("?by=year", "Idempotency-Key", key);
        Reply again = replay("?by=year", "Idempotency-Key", key);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(replay("?by=month", "Idempotency-Key", key).problem()).isEqualTo("422 idempotency-key-reused");
        assertThat(replay("?by=year").id()).isNotEqualTo(first.id());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(replay("?atPosition=x").problem()).isEqualTo("400 invalid-request | atPosition malformed");
        assertThat(replay("?asAt=2024-01-01&atPosition=1").problem()).isEqualTo("400 invalid-request | asAt malformed");
        assertThat(replay("?compare=elsewhere").problem()).isEqualTo("400 invalid-request | compare unknown-code");
        assertThat(replay("?compare=2016-Q3").problem()).isEqualTo("400 invalid-request | compare unknown-code");
        assertThat(replay("?organisation=NOBODY").problem())
                .isEqualTo("400 invalid-request | organisation unknown-code");
        assertThat(auditor.send("POST", REPLAYS + "?compare=live", "text/csv", new byte[] {'a'})
                        .problem())
                .isEqualTo("400 invalid-request | compare malformed");
        assertThat(auditor.get(REPLAYS + "/" + UUID.randomUUID()).problem()).isEqualTo("404 not-found");
        JsonNode beyond = done(replay("?atPosition=999999"));
        assertThat(beyond.get("state").stringValue()).isEqualTo("FAILED");
        assertThat(beyond.at("/problem/errors/0/pointer").stringValue()).isEqualTo("atPosition");
        JsonNode noTable = done(auditor.send("POST", REPLAYS, "text/csv", "period,organisation\r\n".getBytes(UTF_8)));
        assertThat(noTable.at("/problem/status").intValue()).isEqualTo(400);
    }

    @Test
    void aReplayIsEndedAndTheListKeepsIt() {
        Reply taken = replay("?by=total");

        assertThat(auditor.send("DELETE", REPLAYS + "/" + taken.id(), BodyPublishers.noBody())
                        .status())
                .isEqualTo(204);
        assertThat(done(taken).get("state").stringValue()).isIn("DONE", "CANCELLED");
        assertThat(auditor.get(REPLAYS).json().get("items").toString()).contains(taken.id());
    }

    @Test
    void aTotalThatSomebodyChangedTurnsHealthRedUntilItIsRight() throws Exception {
        Caller admin = server.as("admin");
        await(() -> !admin.get("//actuator/health")
                .at("/components/ledger/details/selfCheckedAt")
                .equals("MISSING"));
        // a busy machine is a moment behind with what the tests before this one recorded
        await(() ->
                admin.get("//actuator/health").at("/components/ledger/status").equals("UP"));

        change("update monthly_total set individuals_submitted = individuals_submitted + 1");
        try {
            await(() -> admin.get("//actuator/health").status() == 503);
            assertThat(admin.get("//actuator/health").at("/components/ledger/details/selfCheck"))
                    .isEqualTo(
                            "The running totals of 2016-09, HOME_OFFICE (OTHER, OTHER, NOT_STATED) have 2463 as individuals_submitted, the entries"
                                    + " give 2462. Rebuild the projection totals.");
        } finally {
            change("update monthly_total set individuals_submitted = individuals_submitted - 1");
        }
        await(() -> admin.get("//actuator/health").status() == 200);
    }

    private void change(String sql) throws Exception {
        String url = EmbeddedCluster.attach(directory).orElseThrow().owner().url();
        String password = Reply.parse(Files.readString(directory.resolve("cluster/passwords.json")))
                .get("superuser")
                .stringValue();
        try (Connection superuser = DriverManager.getConnection(url, "postgres", password);
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
