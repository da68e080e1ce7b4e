package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.historic;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an old source tells may be recorded as far as it tells it; what it does not tell is not stated, never zero. */
@ExtendWith(SharedServer.class)
class Story05AHistoricRequestTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story05AHistoricRequestTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    @Test
    void carriesItsStagesInOneAppendAllOrNothing() {
        String stages = """
                , "decision": {"outcome": "APPROVED", "on": "2023-06"}, "match": {"on": "2023-06", "matched": 2, "ambiguous": 0},
                "disclosure": {"on": "2023-06", "answered": 2, "returned": %d, "items": ["SCHOOL"]}""";

        assertThat(recorder.post("/requests", historic("DWP", "2023-06", "7", stages.formatted(3)))
                        .problem())
                .isEqualTo("422 rule-broken | /disclosure/returned returned-exceeds-answered"
                        + " | /disclosure/returned returned-exceeds-matched");
        Reply recorded = recorder.post("/requests", historic("DWP", "2023-06", "7", stages.formatted(2)));

        assertThat(recorded.status()).isEqualTo(201);
        assertThat(recorded.header("etag")).isEqualTo("\"3\"");
        assertThat(recorded.header("ledger-sequence")).isEqualTo("3");
        assertThat(recorded.at("/status")).isEqualTo("ANSWERED");
        assertThat(server.events(recorded.id())).isEqualTo(4);
    }

    @Test
    void canBeToldOnWithoutASecondOfficerOrADecision() {
        Caller officer = server.as("officer");
        String path = "/requests/"
                + officer.post("/requests", historic("DWP", "2023-06", "7", "")).id();

        assertThat(officer.post(path + "/match", "{\"matched\": null}").at("/summary"))
                .isEqualTo("7 submitted, matched not stated, returned not stated");
        assertThat(officer.post(path + "/disclosure", "{\"answered\": 7, \"returned\": 0, \"items\": []}")
                        .at("/summary"))
                .isEqualTo("7 submitted, matched not stated, nothing returned");
        assertThat(officer.post(path + "/closure", "{}").at("/status")).isEqualTo("CLOSED");
        assertThat(officer.post(path + "/corrections", Sample.correction("match.matched", "null", "1"))
                        .at("/match/matched"))
                .isEqualTo("1");
    }

    @Test
    void canBeWithdrawnInsteadOfDecided() {
        Reply recorded =
                recorder.post("/requests", historic("DWP", "2023-06", "10", ", \"withdrawal\": {\"on\": \"2023-06\"}"));

        assertThat(recorded.at("/status")).isEqualTo("WITHDRAWN");
        assertThat(recorded.at("/summary")).isEqualTo("10 submitted, withdrawn");
        assertThat(recorder.post(
                                "/requests",
                                historic("DWP", "2023-06", "10", ", \"withdrawal\": {}, \"match\": {\"matched\": 1}"))
                        .problem())
                .isEqualTo("422 rule-broken | /match not-approved");
        assertThat(recorder.post(
                                "/requests",
                                historic(
                                        "DWP",
                                        "2023-06",
                                        "10",
                                        ", \"withdrawal\": {}, \"decision\": {\"outcome\": \"APPROVED\"}"))
                        .problem())
                .isEqualTo("400 invalid-request | /withdrawal malformed");
    }

    @Test
    void leavesOutWhatItsSourceLeavesOut() {
        String organisation = server.newOrganisation("T_NOT_STATED");
        Reply recorded = recorder.post(
                "/requests",
                historic(organisation, "2023-06", "null", ", \"match\": {}, \"disclosure\": {\"returned\": 4}"));
        recorder.read(recorded);

        assertThat(recorded.at("/summary"))
                .isEqualTo("submitted not stated, matched not stated, items not stated returned for 4");
        assertThat(recorded.at("/returnLevel")).isEqualTo("null");
        assertThat(recorder.get("/figures?organisation=" + organisation).at("/rows"))
                .isEqualTo(Reply.parse("""
                [{"period": "2023-06", "label": "Jun 2023", "organisation": "T_NOT_STATED", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                  "requests": {"received": 1, "approved": 1, "refused": 0, "withdrawn": 0, "open": 0, "answered": 1, "ledToData": 1},
                  "individuals": {"submitted": null, "matched": null, "ambiguous": null, "unmatched": null, "answered": null, "returned": 4,
                                  "returnedByLevel": {"NOT_STATED": 4}},
                  "notStated": {"submitted": {"requests": 1, "knownPart": 0}, "matched": {"requests": 1, "knownPart": 0},
                    "ambiguous": {"requests": 1, "knownPart": 0}, "unmatched": {"requests": 1, "knownPart": 0},
                    "answered": {"requests": 1, "knownPart": 0}, "returnLevels": {"requests": 1, "knownPart": 0}},
                  "returnLevels": {}, "summary": "submitted not stated, matched not stated, items not stated returned for 4"}]
                """).toString());
    }

    @Test
    void anOpenOrRefusedRequestIsNotSilentAboutItsMatch() {
        String organisation = server.newOrganisation("T_OPEN");
        recorder.post(
                "/requests",
                historic(organisation, "2023-06", "5", "")
                        .replace("\"source\":", "\"outcome\": \"OPEN\", \"source\":"));
        recorder.read(recorder.post(
                "/requests", historic(organisation, "2023-06", "6", ", \"decision\": {\"outcome\": \"REFUSED\"}")));

        Reply figures = recorder.get("/figures?organisation=" + organisation);

        assertThat(figures.at("/rows/0/individuals"))
                .isEqualTo(
                        "{\"submitted\":11,\"matched\":0,\"ambiguous\":0,\"unmatched\":0,\"answered\":0,\"returned\":0,"
                                + "\"returnedByLevel\":{}}");
        assertThat(figures.at("/rows/0/notStated")).isEqualTo("{}");
        assertThat(figures.at("/rows/0/requests/open")).isEqualTo("1");
        assertThat(figures.at("/rows/0/requests/refused")).isEqualTo("1");
    }

    @Test
    void namesItsSourceByTheDayOnWhichItWasPublished() {
        String source = "\"source\": \"FOI_ANSWER\", \"reference\": \"FOI-2024-02-05\", \"published\": \"%s\"";
        String body = historic("DWP", "2023-06", "5", "").replace("\"source\": \"FOI_ANSWER\"", source);

        assertThat(recorder.post("/requests", body.formatted("2024-02-05")).status())
                .isEqualTo(201);
        assertThat(recorder.post("/requests", body.formatted("2024-02-06")).status())
                .isEqualTo(422);
    }

    @Test
    void isNotOpenForEverWhereItsSourceSaysNothingOfADecision() {
        String organisation = server.newOrganisation("T_UNDECIDED");
        Reply recorded = recorder.post("/requests", historic(organisation, "2023-06", "5", ""));
        recorder.read(recorded);

        Reply figures = recorder.get("/figures?organisation=" + organisation);
        assertThat(recorded.at("/summary")).isEqualTo("5 submitted, outcome not stated");
        assertThat(figures.at("/rows/0/requests/open")).isEqualTo("null");
        assertThat(figures.at("/rows/0/notStated/open")).isEqualTo("{\"requests\":1,\"knownPart\":0}");
    }

    @Test
    void wasReceivedBeforeTheFirstDay() {
        assertThat(recorder.post("/requests", historic("DWP", TestServer.INCEPTION, "5", ""))
                        .problem())
                .isEqualTo("422 rule-broken | /received not-historic");
        assertThat(recorder.post("/requests", historic("DWP", "2024-02-29", "5", ""))
                        .status())
                .isEqualTo(201);
        assertThat(recorder.post("/requests", Sample.live("DWP", "2023-06", 5)).status())
                .as("a live request may be older than the ledger")
                .isEqualTo(201);
    }

    @Test
    void namesItsSource() {
        String body = historic("DWP", "2023-06", "5", "");

        assertThat(recorder.post("/requests", body.replace("\"source\": \"FOI_ANSWER\"", ""))
                        .problem())
                .isEqualTo("400 invalid-request | /historic/source required");
        assertThat(recorder.post("/requests", body.replace("FOI_ANSWER", "RUMOUR"))
                        .problem())
                .isEqualTo("422 rule-broken | /historic/source unknown-code");
        assertThat(recorder.post(
                                "/requests",
                                body.replace("\"FOI_ANSWER\"", "\"FOI_ANSWER\", \"published\": \"2999-01\""))
                        .problem())
                .isEqualTo("422 rule-broken | /historic/published date-in-future");
    }

    @Test
    void withReferencesIsOneLineOfAFileToo() {
        String reference = TestServer.newReference();
        Reply byHand = recorder.post(
                "/requests", historic("DWP", "2023-06", "5", ", \"references\": [\"" + reference + "\"]"));

        String line = reference + ",DWP,2023-06,OTHER,OTHER,5,,,,,,,,FOI_ANSWER,,";
        Reply imported = recorder.importCsv(Sample.HEADER + "\n" + line + "\n");

        assertThat(imported.at("/lines/0/outcome")).isEqualTo("already-recorded");
        assertThat(imported.at("/lines/0/id")).isEqualTo(byHand.id());
        Reply other = recorder.importCsv(Sample.HEADER + "\n" + line.replace(",5,", ",6,") + "\n");
        assertThat(other.at("/lines/0/outcome")).isEqualTo("refused");
        assertThat(other.at("/lines/0/problem/type")).isEqualTo("/problems/duplicate-reference");
    }

    @Test
    void equalLinesOfAFileAreTakenForDifferentRequests() {
        String organisation = server.newOrganisation("T_TWICE");
        String line = "," + organisation + ",2023-06,OTHER,OTHER,5,,,,,,,,FOI_ANSWER,,\n";

        assertThat(outcomes(recorder.importCsv(Sample.HEADER + "\n" + line + line)))
                .isEqualTo("recorded recorded");
        assertThat(outcomes(recorder.importCsv(Sample.HEADER + "\n" + line + line + line)))
                .isEqualTo("already-recorded already-recorded recorded");
        Reply list = recorder.get("/requests?organisation=" + organisation);
        assertThat(list.json().get("items")).hasSize(3);

        approver.post("/requests/" + list.at("/items/0/id") + "/annulment", Sample.annulment());
        assertThat(outcomes(recorder.importCsv(Sample.HEADER + "\n" + line + line + line)))
                .as("an annulled request does not count")
                .isEqualTo("recorded already-recorded already-recorded");
    }

    private static String outcomes(Reply reply) {
        return reply.json()
                .get("lines")
                .valueStream()
                .map(line -> line.get("outcome").stringValue())
                .collect(Collectors.joining(" "));
    }

    @Test
    void anImportedLineIsWhatItsCellsSay() {
        String organisation = server.newOrganisation("T_LINES");
        String file = String.join(
                "\n",
                Sample.HEADER,
                "," + organisation + ",2023-01,OTHER,OTHER,5,,,,,,,,FILE,,",
                "," + organisation + ",2023-02,OTHER,OTHER,5,,,2,0,,,,FILE,,",
                "," + organisation + ",2023-03,OTHER,OTHER,5,,APPROVED,,,,,,FILE,,",
                "," + organisation + ",2023-04,OTHER,OTHER,5,,REFUSED,,,,,,FILE,,",
                "," + organisation + ",2023-05,OTHER,OTHER,5,,WITHDRAWN,,,,,,FILE,,",
                "," + organisation + ",2023-06,OTHER,OTHER,,,APPROVED,3,0,,,,FILE,,",
                "," + organisation + ",2023-07,OTHER,OTHER,5,,APPROVED,3,0,,1,SCHOOL,FILE,,",
                "," + organisation + ",2023-08,OTHER,OTHER,5,,REFUSED,3,,,,,FILE,,");

        assertThat(outcomes(recorder.importCsv(file)))
                .isEqualTo("recorded recorded recorded recorded recorded recorded recorded refused");
        assertThat(recorder.get("/requests?organisation=" + organisation)
                        .json()
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("status").stringValue() + " "
                                + item.get("summary").stringValue()))
                .containsExactly(
                        "RECEIVED 5 submitted, outcome not stated",
                        "MATCHED 5 submitted, 2 matched, returned not stated",
                        "MATCHED 5 submitted, matched not stated, returned not stated",
                        "REFUSED 5 submitted, refused",
                        "WITHDRAWN 5 submitted, withdrawn",
                        "MATCHED submitted not stated, 3 matched, returned not stated",
                        "ANSWERED 5 submitted, 3 matched, school returned for 1");
    }
}
