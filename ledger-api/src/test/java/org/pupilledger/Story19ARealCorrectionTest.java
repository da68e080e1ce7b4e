package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * On 27 October 2016 two answers told Parliament 25 requests, 2 withdrawn, 2,462 people, 520 matched and 1,942 not, of
 * July 2015 to September 2016. On 27 November 2017 a written statement corrected three of them. Who else had been given the
 * old figures?
 */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story19ARealCorrectionTest {
    private static final String ORGANISATION = "T_REAL_CORRECTION";
    private static final Map<String, Integer> TOLD = new LinkedHashMap<>();

    static {
        TOLD.put("requests_received", 25);
        TOLD.put("requests_withdrawn", 2);
        TOLD.put("individuals_submitted", 2_462);
        TOLD.put("individuals_matched", 520);
        TOLD.put("individuals_unmatched", 1_942);
    }

    private static final Map<String, Integer> CORRECTED = new LinkedHashMap<>();

    static {
        CORRECTED.put("individuals_submitted", 2_461);
        CORRECTED.put("individuals_matched", 531);
        CORRECTED.put("individuals_unmatched", 1_930);
    }

    private final TestServer server;
    private final Caller recorder;
    private final Caller publisher;
    private final Caller auditor;
    private final Map<String, String> first = new LinkedHashMap<>();
    private final Map<String, String> second = new LinkedHashMap<>();
    private String freedomOfInformation = "";

    Story19ARealCorrectionTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.publisher = server.as("publisher");
        this.auditor = server.as("auditor");
    }

    @BeforeAll
    void whatWasTold() {
        server.newOrganisation(ORGANISATION);
        TOLD.forEach((measure, value) -> {
            first.put(measure, told("PQ48634", measure, value));
            second.put(measure, told("PQ52645", measure, value));
        });
        // somebody asked in the meantime, and was given the old figure
        freedomOfInformation = recorded(Telling.toldToParliament("", "individuals_matched", ORGANISATION, 520)
                .told("FOI", "2017-0012345", "2017-03-15"));
        // the months April to June 2016 are loaded from a source; the rest never was
        Reply request = recorder.post(
                "/requests",
                Sample.historic(
                        ORGANISATION,
                        "2016-05",
                        "400",
                        ", \"decision\": {\"outcome\": \"APPROVED\"}, \"match\": {\"matched\": 100, \"ambiguous\":"
                                + " null}"));
        recorder.read(request);

        CORRECTED.forEach((measure, value) -> {
            correct(first.getOrDefault(measure, ""), TOLD.getOrDefault(measure, -1), value);
            correct(second.getOrDefault(measure, ""), TOLD.getOrDefault(measure, -1), value);
        });
    }

    private String told(String reference, String measure, int value) {
        return recorded(Telling.toldToParliament(reference, measure, ORGANISATION, value));
    }

    private String recorded(Telling telling) {
        Reply reply = recorder.post("/statements", telling.body());
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        assertThat(reply.header("location")).isEqualTo("/api/v1/statements/" + reply.id());
        assertThat(reply.header("etag")).isEqualTo("\"0\"");
        return reply.id();
    }

    private void correct(String id, int was, int now) {
        Reply reply = publisher.post(
                "/statements/" + id + "/correction", Telling.correction(was, now, "2017-11-27", "HCWS272"));
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.at("/stale")).isEqualTo("true");
        auditor.get("/statements?waitFor=" + id + ":" + reply.sequence());
    }

    private List<JsonNode> list(String query) {
        List<JsonNode> items = new ArrayList<>();
        auditor.get("/statements?organisation=" + ORGANISATION + query)
                .json()
                .get("items")
                .forEach(items::add);
        return items;
    }

    /** What an answer says, by measure. */
    private Map<String, Integer> values(String query) {
        Map<String, Integer> values = new LinkedHashMap<>();
        list(query)
                .forEach(item -> values.put(
                        item.get("measure").stringValue(), item.get("value").intValue()));
        return values;
    }

    @Test
    void asToldOnADateIsWhatWasToldByThen() {
        Map<String, Integer> later = new LinkedHashMap<>(TOLD);
        later.putAll(CORRECTED);
        for (String reference : List.of("PQ48634", "PQ52645")) {
            String query = "&reference=" + reference + "&asToldOn=";

            assertThat(values(query + "2016-10-26")).isEmpty();
            assertThat(values(query + "2016-12-31")).isEqualTo(TOLD);
            assertThat(values(query + "2017-11-26")).isEqualTo(TOLD);
            assertThat(values(query + "2017-12-31")).isEqualTo(later);
            assertThat(values(query + "2017-12")).isEqualTo(later);
        }
        assertThat(values("&reference=PQ48634")).as("by now").isEqualTo(later);
    }

    @Test
    void asToldOnADateShowsWhatItIsNowBesides() {
        JsonNode matched = list("&reference=PQ48634&asToldOn=2016-12-31&measure=individuals_matched")
                .getFirst();

        assertThat(matched.get("value").intValue()).isEqualTo(520);
        assertThat(matched.get("currentValue").intValue()).isEqualTo(531);
        assertThat(matched.get("originalValue").intValue()).isEqualTo(520);
        assertThat(matched.get("unit").stringValue()).isEqualTo("INDIVIDUALS");
        assertThat(matched.get("from").stringValue()).isEqualTo("2015-07");
        assertThat(matched.get("to").stringValue()).isEqualTo("2016-09");
    }

    @Test
    void theThreeCorrectedMeasuresAreListed() {
        assertThat(values("&corrected=true&reference=PQ48634")).isEqualTo(CORRECTED);
        assertThat(values("&corrected=true&reference=HCWS272")).isEqualTo(CORRECTED);
        assertThat(values("&corrected=false&reference=PQ48634").keySet())
                .containsExactly("requests_received", "requests_withdrawn");
        JsonNode correction = list("&corrected=true&reference=PQ48634&measure=individuals_submitted")
                .getFirst()
                .get("corrections");
        assertThat(correction).isEqualTo(Reply.parse("""
                [{"was": 2462, "now": 2461, "toldOn": "2017-11-27", "channel": "PARLIAMENT",
              "reference": "HCWS272", "cause": "RECOUNT", "sequence": 1}]\
            """));
    }

    @Test
    void whoeverWasGivenTheOldValuesIsStaleUntilTold() {
        List<String> stale = new ArrayList<>(CORRECTED.keySet().stream()
                .map(measure -> first.getOrDefault(measure, ""))
                .toList());
        CORRECTED.keySet().forEach(measure -> stale.add(second.getOrDefault(measure, "")));
        stale.add(freedomOfInformation);
        assertThat(ids("&stale=true")).containsExactlyInAnyOrderElementsOf(stale);
        JsonNode because = list("&stale=true&channel=FOI").getFirst().get("staleBecause");
        assertThat(because).hasSize(1);
        assertThat(because.at("/0/code").stringValue()).isEqualTo("same-figure-corrected");
        assertThat(because.at("/0/rightValue").intValue()).isEqualTo(531);
        assertThat(because.at("/0/reference").stringValue()).isEqualTo("HCWS272");
        assertThat(List.of(
                        first.getOrDefault("individuals_matched", ""), second.getOrDefault("individuals_matched", "")))
                .contains(because.at("/0/statement").stringValue());

        Reply told = recorder.post(
                "/statements/" + freedomOfInformation + "/recipients-told", Telling.retold(531, "2017-12-04"));
        assertThat(told.at("/stale")).isEqualTo("false");
        assertThat(told.at("/staleBecause")).isEqualTo("[]");
        assertThat(told.at("/recipientsTold/0/value")).isEqualTo("531");
        auditor.get("/statements?waitFor=" + freedomOfInformation + ":" + told.sequence());
        stale.remove(freedomOfInformation);
        assertThat(ids("&stale=true")).containsExactlyInAnyOrderElementsOf(stale);
        assertThat(ids("&stale=false")).contains(freedomOfInformation);
    }

    private List<String> ids(String query) {
        return list(query).stream().map(item -> item.get("id").stringValue()).toList();
    }

    @Test
    void aCumulativeClaimIsNotMadeToFitTheMonthsThatAreLoaded() {
        JsonNode submitted = list("&reference=PQ48634&measure=individuals_submitted")
                .getFirst()
                .get("ledger");
        assertThat(submitted)
                .isEqualTo(Reply.parse(
                        "{\"value\": 400, \"notStated\": null, \"months\": [\"2016-05\"], \"unexplained\": 2061}"));
        assertThat(list("&reference=PQ48634&measure=individuals_submitted&asToldOn=2016-12-31")
                        .getFirst()
                        .at("/ledger/unexplained")
                        .intValue())
                .isEqualTo(2_062);
        assertThat(list("&reference=PQ48634&measure=individuals_unmatched")
                        .getFirst()
                        .get("ledger"))
                .as("what the ledger does not state cannot be compared")
                .isEqualTo(Reply.parse("""
                        {"value": null, "notStated": {"requests": 1, "knownPart": 0}, "months": ["2016-05"],
                     "unexplained": null}\
                    """));
    }

    @Test
    void twentyRequestsInOneAnswerAndTwentyFiveInAnotherAreAConflict() {
        String organisation = server.newOrganisation("T_TWENTY");
        Telling twentyFive = Telling.toldToParliament("PQ48634", "requests_received", organisation, 25);
        recorded(twentyFive.of("2015-07", "2016-09", 20).told("FOI", "2016-0045678", "2016-11-30"));
        recorded(twentyFive.of("2016-01", "2016-03", 30).told("PRESS", "NEWS-17", "2017-01"));
        String last = recorded(twentyFive);
        auditor.get("/statements?waitFor=" + last + ":0");

        Reply conflicts = auditor.get("/statements/conflicts?organisation=" + organisation);

        assertThat(conflicts.at("/items/0/kind")).isEqualTo("SAME_PERIOD");
        assertThat(conflicts.at("/items/0/measure")).isEqualTo("requests_received");
        assertThat(conflicts.at("/items/0/unit")).isEqualTo("REQUESTS");
        assertThat(conflicts.at("/items/0/organisation")).isEqualTo(organisation);
        assertThat(conflicts.at("/items/0/statements/0/reference")).isEqualTo("2016-0045678");
        assertThat(conflicts.at("/items/0/statements/0/value")).isEqualTo("20");
        assertThat(conflicts.at("/items/0/statements/1/reference")).isEqualTo("PQ48634");
        assertThat(conflicts.at("/items/0/statements/1/from")).isEqualTo("2015-07");
        assertThat(conflicts.at("/items/0/statements/1/to")).isEqualTo("2016-09");
        assertThat(conflicts.at("/items/0/statements/1/value")).isEqualTo("25");
        assertThat(conflicts.at("/items/1/kind")).isEqualTo("PART_EXCEEDS_WHOLE");
        assertThat(conflicts.json().get("items")).hasSize(2);
        assertThat(conflicts.at("/next")).isEqualTo("null");

        Reply page = auditor.get("/statements/conflicts?limit=1&organisation=" + organisation);
        assertThat(page.json().get("items")).hasSize(1);
        Reply rest = auditor.get(
                "/statements/conflicts?limit=1&organisation=" + organisation + "&after=" + page.at("/next"));
        assertThat(rest.json().get("items").get(0))
                .isEqualTo(conflicts.json().get("items").get(1));
        assertThat(rest.at("/next")).isEqualTo("null");
        assertThat(auditor.get("/statements/conflicts?asToldOn=2016-11-29&organisation=" + organisation)
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(auditor.get("/statements/conflicts?measure=requests_withdrawn&organisation=" + organisation)
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void statementsAreLookedUpByWhatTheyAreAbout() {
        assertThat(ids("&period=2015-07/2016-09")).hasSize(11);
        assertThat(ids("&period=2016-09")).isEmpty();
        assertThat(ids("&channel=FOI")).containsExactly(freedomOfInformation);
        assertThat(ids("&reference=HCWS27")).isEmpty();
        assertThat(ids("&measure=requests_received")).hasSize(2);
        List<String> paged = new ArrayList<>();
        String after = "";
        do {
            Reply page = auditor.get("/statements?limit=3&organisation=" + ORGANISATION + after);
            page.json().get("items").forEach(item -> paged.add(item.get("id").stringValue()));
            after = page.at("/next").equals("null") ? "" : "&after=" + page.at("/next");
        } while (!after.isEmpty());
        assertThat(paged).isEqualTo(ids(""));
    }

    @Test
    void aStatementReadsBackAsItWasRecorded() {
        Reply read = auditor.get("/statements/" + first.get("requests_received"));

        assertThat(read.version()).isEqualTo("0");
        assertThat(read.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "channel",
                        "reference",
                        "body",
                        "toldOn",
                        "measure",
                        "subject",
                        "organisation",
                        "from",
                        "to",
                        "unit",
                        "backing",
                        "originalValue",
                        "value",
                        "currentValue",
                        "toldValue",
                        "toldAnewBy",
                        "corrections",
                        "stale",
                        "staleBecause",
                        "recipientsTold",
                        "annulment",
                        "ledger",
                        "sequence",
                        "position");
        assertThat(read.at("/backing"))
                .isEqualTo(
                        "{\"position\":null,\"wrongTelling\":false,\"source\":\"PARLIAMENT\",\"reference\":\"PQ48634\"}");
        assertThat(read.at("/toldOn")).isEqualTo("2016-10-27");
        assertThat(read.at("/stale")).isEqualTo("false");
        assertThat(read.json().get("position").isIntegralNumber()).isTrue();
    }
}
