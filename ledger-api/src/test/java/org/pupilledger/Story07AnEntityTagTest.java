package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever changes what has changed since they read it is told so. */
@ExtendWith(SharedServer.class)
class Story07AnEntityTagTest {
    private static final String STALE = "412 stale-version";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story07AnEntityTagTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    @Test
    void isTheSequenceOfTheNewestEvent() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        Reply decided = approver.post("/requests/" + request.id() + "/decision", Sample.approval("2024-07"));

        assertThat(request.header("etag")).isEqualTo("\"0\"");
        assertThat(decided.header("etag")).isEqualTo("\"1\"");
        assertThat(decided.header("ledger-sequence")).isEqualTo("1");
        assertThat(recorder.read(decided).header("etag")).isEqualTo("\"1\"");
        assertThat(recorder.get("/organisations/DWP").header("etag")).isEqualTo("\"0\"");
    }

    @Test
    void isHonouredOnEveryChange() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id();
        long sequence = 0;

        for (String step :
                List.of("decision", "match", "disclosure", "destruction", "closure", "corrections", "annulment")) {
            Caller caller = List.of("decision", "corrections", "annulment").contains(step) ? approver : recorder;
            String body = switch (step) {
                case "decision" -> Sample.approval("2024-07");
                case "match" -> Sample.match("2024-07", 1, 0);
                case "disclosure" -> Sample.disclosure("2024-07", 1, 1, "\"SCHOOL\"");
                case "destruction" -> Sample.destruction("2024-07");
                case "closure" -> Sample.on("2024-07");
                case "corrections" -> Sample.correction("match.matched", "1", "2");
                default -> Sample.annulment();
            };
            String current = "\"" + sequence + "\"";
            assertThat(caller.post(path + "/" + step, body, "If-Match", "\"" + (sequence + 1) + "\"")
                            .problem())
                    .as(step)
                    .isEqualTo(STALE);
            assertThat(caller.post(path + "/" + step, body, "If-Match", "W/" + current)
                            .problem())
                    .as("weak tags never match")
                    .isEqualTo(STALE);
            assertThat(caller.post(path + "/" + step, body, "If-Match", "\"99\", " + current)
                            .status())
                    .as(step)
                    .isEqualTo(200);
            sequence++;
        }
        assertThat(server.events(request.id())).isEqualTo(sequence + 1);
    }

    @Test
    void isHonouredOnAWithdrawal() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id() + "/withdrawal";

        assertThat(recorder.post(path, Sample.on("2024-07"), "If-Match", "\"7\"")
                        .problem())
                .isEqualTo(STALE);
        assertThat(recorder.post(path, Sample.on("2024-07"), "If-Match", "*").status())
                .isEqualTo(200);
    }

    @Test
    void isHonouredOnOrganisations() {
        String path = "/organisations/" + server.newOrganisation("T_TAGGED");
        String renamed = "{\"name\": \"Renamed\", \"category\": \"OTHER\"}";
        Caller admin = server.as("admin");

        assertThat(admin.put(path, renamed, "If-Match", "\"1\"").problem()).isEqualTo(STALE);
        Reply changed = admin.put(path, renamed, "If-Match", "\"0\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("etag")).isEqualTo("\"1\"");
        assertThat(admin.put("/organisations/T_NEVER", renamed, "If-Match", "\"0\"")
                        .problem())
                .isEqualTo(STALE);
        assertThat(admin.put("/organisations/T_NEVER", renamed, "If-Match", "*").problem())
                .as("there is none, so not any matches: RFC 9110, 13.1.1")
                .isEqualTo(STALE);
        assertThat(admin.get("/organisations/T_NEVER").problem()).isEqualTo("404 not-found");
    }

    @Test
    void cannotMatchARequestThatIsNotThereYet() {
        assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), "If-Match", "\"0\"")
                        .problem())
                .isEqualTo(STALE);
    }

    @Test
    void isWrittenAsItWasGiven() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));

        for (String bad : List.of("0", "\"0", "\"0\" \"1\"", "etag")) {
            assertThat(approver.post(
                                    "/requests/" + request.id() + "/decision",
                                    Sample.approval("2024-07"),
                                    "If-Match",
                                    bad)
                            .problem())
                    .as("%s", bad)
                    .isEqualTo("400 invalid-request | If-Match malformed");
        }
    }
}
