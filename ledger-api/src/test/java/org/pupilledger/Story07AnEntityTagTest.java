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
        assertThat(recorder.read(decided).version()).isEqualTo("1");
        assertThat(recorder.get("/organisations/DWP").version()).isEqualTo("0");
    }

    @Test
    void isHonouredOnEveryChange() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id();
        long sequence = 0;

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
        String renamed = "{\"name\": \"Renamed\", \"category\": \"OTHER_GOVERNMENT\"}";
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
    void addsAnOrganisationOnlyWhereThereIsNone() {
        Caller admin = server.as("admin");
        String body = "{\"name\": \"Hers\", \"category\": \"OTHER\"}";
        String path = "/organisations/T_ONCE_" + System.nanoTime() % 1_000_000;

        assertThat(admin.put(path, body, "If-None-Match", "*").status()).isEqualTo(201);
        assertThat(admin.put(path, body, "If-None-Match", "*").problem())
                .as("not even the same again")
                .isEqualTo(STALE);
        assertThat(admin.put(path, body.replace("Hers", "His"), "If-None-Match", "*")
                        .problem())
                .isEqualTo(STALE);
        assertThat(admin.put(path, body.replace("Hers", "His"), "If-None-Match", "W/\"0\"")
                        .problem())
                .as("compared weakly")
                .isEqualTo(STALE);
        assertThat(admin.put(path, body.replace("Hers", "His"), "If-None-Match", "\"1\", \"x\"")
                        .status())
                .isEqualTo(200);
        assertThat(admin.put("/organisations/HMRC", body, "If-None-Match", "*").problem())
                .isEqualTo(STALE);
    }

    @Test
    void canBeOneThatAChangeMustNotMeet() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id() + "/decision";
        String body = Sample.approval("2024-07");

        for (String met : List.of("*", "\"0\"", "W/\"0\"", "\"9\",,\"0\"", "\"0-" + "a".repeat(32) + "\"")) {
            assertThat(approver.post(path, body, "If-None-Match", met).problem())
                    .as(met)
                    .isEqualTo(STALE);
        }
        assertThat(approver.post(path, body, "If-None-Match", "\"1\"", "If-Match", "\"1\"")
                        .problem())
                .as("If-Match comes first")
                .isEqualTo(STALE);
        assertThat(approver.post(path, body, "If-None-Match", "\"00\", \"1\"").status())
                .isEqualTo(200);
        assertThat(recorder.post("/requests", live("DWP", "2024-07", 3), "If-None-Match", "*")
                        .problem())
                .as("the collection is there")
                .isEqualTo(STALE);
    }

    @Test
    void isComparedByCharacterOverAllLinesAndEmptyElementsAreNone() {
        Reply request = recorder.post("/requests", live("DWP", "2024-07", 3));
        String path = "/requests/" + request.id() + "/decision";
        String body = Sample.approval("2024-07");

        for (String other : List.of("\"00\"", "\"0-\"", "\"0-A\"", "\"\"", "")) {
            assertThat(approver.post(path, body, "If-Match", other).problem())
                    .as(other)
                    .isEqualTo(STALE);
        }
        assertThat(approver.post(path, body, "If-Match", "\"9\"", "If-Match", "\"0\"")
                        .status())
                .isEqualTo(200);
        assertThat(approver.post(path, body, "If-Match", ",\"7\",, \t,\"1\",").status())
                .isEqualTo(200);
    }

    @Test
    void ofARepresentationServesForAChange() {
        Reply request = recorder.read(recorder.post("/requests", live("DWP", "2024-07", 3)));
        String path = "/requests/" + request.id() + "/decision";
        String tag = request.header("etag");

        assertThat(approver.post(path, Sample.approval("2024-07"), "If-Match", "W/" + tag)
                        .problem())
                .isEqualTo(STALE);
        assertThat(approver.post(path, Sample.approval("2024-07"), "If-Match", tag)
                        .header("etag"))
                .isEqualTo("\"1\"");
        assertThat(approver.post(path, Sample.approval("2024-08"), "If-Match", tag)
                        .problem())
                .isEqualTo(STALE);
    }

    @Test
    void saysThatNothingChangedOnlyWhereNothingDid() {
        Reply request = recorder.read(recorder.post("/requests", live("DWP", "2024-07", 3)));
        String path = "/requests/" + request.id();
        String tag = request.header("etag");

        for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Reply unchanged = recorder.get(path, "If-None-Match", known);
            assertThat(unchanged.status()).as(known).isEqualTo(304);
            assertThat(unchanged.header("etag")).isEqualTo(tag);
            assertThat(unchanged.bytes()).isEmpty();
        }
        for (String other : List.of("\"0\"", "\"" + tag.charAt(1) + "-" + "0".repeat(32) + "\"", "")) {
            assertThat(recorder.get(path, "If-None-Match", other).status())
                    .as(other)
                    .isEqualTo(200);
        }
        assertThat(recorder.get(path, "If-None-Match", "etag").problem())
                .isEqualTo("400 invalid-request | If-None-Match malformed");
        recorder.read(approver.post(path + "/decision", Sample.approval("2024-07")));
        assertThat(recorder.get(path, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void isHonouredOnReads() {
        Reply request = recorder.read(recorder.post("/requests", live("DWP", "2024-07", 3)));
        String path = "/requests/" + request.id();

        for (String known : List.of("*", "\"0\"", request.header("etag"), "\"9\", \"0\"")) {
            assertThat(recorder.get(path, "If-Match", known).status()).as(known).isEqualTo(200);
        }
        for (String other : List.of("\"1\"", "W/\"0\"", "\"0-" + "0".repeat(32) + "\"")) {
            assertThat(recorder.get(path, "If-Match", other, "If-None-Match", request.header("etag"))
                            .problem())
                    .as(other)
                    .isEqualTo(STALE);
        }
    }

    /** A client library would send no such byte. */
    @Test
    void mayHoldAnyByteAboveAscii() {
        Reply request = recorder.read(recorder.post("/requests", live("DWP", "2024-07", 3)));
        String target = "/api/v1/requests/" + request.id();

        assertThat(RawHttp.get(
                        server.port(),
                        target,
                        "Authorization: " + recorder.authorization(),
                        "If-None-Match: \"caf\u00e9\""))
                .startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.get(
                        server.port(),
                        target,
                        "Authorization: " + recorder.authorization(),
                        "If-None-Match: \"caf\u00e9\", " + request.header("etag")))
                .startsWith("HTTP/1.1 304 ");
        assertThat(RawHttp.get(
                        server.port(), target, "Authorization: " + recorder.authorization(), "If-Match: \"\u00ff\""))
                .startsWith("HTTP/1.1 412 ");
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
