package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pupilledger.node.LedgerNode;

/** Whoever did not hear the answer asks again under the same key, and nothing happens twice. */
@ExtendWith(SharedServer.class)
class Story06AnIdempotencyKeyTest {
    private static final int CALLERS = 8;

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story06AnIdempotencyKeyTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    private static String[] under(String key) {
        return new String[] {"Idempotency-Key", key};
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void givesTheFirstAnswerAgain() {
        String body = live("DWP", "2024-07", 3);
        String key = newKey();

        Reply first = recorder.post("/requests", body, under(key));
        approver.post("/requests/" + first.id() + "/decision", Sample.approval("2024-07"));
        Reply second = recorder.post("/requests", body, under(key));

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.bytes()).isEqualTo(first.bytes());
        assertThat(withoutDate(second)).isEqualTo(withoutDate(first));
        assertThat(first.header("location")).isNotEmpty();
        assertThat(server.events(first.id())).isEqualTo(2);
    }

    /** With the password of whatever appends. */
    @Test
    void tellsNobodyWhatSomebodyElsePutInItsPlace() throws SQLException {
        String body = live("DWP", "2024-07", 3);
        String key = newKey();
        Reply first = recorder.post("/requests", body, under(key));
        try (Connection appender = server.database().app().connect();
                PreparedStatement forge =
                        appender.prepareStatement("update idempotency_key set body = '{}' where location like ?")) {
            forge.setString(1, "%" + first.id());
            assertThat(forge.executeUpdate()).isOne();
        }

        assertThat(recorder.post("/requests", body, under(key)).problem()).isEqualTo("500 ledger-damaged");
        assertThat(server.events(first.id())).isEqualTo(1);
        assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), under(newKey()))
                        .status())
                .isEqualTo(201);
        try (Connection appender = server.database().app().connect();
                PreparedStatement forget =
                        appender.prepareStatement("delete from idempotency_key where location like ?")) {
            forget.setString(1, "%" + first.id());
            assertThat(forget.executeUpdate())
                    .as("so that no other test finds it")
                    .isOne();
        }
    }

    @Test
    void belongsToThePathHoweverItIsSpelt() {
        String body = live("DWP", "2024-07", 3);
        String key = newKey();

        Reply first = recorder.post("/requests", body, under(key));
        Reply again = recorder.post("/%72equests", body, under(key));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.bytes()).isEqualTo(first.bytes());
    }

    @Test
    void isOne() {
        String body = live("DWP", "2024-07", 3);
        String key = newKey();

        assertThat(recorder.post("/requests", body, "Idempotency-Key", key, "Idempotency-Key", key)
                        .problem())
                .isEqualTo("400 invalid-request | Idempotency-Key repeated");
    }

    private static Map<String, List<String>> withoutDate(Reply reply) {
        Map<String, List<String>> headers = new HashMap<>(reply.headers());
        headers.remove("date");
        return headers;
    }

    @Test
    void doesNotStandForAnotherBody() {
        String key = newKey();
        recorder.post("/requests", live("DWP", "2024-07", 3), under(key));

        assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), under(key))
                        .problem())
                .isEqualTo("422 idempotency-key-reused");
    }

    @Test
    void worksForEveryChange() {
        String key = newKey();
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3), under(key));
        String path = "/requests/" + request.id();

        for (String step :
                List.of("decision", "match", "disclosure", "destruction", "closure", "corrections", "annulment")) {
            Caller caller = switch (step) {
                case "decision", "corrections" -> approver;
                // somebody else than whoever decided and corrected
                case "annulment" -> server.as("officer");
                default -> recorder;
            };
            String body = switch (step) {
                case "decision" -> Sample.approval("2024-07");
                case "match" -> Sample.match("2024-07", 1, 0);
                case "disclosure" -> Sample.disclosure("2024-07", 1, 1, "\"SCHOOL\"");
                case "destruction" -> Sample.destruction("2024-07");
                case "closure" -> Sample.on("2024-07");
                case "corrections" -> Sample.correction("match.matched", "1", "2");
                default -> Sample.annulment();
            };
            Reply first = caller.post(path + "/" + step, body, under(key));
            Reply second = caller.post(path + "/" + step, body, under(key));

            assertThat(first.status()).as("%s", first).isEqualTo(200);
            assertThat(second.bytes()).as(step).isEqualTo(first.bytes());
            assertThat(withoutDate(second)).isEqualTo(withoutDate(first));
        }
        assertThat(server.events(request.id())).isEqualTo(8);
    }

    @Test
    void isTheCallersOwnAndThePathsOwn() {
        String key = newKey();
        Reply first = recorder.post("/requests", live("DWP", "2024-07", 3), under(key));
        Reply ofAnother = server.as("recorder2").post("/requests", live("DWP", "2024-07", 3), under(key));
        Reply onAnother = recorder.post("/requests/" + first.id() + "/withdrawal", Sample.on("2024-07"), under(key));

        assertThat(ofAnother.status()).isEqualTo(201);
        assertThat(ofAnother.id()).isNotEqualTo(first.id());
        assertThat(onAnother.status()).isEqualTo(200);
    }

    @Test
    void isNotUsedUpByARefusal() {
        String key = newKey();
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id() + "/match";

        assertThat(recorder.post(path, Sample.match("2024-07", 1, 0), under(key))
                        .status())
                .isEqualTo(422);
        approver.post("/requests/" + request.id() + "/decision", Sample.approval("2024-07"));
        assertThat(recorder.post(path, Sample.match("2024-07", 1, 0), under(key))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isLookedAtBeforeIfMatchAndTheRules() {
        String key = newKey();
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id() + "/withdrawal";
        Reply first =
                recorder.post(path, Sample.on("2024-07"), "Idempotency-Key", key, "If-Match", request.header("etag"));
        recorder.post("/requests/" + request.id() + "/closure", Sample.on("2024-07"));

        Reply second =
                recorder.post(path, Sample.on("2024-07"), "Idempotency-Key", key, "If-Match", request.header("etag"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.bytes()).isEqualTo(first.bytes());
    }

    @Test
    void letsAConcurrentRepeatWaitForTheFirst() throws Exception {
        String body = live("DWP", "2024-07", 3);
        String key = newKey();
        List<Future<Reply>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                calls.add(callers.submit(() -> recorder.post("/requests", body, under(key))));
            }
        }

        Reply first = calls.getFirst().get();
        for (Future<Reply> call : calls) {
            assertThat(call.get().status()).isEqualTo(201);
            assertThat(call.get().bytes()).isEqualTo(first.bytes());
        }
        assertThat(server.events(first.id())).isEqualTo(1);
    }

    @Test
    void hasOneToAHundredPrintableCharacters() {
        for (String bad : List.of("", " ", "x".repeat(101))) {
            assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), under(bad))
                            .problem())
                    .as("'%s'", bad)
                    .isEqualTo("400 invalid-request | Idempotency-Key malformed");
        }
        assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), under("~".repeat(100)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void isKeptOnlyAsAHash() {
        String key = newKey();
        recorder.post("/requests", live("DWP", "2024-07", 3), under(key));

        Long rows = server.context()
                .getBean(LedgerNode.class)
                .storage()
                .events()
                .jdbc()
                .queryForObject("select count(*) from idempotency_key k where strpos(k::text, ?) > 0", Long.class, key);
        assertThat(rows).isZero();
    }
}
