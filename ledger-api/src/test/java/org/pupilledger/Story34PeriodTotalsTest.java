package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Parliament was told of the Home Office July 2015 to September 2016, and of the police April 2012 to October 2016,
 * without the single requests; both were corrected on 27 November 2017.
 */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story34PeriodTotalsTest {
    private static final String HOME_OFFICE = "T_SPAN_HOME_OFFICE";
    private static final String POLICE = "T_SPAN_POLICE";
    private static final String TOLD = """
            {"requests": {"received": 25, "withdrawn": 2},
             "individuals": {"submitted": 2462, "matched": 520, "unmatched": 1942}}""";
    private static final String RIGHT = """
            {"requests": {"received": 25, "withdrawn": 2},
             "individuals": {"submitted": 2461, "matched": 531, "unmatched": 1930}}""";
    private static final String POLICE_TOLD = "{\"requests\": {\"received\": 31, \"ledToData\": 21}}";
    private static final String POLICE_RIGHT =
            "{\"requests\": {\"received\": 33, \"ledToData\": 16}, \"individuals\": {\"returned\": 62}}";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller auditor;
    private String homeOffice = "";
    private String police = "";

    Story34PeriodTotalsTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.auditor = server.as("auditor");
    }

    @BeforeAll
    void whatParliamentWasTold() {
        server.newOrganisation(HOME_OFFICE);
        server.newOrganisation(POLICE);
        homeOffice = recorded(total(HOME_OFFICE, "2015-07", "2016-09", TOLD));
        police = recorded(total(POLICE, "2012-04", "2016-10", POLICE_TOLD));
        assertThat(figure(HOME_OFFICE, "from=2015-07&to=2016-09&by=total", "/individuals/matched"))
                .isEqualTo("520");
        correct(homeOffice, TOLD, RIGHT);
        correct(police, POLICE_TOLD, POLICE_RIGHT);
    }

    private static String total(String organisation, String from, String to, String counts) {
        return """
                {"organisation": "%s", "from": "%s", "to": "%s", "source": "PARLIAMENT", "reference": "PQ52645",
                 "published": "2016-10-27", %s""".formatted(organisation, from, to, counts.strip().substring(1));
    }

    private String recorded(String body) {
        Reply reply = recorder.post("/period-totals", body);
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        assertThat(reply.header("location")).isEqualTo("/api/v1/period-totals/" + reply.id());
        return await(reply);
    }

    private String await(Reply reply) {
        auditor.get("/figures?waitFor=" + reply.id() + ":" + reply.sequence());
        return reply.id();
    }

    private Reply correct(String id, String was, String now) {
        Reply reply = approver.post("/period-totals/" + id + "/corrections", """
                {"was": %s, "now": %s, "cause": "RECOUNT", "authority": "HCWS272"}""".formatted(was, now));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        await(reply);
        return reply;
    }

    private JsonNode rows(String organisation, String query) {
        return auditor.get("/figures?organisation=" + organisation + "&" + query)
                .json()
                .get("rows");
    }

    private String figure(String organisation, String query, String pointer) {
        JsonNode rows = rows(organisation, query);
        assertThat(rows.size()).as("%s", rows).isEqualTo(1);
        return rows.get(0).at(pointer).toString();
    }

    @Test
    void aPeriodThatContainsTheTotalHasItsFigures() {
        for (String query :
                new String[] {"from=2015-07&to=2016-09&by=total", "from=2015-01&to=2016-12&by=total", "by=total"}) {
            assertThat(figure(HOME_OFFICE, query, "/requests/received")).isEqualTo("25");
            assertThat(figure(HOME_OFFICE, query, "/requests/withdrawn")).isEqualTo("2");
            assertThat(figure(HOME_OFFICE, query, "/requests/ledToData")).isEqualTo("null");
            assertThat(figure(HOME_OFFICE, query, "/individuals/submitted")).isEqualTo("2461");
            assertThat(figure(HOME_OFFICE, query, "/individuals/matched")).isEqualTo("531");
            assertThat(figure(HOME_OFFICE, query, "/individuals/unmatched")).isEqualTo("1930");
            assertThat(figure(HOME_OFFICE, query, "/individuals/ambiguous"))
                    .as("all others are told")
                    .isEqualTo("0");
            assertThat(figure(HOME_OFFICE, query, "/individuals/returned")).isEqualTo("null");
        }
        String police16 = "from=2012-04&to=2016-10&by=total";
        assertThat(figure(POLICE, police16, "/requests/received")).isEqualTo("33");
        assertThat(figure(POLICE, police16, "/requests/ledToData")).isEqualTo("16");
        assertThat(figure(POLICE, police16, "/individuals/returned")).isEqualTo("62");
        assertThat(figure(POLICE, police16, "/individuals/submitted")).isEqualTo("null");
        assertThat(figure(POLICE, police16, "/notStated/submitted/requests")).isEqualTo("33");
        assertThat(figure(POLICE, police16, "/summary"))
                .isEqualTo("\"submitted not stated, matched not stated, items not stated returned for 62\"");
    }

    @Test
    void aPeriodThatOnlyOverlapsItDoesNotStateIt() {
        JsonNode quarters = rows(HOME_OFFICE, "from=2015-04&to=2016-12&by=quarter");
        assertThat(quarters.size())
                .as("one for each quarter that has months of it")
                .isEqualTo(5);
        for (JsonNode quarter : quarters) {
            assertThat(quarter.at("/requests/received").isNull()).isTrue();
            assertThat(quarter.at("/individuals/submitted").isNull()).isTrue();
            assertThat(quarter.at("/notStated/submitted/knownPart").intValue()).isZero();
        }
        assertThat(rows(HOME_OFFICE, "by=month").size()).isEqualTo(15);
        assertThat(figure(HOME_OFFICE, "from=2016-01&to=2016-12&by=year", "/individuals/matched"))
                .isEqualTo("null");
    }

    @Test
    void whatWasToldFirstStaysReadable() {
        Reply read = auditor.get("/period-totals/" + homeOffice);
        assertThat(read.at("/individuals/matched")).isEqualTo("531");
        assertThat(read.at("/corrections/0/was/individuals/matched")).isEqualTo("520");
        assertThat(read.at("/corrections/0/now/individuals/matched")).isEqualTo("531");
        assertThat(read.at("/corrections/0/authority")).isEqualTo("HCWS272");
        assertThat(read.at("/reference")).isEqualTo("PQ52645");
        assertThat(auditor.get("/period-totals?organisation=" + HOME_OFFICE).at("/items/0"))
                .isEqualTo(read.text());

        JsonNode timeline =
                auditor.get("/period-totals/" + police + "/timeline").json().get("items");
        assertThat(timeline.get(0).get("sentence").stringValue())
                .isEqualTo(
                        "The total of " + POLICE + " for Apr 2012 to Oct 2016 was recorded: 31 received, 21 led to data"
                                + " (parliamentary answer or statement, PQ52645).");
        assertThat(timeline.get(1).get("sentence").stringValue())
                .isEqualTo(
                        "The total of " + POLICE + " for Apr 2012 to Oct 2016 was corrected from 31 received, 21 led to"
                                + " data to 33 received, 16 led to data; 62 returned (recount, HCWS272).");
        assertThat(timeline.get(1).at("/changes/0").toString())
                .isEqualTo("{\"field\":\"requests.received\",\"was\":31,\"now\":33}");
    }

    @Test
    void singleRequestsAndATotalNeverCountTheSameMonth() {
        String single = Sample.historic(HOME_OFFICE, "2016-05", "400", "");
        assertThat(recorder.post("/requests", single).problem())
                .isEqualTo("422 rule-broken | /received covered-by-total");
        assertThat(recorder.importCsv(Sample.HEADER + "\n," + HOME_OFFICE
                                + ",2016-05,OTHER,OTHER,400,,APPROVED,,,,,,FOI_ANSWER,,\n")
                        .text())
                .contains("covered-by-total");
        Reply outside = recorder.post("/requests", Sample.historic(HOME_OFFICE, "2016-10", "400", ""));
        assertThat(outside.status()).isEqualTo(201);
        assertThat(approver.post(
                                "/requests/" + outside.id() + "/corrections",
                                Sample.correction("received", "\"2016-10\"", "\"2016-09\""))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now covered-by-total");

        for (String months : new String[] {"2016-10 2016-12", "2016-09 2016-09", "2014-01 2015-07"}) {
            String[] ends = months.split(" ", 2);
            assertThat(recorder.post("/period-totals", total(HOME_OFFICE, ends[0], ends[1], TOLD))
                            .problem())
                    .as(months)
                    .isEqualTo("422 rule-broken | /from covered-by-total");
        }

        Reply annulled = approver.post("/requests/" + outside.id() + "/annulment", Sample.annulment());
        assertThat(annulled.status()).isEqualTo(200);
        Reply free = recorder.post(
                "/period-totals", total(HOME_OFFICE, "2016-10", "2016-12", "{\"requests\": {\"received\": 1}}"));
        assertThat(free.status()).as("%s", free).isEqualTo(201);
        Reply taken = approver.post("/period-totals/" + free.id() + "/annulment", Sample.annulment());
        assertThat(taken.status()).isEqualTo(200);
        assertThat(recorder.get("/figures?waitFor=" + free.id() + ":" + taken.sequence())
                        .status())
                .as("the other tests count none of it")
                .isEqualTo(200);
    }

    /** A total of the police counts each force; whoever asks for all of them must not get one twice. */
    @Test
    void whatIsBelowIsCountedByATotalToo() {
        String above = server.newOrganisation("T_ABOVE");
        Reply below = server.as("admin").put("/organisations/T_BELOW", """
                {"name": "Test below", "category": "OTHER_GOVERNMENT", "parent": "%s"}""".formatted(above));
        assertThat(below.status()).as("%s", below).isEqualTo(201);
        String counts = "{\"requests\": {\"received\": 3}}";
        Reply first = recorder.post("/requests", Sample.historic("T_BELOW", "2011-02", "4", ""));
        assertThat(first.status()).isEqualTo(201);
        assertThat(recorder.post("/period-totals", total(above, "2011-01", "2011-06", counts))
                        .problem())
                .isEqualTo("422 rule-broken | /from covered-by-total");

        recorded(total(above, "2012-01", "2012-06", counts));
        assertThat(recorder.post("/requests", Sample.historic("T_BELOW", "2012-02", "4", ""))
                        .problem())
                .isEqualTo("422 rule-broken | /received covered-by-total");
        assertThat(recorder.post("/period-totals", total("T_BELOW", "2012-05", "2012-09", counts))
                        .problem())
                .isEqualTo("422 rule-broken | /from covered-by-total");
        recorded(total("T_BELOW", "2013-01", "2013-06", counts));
        assertThat(recorder.post("/period-totals", total(above, "2013-06", "2013-12", counts))
                        .problem())
                .isEqualTo("422 rule-broken | /from covered-by-total");
        Reply beside = recorder.post("/requests", Sample.historic(above, "2013-02", "4", ""));
        assertThat(beside.status()).as("it is not of the force").isEqualTo(201);
    }

    @Test
    void aSecondPersonAnnulsATotalAndTheMonthsAreFree() {
        String organisation = server.newOrganisation("T_SPAN_ANNULLED");
        String id = recorded(total(organisation, "2013-01", "2013-06", "{\"requests\": {\"received\": 4}}"));
        assertThat(server.as("officer")
                        .post("/period-totals", total(organisation, "2014-01", "2014-06", TOLD))
                        .status())
                .isEqualTo(201);

        Reply annulled = approver.post("/period-totals/" + id + "/annulment", Sample.annulment());
        assertThat(annulled.at("/annulment/cause")).isEqualTo("OTHER");
        assertThat(annulled.at("/summary")).isEqualTo("submitted not stated, annulled");
        await(annulled);

        assertThat(rows(organisation, "from=2013-01&to=2013-12&by=year").size()).isZero();
        assertThat(recorder.post("/requests", Sample.historic(organisation, "2013-02", "4", ""))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whoRecordedATotalDoesNotCorrectIt() {
        String organisation = server.newOrganisation("T_SPAN_OWN");
        Caller officer = server.as("officer");
        Reply own = officer.post("/period-totals", total(organisation, "2013-01", "2013-06", TOLD));

        assertThat(officer.post("/period-totals/" + own.id() + "/corrections", """
                        {"was": %s, "now": %s, "cause": "RECOUNT"}""".formatted(TOLD, RIGHT))
                        .problem())
                .isEqualTo("422 rule-broken | same-officer");
        assertThat(officer.post("/period-totals/" + own.id() + "/annulment", Sample.annulment())
                        .problem())
                .isEqualTo("422 rule-broken | same-officer");
    }

    @Test
    void whatIsMissingOrMalformedIsSaid() {
        assertThat(recorder.post("/period-totals", "{}").problem())
                .isEqualTo(
                        "400 invalid-request | /organisation required | /from required | /to required | /source required");
        assertThat(recorder.post("/period-totals", total(POLICE, "2012-04", "2012-03", POLICE_TOLD))
                        .problem())
                .isEqualTo("422 rule-broken | /to dates-out-of-order");
        assertThat(recorder.post("/period-totals", total(POLICE, "2012-04", "2024-03", POLICE_TOLD))
                        .problem())
                .isEqualTo("422 rule-broken | /to not-historic");
    }
}
