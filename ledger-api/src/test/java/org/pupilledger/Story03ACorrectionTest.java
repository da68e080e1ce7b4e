package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.correction;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Parliament was told 520; it was 531. The month changes once, by 11, and the old value stays readable. */
@ExtendWith(SharedServer.class)
class Story03ACorrectionTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story03ACorrectionTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    private Reply recorded(String organisation) {
        String stages = """
                , "decision": {"outcome": "APPROVED"}, "match": {"matched": 520, "ambiguous": 0},
                "disclosure": {"answered": 520, "returned": 520, "items": ["ADDRESS", "SCHOOL"]}""";
        Reply reply = recorder.post("/requests", Sample.historic(organisation, "2016-09", "2462", stages));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply;
    }

    @Test
    void changesTheMonthByElevenOnceAndKeepsTheOldValue() {
        String organisation = server.newOrganisation("T_CORRECTED");
        Reply request = recorded(organisation);
        recorder.read(request);
        long before = matched(organisation);
        String path = "/requests/" + request.id() + "/corrections";

        Reply corrected = approver.post(path, correction("match.matched", "520", "531"));
        recorder.read(corrected);

        assertThat(corrected.status()).isEqualTo(200);
        assertThat(corrected.header("etag")).isEqualTo("\"4\"");
        assertThat(corrected.at("/match/matched")).isEqualTo("531");
        assertThat(corrected.json().get("corrections")).isEqualTo(Reply.parse("""
                [{"field": "match.matched", "was": 520, "now": 531, "cause": "RECOUNT", "authority": "HCWS272", "sequence": 4}]
                """));
        assertThat(matched(organisation)).isEqualTo(before + 11);

        assertThat(approver.post(path, correction("match.matched", "520", "531"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(matched(organisation)).isEqualTo(before + 11);
    }

    @Test
    void nobodyChangesAloneWhatTheyRecorded() {
        Caller officer = server.as("officer");
        Reply request = recorder.post("/requests", Sample.live("DWP", "2024-05-01", 5));
        String path = "/requests/" + request.id();
        approver.post(path + "/decision", Sample.approval("2024-05-02"));
        officer.post(path + "/match", Sample.match("2024-05-03", 2, 0));
        String corrections = path + "/corrections";
        String own = "422 rule-broken | /changes/0/field same-officer";

        assertThat(officer.post(corrections, correction("match.matched", "2", "3"))
                        .problem())
                .isEqualTo(own);
        assertThat(approver.post(corrections, correction("match.matched", "2", "3"))
                        .status())
                .isEqualTo(200);
        assertThat(approver.post(corrections, correction("match.matched", "3", "1"))
                        .problem())
                .isEqualTo(own);
        assertThat(officer.post(corrections, correction("match.matched", "3", "1"))
                        .status())
                .isEqualTo(200);
        assertThat(approver.post(corrections, correction("decision.on", "\"2024-05-02\"", "\"2024-05-01\""))
                        .problem())
                .isEqualTo(own);
        for (Caller both : List.of(approver, officer)) {
            assertThat(both.post(path + "/annulment", Sample.annulment()).problem())
                    .isEqualTo("422 rule-broken | same-officer");
        }
        assertThat(server.events(request.id())).isEqualTo(5);
    }

    @Test
    void aWasThatIsNotTheCurrentValueIsAConflict() {
        Reply request = recorded("DWP");

        assertThat(approver.post(
                                "/requests/" + request.id() + "/corrections", correction("match.matched", "519", "531"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(server.events(request.id())).isEqualTo(4);
    }

    @Test
    void aCorrectionDoesNotLeadWhereRecordingCouldNot() {
        Reply request = recorder.post("/requests", Sample.live("DWP", "2025-11-03", 10));
        String path = "/requests/" + request.id();
        approver.post(path + "/decision", "{\"outcome\": \"REFUSED\", \"on\": \"2025-11-04\", \"reason\": \"OTHER\"}");
        String approved = correction("decision.outcome", "\"REFUSED\"", "\"APPROVED\"");
        String approvedWithoutReason = """
                {"changes": [{"field": "decision.outcome", "was": "REFUSED", "now": "APPROVED"},
                             {"field": "decision.reason", "was": "OTHER", "now": null}], "cause": "RECOUNT"}""";

        assertThat(approver.post(path + "/corrections", approved).problem()).isEqualTo("409 conflict");

        recorder.post(path + "/closure", "{\"on\": \"2025-11-05\"}");
        assertThat(approver.post(path + "/corrections", approvedWithoutReason).problem())
                .isEqualTo("409 conflict");
        assertThat(server.events(request.id())).isEqualTo(3);
    }

    @Test
    void aWasOfNullIsComparedLikeAnyOther() {
        Reply request = recorded("DWP");

        assertThat(approver.post(
                                "/requests/" + request.id() + "/corrections",
                                correction("purposes", "null", "[\"OTHER\"]"))
                        .problem())
                .isEqualTo("409 conflict");
    }

    @Test
    void severalFieldsAreCorrectedTogetherOrNotAtAll() {
        Reply request = recorded("DWP");
        String path = "/requests/" + request.id() + "/corrections";
        String both = """
                {"changes": [{"field": "submitted.individuals", "was": 2462, "now": %d},
                             {"field": "match.matched", "was": 520, "now": 531}], "cause": "RECOUNT"}
                """;

        assertThat(approver.post(path, both.formatted(530)).problem())
                .isEqualTo("422 rule-broken | /changes/1/now matched-exceeds-submitted");
        Reply corrected = approver.post(path, both.formatted(2461));
        assertThat(corrected.at("/summary"))
                .isEqualTo("2461 submitted, 531 matched, address and school returned for 520");
        assertThat(corrected.json().get("corrections")).hasSize(2);
    }

    @Test
    void everyKindOfFieldCanBeCorrected() {
        Reply request = recorded("DWP");
        String path = "/requests/" + request.id() + "/corrections";

        for (List<String> change : List.of(
                List.of("received", "\"2016-09\"", "\"2016-08\""),
                List.of("purposes", "[\"OTHER\"]", "[\"IMMIGRATION_ENFORCEMENT\"]"),
                List.of("organisation", "\"DWP\"", "\"HOME_OFFICE\""),
                List.of("lawfulBasis", "null", "\"PUBLIC_TASK\""),
                List.of("references", "[]", "[\"" + TestServer.newReference() + "\"]"),
                List.of("disclosure.items", "[\"SCHOOL\", \"ADDRESS\"]", "[\"SCHOOL\"]"),
                List.of("decision.on", "null", "\"2016-09-30\""),
                List.of("disclosure.answered", "520", "null"),
                List.of("historic.reference", "null", "\"PQ-48634\""))) {
            Reply corrected = approver.post(path, correction(change.get(0), change.get(1), change.get(2)));

            assertThat(corrected.status()).as("%s %s", change, corrected).isEqualTo(200);
            JsonNode value = corrected.json().at("/" + change.get(0).replace('.', '/'));
            assertThat(value).isEqualTo(Reply.parse(change.get(2)));
        }
    }

    @Test
    void aCorrectionCanMoveARequestToAnotherMonth() {
        String organisation = server.newOrganisation("T_MOVED");
        Reply request = recorded(organisation);

        recorder.read(approver.post(
                "/requests/" + request.id() + "/corrections", correction("received", "\"2016-09\"", "\"2016-10\"")));

        Reply figures = recorder.get("/figures?organisation=" + organisation);
        assertThat(figures.json().get("rows")).hasSize(1);
        assertThat(figures.at("/rows/0/period")).isEqualTo("2016-10");
        assertThat(figures.at("/rows/0/summary"))
                .isEqualTo("2462 submitted, 520 matched, address and school returned for 520");
    }

    @Test
    void aReferenceThatIsCorrectedAwayIsFree() {
        String wrong = TestServer.newReference();
        String right = TestServer.newReference();
        Reply first = recorder.post("/requests", Sample.live("DWP", "2024-05", 3, wrong));

        assertThat(approver.post(
                                "/requests/" + first.id() + "/corrections",
                                correction("references", "[\"" + wrong + "\"]", "[\"" + right + "\"]"))
                        .status())
                .isEqualTo(200);

        assertThat(recorder.post("/requests", Sample.live("DWP", "2024-05", 3, right))
                        .problem())
                .isEqualTo("409 duplicate-reference");
        Reply second = recorder.post("/requests", Sample.live("DWP", "2024-05", 3, wrong));
        assertThat(second.status()).isEqualTo(201);
        assertThat(approver.post(
                                "/requests/" + second.id() + "/corrections",
                                correction("references", "[\"" + wrong + "\"]", "[\"" + right + "\"]"))
                        .problem())
                .isEqualTo("409 duplicate-reference");
    }

    @Test
    void whatChangesNothingOrHasNoPlaceIsRefused() {
        Reply request = recorder.post("/requests", Sample.live("DWP", "2024-05", 3));
        String path = "/requests/" + request.id() + "/corrections";

        assertThat(approver.post(path, correction("submitted.individuals", "3", "3"))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now nothing-to-correct");
        assertThat(approver.post(path, correction("match.matched", "null", "3")).problem())
                .isEqualTo("422 rule-broken | /changes/0/field nothing-to-correct");
        assertThat(approver.post(path, "{\"changes\": [], \"cause\": \"RECOUNT\"}")
                        .problem())
                .isEqualTo("422 rule-broken | /changes nothing-to-correct");
        assertThat(approver.post(path, correction("match.unmatched", "null", "3"))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/field nothing-to-correct");
        assertThat(approver.post(path, correction("match.found", "null", "3")).problem())
                .isEqualTo("422 rule-broken | /changes/0/field unknown-code");
        assertThat(approver.post(path, correction("submitted.individuals", "3", "\"3\""))
                        .problem())
                .isEqualTo("400 invalid-request | /changes/0/now malformed");
        assertThat(approver.post(path, correction("submitted.individuals", "3", "null"))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now source-required");
        assertThat(approver.post(path, correction("lawfulBasis", "\"PUBLIC_TASK\"", "null"))
                        .problem())
                .isEqualTo("400 invalid-request | /changes/0/now required");
        assertThat(approver.post(path, "{\"changes\": null}").problem())
                .isEqualTo("400 invalid-request | /changes required | /cause required");
        assertThat(server.events(request.id())).isEqualTo(1);
    }

    private long matched(String organisation) {
        return Long.parseLong(recorder.get("/figures?organisation=" + organisation + "&by=total")
                .at("/rows/0/individuals/matched"));
    }
}
