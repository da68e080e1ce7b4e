package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A figure was told from the ledger; then the ledger was corrected, and those who were told must be told anew. */
@ExtendWith(SharedServer.class)
class Story20AStatementGoesStaleTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller publisher;

    Story20AStatementGoesStaleTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.publisher = server.as("publisher");
    }

    private Reply request(String organisation) {
        Reply request = recorder.read(recorder.post(
                "/requests",
                Sample.historic(
                        organisation,
                        "2016-05",
                        "2462",
                        ", \"decision\": {\"outcome\": \"APPROVED\"}, \"match\": {\"matched\": 520,"
                                + " \"ambiguous\": 0}")));
        assertThat(request.status()).as("%s", request).isEqualTo(200);
        return request;
    }

    private void corrected(Reply request, String was, String now) {
        corrected(approver, request, was, now);
    }

    private void corrected(Caller by, Reply request, String was, String now) {
        recorder.read(
                by.post("/requests/" + request.id() + "/corrections", Sample.correction("match.matched", was, now)));
    }

    private Reply statement(Telling telling) {
        Reply reply = publisher.post("/statements", telling.body());
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return read(reply);
    }

    private Reply read(Reply change) {
        return recorder.get("/statements/" + change.id() + "?waitFor=" + change.id() + ":" + change.sequence());
    }

    private List<String> stale(String organisation) {
        List<String> ids = new ArrayList<>();
        recorder.get("/statements?stale=true&organisation=" + organisation)
                .json()
                .get("items")
                .forEach(item -> ids.add(item.get("id").stringValue()));
        return ids;
    }

    @Test
    void whoWasToldIsStaleUntilToldAndStaleAgainAfterTheNextCorrection() {
        String organisation = server.newOrganisation("T_STALE");
        Reply request = request(organisation);
        long position = Long.parseLong(request.at("/position"));
        Telling telling = Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520)
                .backedBy(position);
        String told = statement(telling).id();
        assertThat(stale(organisation)).isEmpty();
        String tag = recorder.get("/statements/" + told).header("etag");
        assertThat(recorder.get("/statements/" + told, "If-None-Match", tag).status())
                .isEqualTo(304);

        corrected(request, "520", "531");

        assertThat(stale(organisation)).containsExactly(told);
        Reply read = recorder.get("/statements/" + told, "If-None-Match", tag);
        assertThat(read.status()).as("no event of its own, but it is stale now").isEqualTo(200);
        assertThat(read.header("etag")).isNotEqualTo(tag);
        assertThat(read.version()).isEqualTo("0");
        assertThat(read.at("/staleBecause"))
                .isEqualTo("[{\"code\":\"ledger-changed\",\"rightValue\":531,\"statement\":null,\"reference\":null}]");
        assertThat(read.at("/value")).as("what was told stays what was told").isEqualTo("520");
        assertThat(read.at("/ledger/value")).isEqualTo("531");
        assertThat(read.at("/ledger/unexplained")).isEqualTo("-11");
        assertThat(read.at("/backing/position")).isEqualTo(Long.toString(position));

        Reply retold =
                read(recorder.post("/statements/" + told + "/recipients-told", Telling.retold(531, "2017-12-04")));
        assertThat(retold.at("/stale")).isEqualTo("false");
        assertThat(retold.at("/toldValue")).isEqualTo("531");
        assertThat(stale(organisation)).isEmpty();

        // somebody else than whoever corrected it last
        corrected(server.as("officer"), request, "531", "532");

        assertThat(stale(organisation)).containsExactly(told);
        assertThat(recorder.get("/statements/" + told).at("/staleBecause/0/rightValue"))
                .isEqualTo("532");
    }

    @Test
    void whatTheLedgerNoLongerStatesIsStaleToo() {
        String organisation = server.newOrganisation("T_UNSTATED");
        Reply request = request(organisation);
        String told = statement(Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520)
                        .backedBy(Long.parseLong(request.at("/position"))))
                .id();

        corrected(request, "520", "null");

        assertThat(stale(organisation)).containsExactly(told);
        assertThat(recorder.get("/statements/" + told).at("/staleBecause/0/code"))
                .isEqualTo("ledger-not-stated");
        assertThat(recorder.get("/statements/" + told).at("/ledger/unexplained"))
                .isEqualTo("null");
    }

    @Test
    void whoNamesAPositionTellsWhatTheLedgerSaidThere() {
        String organisation = server.newOrganisation("T_CONTRADICTS");
        Reply request = request(organisation);
        long position = Long.parseLong(request.at("/position"));
        corrected(request, "520", "531");
        Telling told = Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520);

        Reply refused = publisher.post(
                "/statements",
                told.of("2015-07", "2016-09", 531).backedBy(position).body());

        assertThat(refused.problem()).isEqualTo("422 rule-broken | /value contradicts-ledger");
        assertThat(refused.at("/errors/0/detail")).endsWith("It said 520.");
        assertThat(publisher.post("/statements", told.backedBy(position).body()).status())
                .as("what it said then, whatever it says now")
                .isEqualTo(201);
        assertThat(publisher
                        .post("/statements", told.wronglyAt(position).body())
                        .problem())
                .isEqualTo("422 rule-broken | /backing/wrongTelling agrees-with-ledger");
        Reply wrong = statement(told.of("2015-07", "2016-09", 25).wronglyAt(position));
        assertThat(wrong.at("/backing/wrongTelling")).isEqualTo("true");
        assertThat(wrong.at("/staleBecause/0/code")).isEqualTo("told-wrongly");
        assertThat(wrong.at("/staleBecause/0/rightValue")).isEqualTo("531");
    }

    @Test
    void whatTheLedgerDoesNotCountIsToldTooAndAsItWasTold() {
        String organisation = server.newOrganisation("T_ACCESS");
        String users = Telling.toldToParliament("PQ48634", "users_with_access", organisation, 19)
                .of("2017-03", "2017-03-15", 19)
                .told("FOI", "2017-0012345", "2017-03-20")
                .body("USERS");
        Reply read = read(publisher.post("/statements", users));
        assertThat(read.at("/to")).isEqualTo("2017-03-15");
        assertThat(read.at("/ledger")).isEqualTo("null");
        assertThat(publisher
                        .post(
                                "/statements",
                                users.replace(
                                        "\"source\": \"PARLIAMENT\", \"reference\": \"PQ48634\"", "\"position\": 0"))
                        .problem())
                .isEqualTo("422 rule-broken | /backing/position no-ledger-figure");

        String other = users.replace("users_with_access", "other").replace("USERS", "OTHER");
        assertThat(publisher.post("/statements", other).problem()).isEqualTo("400 invalid-request | /subject required");
        String subject = other.replace("\"measure\":", "\"subject\": \"MEMORANDA_DRAFTED\", \"measure\":");
        assertThat(read(publisher.post("/statements", subject.replace("19", "{\"about\": 500}")))
                        .at("/value"))
                .isEqualTo("{\"about\":500,\"least\":null,\"most\":null}");
        Reply range = read(publisher.post("/statements", subject.replace("19,", "{\"least\": 20, \"most\": 30},")));
        assertThat(range.at("/originalValue")).isEqualTo("{\"about\":null,\"least\":20,\"most\":30}");
        Reply corrected = approver.post(
                "/statements/" + range.id() + "/correction",
                Telling.correction(1, 24, "2017-11-27", "HCWS272")
                        .replace("\"was\": 1", "\"was\": {\"least\": 20, \"most\": 30}"));
        assertThat(corrected.at("/value")).as("%s", corrected).isEqualTo("24");
        assertThat(publisher
                        .post("/statements", subject.replace("19,", "{\"about\": 20, \"most\": 30},"))
                        .problem())
                .isEqualTo("400 invalid-request | /value malformed");
    }

    @Test
    void aStatementToTheSameBodyThatTellsWhatIsRightClearsAtOnce() {
        String organisation = server.newOrganisation("T_ANEW");
        Telling telling = Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520);
        String first = statement(telling).id();
        read(approver.post(
                "/statements/" + first + "/correction", Telling.correction(520, 531, "2017-11-27", "HCWS272")));
        assertThat(stale(organisation)).containsExactly(first);

        String anew = statement(telling.of("2015-07", "2016-09", 531).told("PARLIAMENT", "HCWS272", "2017-11-27"))
                .id();

        assertThat(stale(organisation)).isEmpty();
        Reply read = recorder.get("/statements/" + first);
        assertThat(read.at("/toldAnewBy")).isEqualTo(anew);
        assertThat(read.at("/toldValue")).isEqualTo("531");
    }

    @Test
    void whatIsRecordedTwiceUnderOneKeyIsRecordedOnce() {
        String body = Telling.toldToParliament("PQ48634", "individuals_matched", "DWP", 520)
                .body();
        String[] key = {"Idempotency-Key", "told-once-" + TestServer.newReference()};
        Reply first = publisher.post("/statements", body, key);
        Reply again = publisher.post("/statements", body, key);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(publisher
                        .post("/statements", body.replace("520", "521"), key)
                        .problem())
                .isEqualTo("422 idempotency-key-reused");
        assertThat(publisher.post("/statements", body, "If-Match", "\"0\"").problem())
                .isEqualTo("412 stale-version");
    }

    @Test
    void aCorrectionToldAgainIsNoEventAndAnOldVersionIsRefused() {
        String told = statement(Telling.toldToParliament("PQ48634", "individuals_returned", "DWP", 520))
                .id();
        String path = "/statements/" + told + "/correction";
        String correction = Telling.correction(520, 531, "2017-11-27", "HCWS272");

        assertThat(approver.post(path, correction, "If-Match", "\"7\"").problem())
                .isEqualTo("412 stale-version");
        assertThat(approver.post(path, correction, "If-Match", "\"0\"").header("etag"))
                .isEqualTo("\"1\"");
        assertThat(publisher.post(path, correction).header("ledger-sequence")).isEqualTo("1");
        assertThat(server.events(told)).isEqualTo(2);
        assertThat(publisher
                        .post(path, Telling.correction(520, 532, "2017-11-28", "HCWS273"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(publisher
                        .post(path, Telling.correction(531, 531, "2017-11-28", "HCWS273"))
                        .problem())
                .isEqualTo("422 rule-broken | /now nothing-to-correct");
        assertThat(publisher
                        .post(path, Telling.correction(531, 532, "2017-11-26", "HCWS273"))
                        .problem())
                .isEqualTo("422 rule-broken | /toldOn dates-out-of-order");
        assertThat(server.events(told)).isEqualTo(2);
    }

    @Test
    void whatWasRecordedByMistakeIsTakenBackByASecondPerson() {
        String organisation = server.newOrganisation("T_MISTAKE");
        Telling telling = Telling.toldToParliament("PQ48634", "individuals_matched", organisation, 520);
        String mistake = statement(telling.of("2015-07", "2016-09", 5_200)).id();
        String right = statement(telling).id();
        String path = "/statements/" + mistake + "/annulment";
        assertThat(recorder.post(path, Sample.annulment()).status()).isEqualTo(403);
        assertThat(publisher.post(path, Sample.annulment()).problem()).isEqualTo("422 rule-broken | same-officer");

        Reply annulled = read(approver.post(path, Sample.annulment()));

        assertThat(annulled.at("/annulment/cause")).isEqualTo("OTHER");
        assertThat(annulled.at("/value")).as("stays readable").isEqualTo("5200");
        assertThat(annulled.at("/sequence")).isEqualTo("1");
        assertThat(approver.post(path, Sample.annulment()).header("ledger-sequence"))
                .isEqualTo("1");
        assertThat(approver.post(
                                "/statements/" + mistake + "/correction",
                                Telling.correction(5_200, 520, "2017-11-27", "HCWS272"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(recorder.get("/statements/conflicts?organisation=" + organisation)
                        .json()
                        .get("items"))
                .isEmpty();
        String list = "/statements?organisation=" + organisation;
        assertThat(recorder.get(list + "&annulled=true").at("/items/0/id")).isEqualTo(mistake);
        assertThat(recorder.get(list + "&annulled=false").json().get("items")).hasSize(1);
        assertThat(recorder.get(list + "&asToldOn=2016-12-31").at("/items/0/id"))
                .as("it was never told")
                .isEqualTo(right);
    }

    @Test
    void whatIsWrongWithAStatementIsToldAtOnce() {
        Telling good = Telling.toldToParliament("PQ48634", "individuals_matched", "DWP", 520);
        assertThat(publisher.post("/statements", "{}").problem())
                .isEqualTo("400 invalid-request | /toldOn required | /channel required | /measure required"
                        + " | /from required | /to required | /value required | /unit required | /backing required");
        assertThat(publisher.post("/statements", good.body("REQUESTS")).problem())
                .as("requests were once told as pupils")
                .isEqualTo("422 rule-broken | /unit unit-does-not-fit");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.told("FOI", null, "2016-10-27").body())
                        .problem())
                .isEqualTo("400 invalid-request | /reference required");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.told("PRESS", null, "2016-10-27").body())
                        .problem())
                .as("nobody knows who was told")
                .isEqualTo("400 invalid-request | /reference required");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.told("RADIO", "R1", "2016-10-27").body())
                        .problem())
                .isEqualTo("422 rule-broken | /channel unknown-code");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.body()
                                        .replace("individuals_matched", "pupils")
                                        .replace("\"DWP\"", "\"T_NOBODY\""))
                        .problem())
                .isEqualTo("422 rule-broken | /measure unknown-code | /organisation unknown-code");
        assertThat(publisher
                        .post("/statements", good.of("2016-09", "2015-07", 1).body())
                        .problem())
                .isEqualTo("422 rule-broken | /to dates-out-of-order");
        assertThat(publisher
                        .post("/statements", good.of("2015-07", "2016-09-31", 1).body())
                        .problem())
                .isEqualTo("400 invalid-request | /to malformed");
        assertThat(publisher
                        .post("/statements", good.backedBy(999_999_999_999L).body())
                        .problem())
                .isEqualTo("400 invalid-request | /backing/position out-of-range");
        assertThat(publisher.post("/statements", good.backedBy(1L << 53).body()).problem())
                .isEqualTo("400 invalid-request | /backing/position out-of-range");
        assertThat(publisher.post("/statements", good.backedBy(-1).body()).problem())
                .isEqualTo("400 invalid-request | /backing/position out-of-range");
        assertThat(publisher
                        .post("/statements", good.body().replace("\"source\": \"PARLIAMENT\"", "\"position\": 0"))
                        .problem())
                .isEqualTo("400 invalid-request | /backing malformed");
        assertThat(publisher
                        .post("/statements", good.body().replace("\"source\": \"PARLIAMENT\"", "\"position\": \"0\""))
                        .problem())
                .isEqualTo("400 invalid-request | /backing/position wrong-type");
        assertThat(publisher
                        .post("/statements", good.body().replace("\"source\": \"PARLIAMENT\"", "\"source\": \"TALK\""))
                        .problem())
                .isEqualTo("422 rule-broken | /backing/source unknown-code");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.told("PARLIAMENT", "PQ48634", "2999-01-01").body())
                        .problem())
                .isEqualTo("422 rule-broken | /toldOn date-in-future");
        assertThat(publisher
                        .post(
                                "/statements",
                                good.told("PARLIAMENT", "PQ48634", "2015-06").body())
                        .problem())
                .isEqualTo("422 rule-broken | /toldOn dates-out-of-order");
    }

    @Test
    void whatIsWrongWithWhatFollowsIsToldAtOnce() {
        String path = "/statements/"
                + statement(Telling.toldToParliament("PQ48634", "individuals_matched", "DWP", 520))
                        .id();

        assertThat(publisher.post(path + "/correction", "{}").problem())
                .isEqualTo("400 invalid-request | /was required | /now required | /toldOn required"
                        + " | /channel required | /cause required");
        assertThat(publisher.post(path + "/recipients-told", "{}").problem())
                .isEqualTo("400 invalid-request | /toldOn required | /channel required | /value required");
        assertThat(publisher
                        .post(
                                path + "/recipients-told",
                                "{\"toldOn\": \"2017-12-04\", \"channel\": \"FOI\", \"value\": 531}")
                        .problem())
                .isEqualTo("400 invalid-request | /reference required");
        assertThat(publisher
                        .post(path + "/recipients-told", Telling.retold(531, "2016-10-26"))
                        .problem())
                .isEqualTo("422 rule-broken | /toldOn dates-out-of-order");
    }

    @Test
    void aRequestIsNoStatementAndAStatementIsNoRequest() {
        String request =
                recorder.post("/requests", Sample.live("DWP", "2024-05", 3)).id();
        String told = statement(Telling.toldToParliament("PQ48634", "individuals_matched", "DWP", 520))
                .id();

        assertThat(recorder.get("/statements/" + request).problem()).isEqualTo("404 not-found");
        assertThat(publisher
                        .post("/statements/" + request + "/correction", Telling.correction(1, 2, "2024-05-01", "HCWS1"))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(publisher
                        .post("/statements/" + request + "/recipients-told", Telling.retold(1, "2024-05-01"))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(recorder.get("/requests/" + told).problem()).isEqualTo("404 not-found");
        assertThat(recorder.post("/requests/" + told + "/closure", Sample.on("2024-05-01"))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(approver.post("/requests/" + told + "/corrections", Sample.correction("match.matched", "1", "2"))
                        .problem())
                .isEqualTo("404 not-found");
        assertThat(approver.post("/requests/" + told + "/annulment", Sample.annulment())
                        .problem())
                .isEqualTo("404 not-found");
    }

    @Test
    void aQueryThatCannotBeMeantIsRefused() {
        for (String parameter : List.of(
                "asToldOn=yesterday malformed",
                "organisation=T_NOBODY unknown-code",
                "measure=pupils unknown-code",
                "channel=RADIO unknown-code",
                "period=2016-09/2015-07 malformed",
                "period=2016 malformed",
                "reference=%20 malformed",
                "corrected=yes malformed",
                "stale=yes malformed",
                "after=MV8x_ malformed",
                "limit=0 out-of-range")) {
            String[] parts = parameter.split(" ", 2);
            assertThat(recorder.get("/statements?" + parts[0]).problem())
                    .isEqualTo(
                            "400 invalid-request | " + parts[0].substring(0, parts[0].indexOf('=')) + " " + parts[1]);
        }
        assertThat(recorder.get("/statements?statement=1").problem())
                .isEqualTo("400 invalid-request | unknown-parameter");
        assertThat(recorder.get("/statements/conflicts?organisation=T_NOBODY").problem())
                .isEqualTo("400 invalid-request | organisation unknown-code");
    }
}
