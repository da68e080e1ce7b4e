package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.approval;
import static org.pupilledger.Sample.destruction;
import static org.pupilledger.Sample.disclosure;
import static org.pupilledger.Sample.live;
import static org.pupilledger.Sample.match;
import static org.pupilledger.Sample.on;
import static org.pupilledger.Sample.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From receipt to closure, and every step that is forbidden on the way: refused by its code, without an event. */
@ExtendWith(SharedServer.class)
class Story02ALiveRequestTest {
    private static final String MAY = "2024-05-10";
    private static final String SCHOOL = "\"SCHOOL\"";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller officer;

    Story02ALiveRequestTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.officer = server.as("officer");
    }

    @Test
    void isRecordedDecidedMatchedDisclosedDestroyedAndClosed() {
        String reference = TestServer.newReference();
        Reply received = recorder.post("/requests", live("DWP", "2024-05-01", 10, reference));

        assertThat(received.status()).isEqualTo(201);
        assertThat(received.header("location")).isEqualTo("/api/v1/requests/" + received.id());
        assertThat(received.header("etag")).isEqualTo("\"0\"");
        assertThat(received.json()).isEqualTo(Reply.parse("""
                {"id": "%s", "references": ["%s"], "organisation": "DWP", "unit": null,
                 "received": "2024-05-01", "recipient": null, "purposes": ["BENEFIT_FRAUD"], "gateway": "DWP-FUNC", "lawfulBasis": "PUBLIC_TASK", "agreement": null,
                 "submitted": {"individuals": 10, "items": ["NAME", "DATE_OF_BIRTH"],
                               "rowsReceived": null, "duplicates": null, "invalid": null},
                 "requestedItems": ["MATCH_INDICATOR", "RECORD_HELD", "DATE_LAST_COLLECTED", "SCHOOL", "ADDRESS"],
                 "historic": null, "refusedReferences": [], "decision": null, "withdrawal": null, "match": null, "disclosure": null,
                 "destruction": null, "closure": null, "annulment": null, "corrections": [],
                 "status": "RECEIVED", "returnLevel": null, "summary": "10 submitted, open", "flags": null,
                 "sequence": 0, "position": null, "receipt": "/api/v1/requests/%s/receipt"}
                """.formatted(received.id(), reference, received.id())));

        String request = "/requests/" + received.id();
        assertThat(step(approver, request + "/decision", approval("2024-05-02")))
                .isEqualTo("200 1 APPROVED 10 submitted, open");
        assertThat(step(recorder, request + "/match", match("2024-05-03", 3, 1)))
                .isEqualTo("200 2 MATCHED 10 submitted, 3 matched, open");
        assertThat(step(recorder, request + "/disclosure", disclosure("2024-05-04", 3, 2, SCHOOL)))
                .isEqualTo("200 3 ANSWERED 10 submitted, 3 matched, school returned for 2");
        assertThat(step(recorder, request + "/destruction", destruction("2024-05-05")))
                .isEqualTo("200 4 ANSWERED 10 submitted, 3 matched, school returned for 2");
        Reply closed = recorder.post(request + "/closure", on("2024-05-06"));
        Reply read = recorder.read(closed);

        assertThat(read.version()).isEqualTo("5");
        assertThat(read.json())
                .isEqualTo(Reply.parse("""
                {"id": "%s", "references": ["%s"], "organisation": "DWP", "unit": null,
                 "received": "2024-05-01", "recipient": null, "purposes": ["BENEFIT_FRAUD"], "gateway": "DWP-FUNC", "lawfulBasis": "PUBLIC_TASK", "agreement": null,
                 "submitted": {"individuals": 10, "items": ["NAME", "DATE_OF_BIRTH"],
                               "rowsReceived": null, "duplicates": null, "invalid": null},
                 "requestedItems": ["MATCH_INDICATOR", "RECORD_HELD", "DATE_LAST_COLLECTED", "SCHOOL", "ADDRESS"],
                 "historic": null, "refusedReferences": [],
                 "decision": {"outcome": "APPROVED", "on": "2024-05-02", "reason": null, "courtOrder": null, "override": null},
                 "withdrawal": null,
                 "match": {"on": "2024-05-03", "matched": 3, "ambiguous": 1, "unmatched": null},
                 "disclosure": {"on": "2024-05-04", "answered": 3, "returned": 2, "items": ["SCHOOL"],
                                "returns": null, "references": null, "nil": null},
                 "destruction": {"on": "2024-05-05", "method": "SECURE_ERASE"},
                 "closure": {"on": "2024-05-06"}, "annulment": null, "corrections": [],
                 "status": "CLOSED", "returnLevel": "SCHOOL", "summary": "10 submitted, 3 matched, school returned for 2", "flags": [],
                 "sequence": 5, "position": %s, "receipt": "/api/v1/requests/%s/receipt"}
                """.formatted(received.id(), reference, read.at("/position"), received.id())));
        assertThat(read.json().get("position").isIntegralNumber()).isTrue();
    }

    private static String step(Caller caller, String path, String body) {
        Reply reply = caller.post(path, body);
        return reply.status() + " " + reply.sequence() + " " + reply.at("/status") + " " + reply.at("/summary");
    }

    @Test
    void aStepToldAgainIsNoEvent() {
        Received request = received(5);
        assertThat(approver.post(request.path("decision"), approval(MAY)).sequence())
                .isEqualTo(1);

        Reply again = approver.post(request.path("decision"), approval(MAY));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.sequence()).isEqualTo(1);
        assertThat(again.header("etag")).isEqualTo("\"1\"");
    }

    @Test
    void aStepToldAgainDifferentlyIsAConflict() {
        Received request = matched(5, 2);

        request.refuses(approver, "decision", refusal(MAY), "409 conflict");
        request.refuses(recorder, "match", match(MAY, 1, 0), "409 conflict");
    }

    @Test
    void nothingIsMatchedBeforeApprovalOrAfterARefusalOrAWithdrawal() {
        Received open = received(5);
        open.refuses(recorder, "match", match(MAY, 1, 0), "422 rule-broken | not-approved");

        Received refused = received(5);
        refused.does(approver, "decision", refusal(MAY));
        refused.refuses(recorder, "match", match(MAY, 1, 0), "422 rule-broken | not-approved");

        Received withdrawn = received(5);
        withdrawn.does(approver, "decision", approval(MAY));
        withdrawn.does(recorder, "withdrawal", on(MAY));
        withdrawn.refuses(recorder, "match", match(MAY, 1, 0), "422 rule-broken | not-approved");
    }

    @Test
    void nothingIsDisclosedBeforeAMatch() {
        Received request = received(5);
        request.does(approver, "decision", approval(MAY));

        request.refuses(recorder, "disclosure", disclosure(MAY, 1, 1, SCHOOL), "422 rule-broken | not-matched");
    }

    @Test
    void nothingIsDisclosedWithoutApproval() {
        Received request = received(5);

        request.refuses(
                recorder, "disclosure", disclosure(MAY, 1, 1, SCHOOL), "422 rule-broken | not-approved | not-matched");
    }

    @Test
    void whoRecordedItDoesNotDecideCorrectOrAnnul() {
        Reply reply = officer.post("/requests", live("DWP", "2024-05-01", 5));
        Received request = new Received(reply.id(), server);

        request.refuses(officer, "decision", approval(MAY), "422 rule-broken | same-officer");
        request.refuses(
                officer,
                "corrections",
                Sample.correction("submitted.individuals", "5", "6"),
                "422 rule-broken | same-officer");
        request.refuses(officer, "annulment", Sample.annulment(), "422 rule-broken | same-officer");
        request.does(approver, "decision", approval(MAY));
    }

    @Test
    void noMoreAreMatchedThanWereSubmitted() {
        Received request = received(5);
        request.does(approver, "decision", approval(MAY));

        request.refuses(recorder, "match", match(MAY, 6, 0), "422 rule-broken | /matched matched-exceeds-submitted");
        request.refuses(recorder, "match", match(MAY, 3, 3), "422 rule-broken | /ambiguous counts-do-not-add");
    }

    @Test
    void noMoreAreReturnedThanWereMatchedOrAnswered() {
        Received request = matched(5, 2);

        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 3, 3, SCHOOL),
                "422 rule-broken | /returned returned-exceeds-matched");
        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 1, 2, SCHOOL),
                "422 rule-broken | /returned returned-exceeds-answered");
        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 6, 2, SCHOOL),
                "422 rule-broken | /answered answered-exceeds-submitted");
    }

    @Test
    void countsAndItemsMustNotContradictEachOther() {
        Received request = matched(5, 2);

        request.refuses(
                recorder, "disclosure", disclosure(MAY, 2, 0, SCHOOL), "422 rule-broken | /items counts-do-not-add");
        request.refuses(
                recorder, "disclosure", disclosure(MAY, 2, 1, ""), "422 rule-broken | /items counts-do-not-add");
        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 2, 1, "\"MATCH_INDICATOR\""),
                "422 rule-broken | /items counts-do-not-add");
        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 0, 0, "\"MATCH_INDICATOR\""),
                "422 rule-broken | /items counts-do-not-add");
    }

    @Test
    void onlyWhatWasRequestedIsReturned() {
        Received request = matched(5, 2);

        request.refuses(
                recorder,
                "disclosure",
                disclosure(MAY, 2, 2, "\"NATIONALITY\""),
                "422 rule-broken | /items items-not-requested");
    }

    @Test
    void aStepIsNotDatedBeforeTheOneBeforeOrInTheFuture() {
        Received request = matched(5, 2);

        request.refuses(
                recorder,
                "disclosure",
                disclosure("2024-05-09", 1, 1, SCHOOL),
                "422 rule-broken | /on dates-out-of-order");
        request.refuses(
                recorder, "disclosure", disclosure("2999-01", 1, 1, SCHOOL), "422 rule-broken | /on date-in-future");
        request.does(recorder, "disclosure", disclosure("2024-05", 1, 1, SCHOOL));
    }

    @Test
    void aFileIsDestroyedBeforeTheRequestIsClosed() {
        Received request = matched(5, 2);
        request.refuses(recorder, "destruction", destruction(MAY), "409 conflict");
        request.refuses(recorder, "closure", on(MAY), "409 conflict");
        request.does(recorder, "disclosure", disclosure(MAY, 0, 0, ""));

        request.refuses(recorder, "closure", on(MAY), "422 rule-broken | not-destroyed");
        request.does(recorder, "destruction", destruction(MAY));
        request.does(recorder, "closure", on(MAY));
    }

    @Test
    void aClosedRequestTakesNoStepButCorrectionAndAnnulment() {
        Received request = received(5);
        request.does(approver, "decision", refusal(MAY));
        request.does(recorder, "closure", on(MAY));

        request.refuses(recorder, "withdrawal", on(MAY), "409 conflict");
        request.refuses(recorder, "match", match(MAY, 1, 0), "409 conflict");
        request.refuses(recorder, "disclosure", disclosure(MAY, 0, 0, ""), "409 conflict");
        request.refuses(recorder, "destruction", destruction(MAY), "409 conflict");
        request.refuses(recorder, "closure", on("2024-05-11"), "409 conflict");
        request.does(approver, "corrections", Sample.correction("submitted.individuals", "5", "6"));
        request.refuses(approver, "annulment", Sample.annulment(), "422 rule-broken | same-officer");
        request.does(officer, "annulment", Sample.annulment());
    }

    @Test
    void aRequestIsWithdrawnUntilItIsDisclosed() {
        Received request = matched(5, 2);
        Reply withdrawn = recorder.post(request.path("withdrawal"), on(MAY));

        assertThat(withdrawn.at("/status")).isEqualTo("WITHDRAWN");
        assertThat(withdrawn.at("/summary")).isEqualTo("5 submitted, 2 matched, withdrawn");
        request.refuses(recorder, "disclosure", disclosure(MAY, 1, 1, SCHOOL), "422 rule-broken | not-approved");

        Received answered = matched(5, 2);
        answered.does(recorder, "disclosure", disclosure(MAY, 1, 1, SCHOOL));
        answered.refuses(recorder, "withdrawal", on(MAY), "409 conflict");
    }

    @Test
    void aWithdrawnOrRefusedRequestIsClosedWithoutDestruction() {
        Received withdrawn = received(5);
        withdrawn.does(recorder, "withdrawal", on(MAY));
        withdrawn.does(recorder, "closure", on(MAY));

        Received refused = received(5);
        refused.does(approver, "decision", refusal(MAY));
        refused.does(recorder, "destruction", destruction(MAY));
        refused.does(recorder, "closure", on(MAY));

        received(5).refuses(recorder, "closure", on(MAY), "409 conflict");
    }

    @Test
    void aCourtOrderNamesACourt() {
        Received request = received(5);
        String order =
                "{\"outcome\": \"APPROVED\", \"on\": \"2024-05-10\", \"courtOrder\": {\"court\": \"%s\", \"made\":"
                        + " \"%s\"}}";

        request.refuses(
                approver, "decision", order.formatted("DWP", MAY), "422 rule-broken | /courtOrder/court unknown-code");
        request.refuses(
                approver,
                "decision",
                order.formatted("FAMILY_COURT", "2024-05-11"),
                "422 rule-broken | /on dates-out-of-order");
        Reply decided = approver.post(request.path("decision"), order.formatted("FAMILY_COURT", "2024-04"));
        assertThat(decided.at("/decision/courtOrder")).isEqualTo("{\"court\":\"FAMILY_COURT\",\"made\":\"2024-04\"}");
    }

    @Test
    void aStageOfALiveRequestHasADateAndItsCounts() {
        Received request = received(5);
        request.refuses(approver, "decision", "{\"outcome\": \"APPROVED\"}", "400 invalid-request | /on required");
        request.refuses(approver, "decision", "{\"on\": \"2024-05\"}", "400 invalid-request | /outcome required");
        request.does(approver, "decision", approval(MAY));
        request.refuses(
                recorder, "match", on(MAY), "422 rule-broken | /matched source-required | /ambiguous source-required");
        request.does(recorder, "match", match(MAY, 1, 0));
        request.refuses(recorder, "disclosure", on(MAY), "400 invalid-request | /items required");
        request.refuses(
                recorder,
                "disclosure",
                "{\"on\": \"2024-05\", \"items\": []}",
                "422 rule-broken | /answered source-required | /returned source-required");
    }

    @Test
    void aReferenceBelongsToOneRequest() {
        String reference = TestServer.newReference();
        assertThat(recorder.post("/requests", live("DWP", "2024-05", 5, reference))
                        .status())
                .isEqualTo(201);

        assertThat(recorder.post("/requests", live("DWP", "2024-05", 5, reference))
                        .problem())
                .isEqualTo("409 duplicate-reference");
    }

    @Test
    void aLiveRequestCarriesNoStagesAndLeavesNothingOut() {
        String body = live("DWP", "2024-05", 5).strip();
        String withMatch = body.substring(0, body.length() - 1) + ", \"match\": " + match(MAY, 1, 0) + "}";

        assertThat(recorder.post("/requests", withMatch).problem())
                .isEqualTo("422 rule-broken | /historic source-required");
        assertThat(recorder.post("/requests", body.replace("\"individuals\": 5", "\"individuals\": null"))
                        .problem())
                .isEqualTo("422 rule-broken | /submitted/individuals source-required");
        assertThat(recorder.post("/requests", "{}").problem())
                .isEqualTo("400 invalid-request | /organisation required | /received required | /submitted required"
                        + " | /references required | /purpose required | /gateway required | /lawfulBasis required"
                        + " | /submitted/items required | /requestedItems required");
    }

    @Test
    void everyRuleThatTheBodyAloneBreaksIsToldAtOnce() {
        String body = live("NOBODY", "2999-01", 5)
                .replace("BENEFIT_FRAUD", "FUN")
                .replace(
                        "\"individuals\": 5",
                        "\"individuals\": 5, \"rowsReceived\": 9, \"duplicates\": 1, \"invalid\": 1");

        assertThat(recorder.post("/requests", body).problem())
                .isEqualTo("422 rule-broken | /purpose unknown-code | /organisation unknown-code"
                        + " | /received date-in-future | /submitted/rowsReceived counts-do-not-add");
    }

    @Test
    void anAgreementIsNotKnownYet() {
        String body =
                live("DWP", "2024-05", 5).replace("\"lawfulBasis\"", "\"agreement\": \"DS00689\", \"lawfulBasis\"");

        assertThat(recorder.post("/requests", body).problem()).isEqualTo("422 rule-broken | /agreement unknown-code");
    }

    @Test
    void nobodyPeopleCanBeSubmitted() {
        assertThat(recorder.post("/requests", live("DWP", "2024-05", 0)).at("/summary"))
                .isEqualTo("0 submitted, open");
    }

    @Test
    void aRequestThatIsNotThereIsNotFound() {
        String path = "/requests/00000000-0000-4000-8000-000000000000";

        assertThat(recorder.get(path).problem()).isEqualTo("404 not-found");
        assertThat(recorder.get("/requests/nothing").problem()).isEqualTo("404 not-found");
        assertThat(recorder.post(path + "/match", match(MAY, 1, 0)).problem()).isEqualTo("404 not-found");
    }

    private Received received(int individuals) {
        Reply reply = recorder.post("/requests", live("DWP", "2024-05-01", individuals));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return new Received(reply.id(), server);
    }

    private Received matched(int individuals, int matched) {
        Received request = received(individuals);
        request.does(approver, "decision", approval(MAY));
        request.does(recorder, "match", match(MAY, matched, 0));
        return request;
    }

    /** A request under test. */
    private record Received(String id, TestServer server) {
        String path(String step) {
            return "/requests/" + id + "/" + step;
        }

        void does(Caller caller, String step, String body) {
            Reply reply = caller.post(path(step), body);
            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        }

        void refuses(Caller caller, String step, String body, String problem) {
            long before = server.events(id);
            assertThat(caller.post(path(step), body).problem()).isEqualTo(problem);
            assertThat(server.events(id)).isEqualTo(before);
        }
    }
}
