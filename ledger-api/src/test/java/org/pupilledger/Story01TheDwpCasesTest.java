package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** The published DWP cases, imported twice into an empty ledger, give the published figures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story01TheDwpCasesTest {
    private final TestServer server = TestServer.start();
    private final Caller analyst = server.as("auditor");
    private final String file = samples();
    private final JsonNode nothingYet = analyst.get("/figures").json();
    private final Reply first = server.as("recorder").importCsv(file);

    @BeforeAll
    void importAgain() {
        second = server.as("recorder").importCsv(file);
    }

    private Reply second = first;

    @AfterAll
    void stop() {
        server.close();
    }

    private static String samples() {
        try (InputStream samples = new ClassPathResource("samples/dwp-requests.csv").getInputStream()) {
            return new String(samples.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anEmptyLedgerHasNoRows() {
        assertThat(nothingYet.get("rows")).isEmpty();
        assertThat(nothingYet.get("from").isNull()).isTrue();
        assertThat(nothingYet.get("by").stringValue()).isEqualTo("month");
    }

    @Test
    void sixLinesAreRecorded() {
        assertThat(first.status()).isEqualTo(200);
        assertThat(outcomes(first))
                .containsExactly("2 recorded", "3 recorded", "4 recorded", "5 recorded", "6 recorded", "7 recorded");
        assertThat(List.of(first.at("/recorded"), first.at("/alreadyRecorded"), first.at("/refused")))
                .containsExactly("6", "0", "0");
    }

    @Test
    void theSecondTimeTheSameSixAreAlreadyRecorded() {
        assertThat(outcomes(second)).allMatch(line -> line.endsWith(" already-recorded"));
        assertThat(second.at("/alreadyRecorded")).isEqualTo("6");
        assertThat(ids(second)).isEqualTo(ids(first));
    }

    private static List<String> outcomes(Reply reply) {
        return reply.json()
                .get("lines")
                .valueStream()
                .map(line -> line.get("line") + " " + line.get("outcome").stringValue())
                .toList();
    }

    private static List<String> ids(Reply reply) {
        return reply.json()
                .get("lines")
                .valueStream()
                .map(line -> line.get("id").stringValue())
                .toList();
    }

    @Test
    void april2018IsOneRequestWithAYOnly() {
        Reply reply = analyst.get("/figures?from=2018-04&to=2018-06&by=quarter");

        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.json()).isEqualTo(Reply.parse("""
                {"from": "2018-04", "to": "2018-06", "by": "quarter", "position": %s, "asAt": null,
                 "rows": [{"period": "2018-Q2", "label": "Apr to Jun 2018", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                   "requests": {"received": 1, "approved": 1, "refused": 0, "withdrawn": 0, "open": 0, "answered": 1, "ledToData": 0},
                   "individuals": {"submitted": 185, "matched": 1, "ambiguous": 0, "unmatched": 184, "answered": 1, "returned": 0, "returnedByLevel": {}},
                   "notStated": {}, "returnLevels": {"MATCH_INDICATOR": 1}, "summary": "185 submitted, 1 matched, Y-only returned"}]}
                """.formatted(reply.at("/position"))));
    }

    /** Three letters, seven children, two of them found: nobody published how the letters did one by one. */
    @Test
    void august2023DoesNotSayThatThreeLettersLedToDataWithTwoChildren() {
        JsonNode row = analyst.get("/figures?from=2023-08&to=2023-08").json().at("/rows/0");

        assertThat(row).isEqualTo(Reply.parse("""
                {"period": "2023-08", "label": "Aug 2023", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                 "requests": {"received": 4, "approved": 4, "refused": 0, "withdrawn": 0, "open": 0, "answered": null, "ledToData": null},
                 "individuals": {"submitted": 8, "matched": 3, "ambiguous": 0, "unmatched": 5, "answered": 3, "returned": 3,
                                 "returnedByLevel": {"SCHOOL": 2, "ADDRESS_AND_SCHOOL": 1}},
                 "notStated": {"answeredRequests": {"requests": 3, "knownPart": 1}, "ledToData": {"requests": 3, "knownPart": 1},
                               "returnLevels": {"requests": 3, "knownPart": 1}},
                 "returnLevels": {"ADDRESS_AND_SCHOOL": 1},
                 "summary": "8 submitted, 3 matched, address and school returned for 1; school returned for 2"}
                """));
    }

    @Test
    void theQuartersOf2023AreAsPublished() {
        JsonNode rows = analyst.get("/figures?from=2023-01&to=2023-12&by=quarter")
                .json()
                .get("rows");

        assertThat(rows).isEqualTo(Reply.parse("""
                [{"period": "2023-Q2", "label": "Apr to Jun 2023", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                  "requests": {"received": 1, "approved": 1, "refused": 0, "withdrawn": 0, "open": 0, "answered": 1, "ledToData": 1},
                  "individuals": {"submitted": 12, "matched": null, "ambiguous": null, "unmatched": null, "answered": 12, "returned": 12,
                                  "returnedByLevel": {"RECORD_HELD": 12}},
                  "notStated": {"matched": {"requests": 1, "knownPart": 0}, "ambiguous": {"requests": 1, "knownPart": 0},
                                "unmatched": {"requests": 1, "knownPart": 0}},
                  "returnLevels": {"RECORD_HELD": 1},
                  "summary": "12 submitted, matched not stated, record held and date last collected returned for 12"},
                 {"period": "2023-Q3", "label": "Jul to Sep 2023", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                  "requests": {"received": 5, "approved": 5, "refused": 0, "withdrawn": 0, "open": 0, "answered": null, "ledToData": null},
                  "individuals": {"submitted": 9, "matched": 3, "ambiguous": 0, "unmatched": 6, "answered": 3, "returned": 3,
                                  "returnedByLevel": {"SCHOOL": 2, "ADDRESS_AND_SCHOOL": 1}},
                  "notStated": {"answeredRequests": {"requests": 3, "knownPart": 1}, "ledToData": {"requests": 3, "knownPart": 1},
                                "returnLevels": {"requests": 3, "knownPart": 2}},
                  "returnLevels": {"NOTHING": 1, "ADDRESS_AND_SCHOOL": 1},
                  "summary": "9 submitted, 3 matched, address and school returned for 1; school returned for 2"},
                 {"period": "2023-Q4", "label": "Oct to Dec 2023", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                  "requests": {"received": 1, "approved": 1, "refused": 0, "withdrawn": 0, "open": 0, "answered": 0, "ledToData": 0},
                  "individuals": {"submitted": 2, "matched": 0, "ambiguous": 0, "unmatched": 2, "answered": 0, "returned": 0, "returnedByLevel": {}},
                  "notStated": {}, "returnLevels": {"NOTHING": 1}, "summary": "2 submitted, 0 matched, nothing returned"}]
                """));
    }

    @Test
    void theYear2023HasAKnownPart() {
        JsonNode row =
                analyst.get("/figures?from=2023-01&to=2023-12&by=year").json().at("/rows/0");

        assertThat(row).isEqualTo(Reply.parse("""
                {"period": "2023", "label": "2023", "organisation": "DWP", "category": "OTHER_GOVERNMENT", "coverage": "NOT_DECLARED",
                 "requests": {"received": 7, "approved": 7, "refused": 0, "withdrawn": 0, "open": 0, "answered": null, "ledToData": null},
                 "individuals": {"submitted": 23, "matched": null, "ambiguous": null, "unmatched": null, "answered": 15, "returned": 15,
                                 "returnedByLevel": {"RECORD_HELD": 12, "SCHOOL": 2, "ADDRESS_AND_SCHOOL": 1}},
                 "notStated": {"answeredRequests": {"requests": 3, "knownPart": 2}, "ledToData": {"requests": 3, "knownPart": 2},
                               "matched": {"requests": 1, "knownPart": 3}, "ambiguous": {"requests": 1, "knownPart": 0},
                               "unmatched": {"requests": 1, "knownPart": 8}, "returnLevels": {"requests": 3, "knownPart": 4}},
                 "returnLevels": {"NOTHING": 2, "RECORD_HELD": 1, "ADDRESS_AND_SCHOOL": 1},
                 "summary": "23 submitted, matched not stated, address and school returned for 1; school returned for 2; record held and date last collected returned for 12"}
                """));
    }

    @Test
    void aTotalHasOneRowForAllMonths() {
        Reply reply = analyst.get("/figures?from=2018-04&to=2018-06&by=total");

        assertThat(reply.at("/rows/0/period")).isEqualTo("2018-04/2018-06");
        assertThat(reply.at("/rows/0/label")).isEqualTo("Apr 2018 to Jun 2018");
        assertThat(analyst.get("/figures?by=total").at("/rows/0/requests/received"))
                .isEqualTo("8");
    }

    @Test
    void theSameAsCsv() {
        Reply reply = analyst.get("/figures?from=2023-04&to=2023-06&by=quarter", "Accept", "text/csv");

        assertThat(reply.header("content-type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(reply.text().lines())
                .containsExactly(
                        "period,period_label,organisation,category,coverage,requests_received,requests_approved,requests_refused,"
                                + "requests_withdrawn,requests_open,requests_answered,requests_led_to_data,individuals_submitted,"
                                + "individuals_matched,individuals_ambiguous,individuals_unmatched,individuals_answered,"
                                + "individuals_returned,level_nothing,level_match_indicator,level_record_held,level_school,"
                                + "level_address,level_address_and_school,individuals_returned_record_held,"
                                + "individuals_returned_school,individuals_returned_address,"
                                + "individuals_returned_address_and_school,individuals_returned_level_not_stated,"
                                + "not_stated,summary",
                        "2023-Q2,Apr to Jun 2023,DWP,OTHER_GOVERNMENT,NOT_DECLARED,1,1,0,0,0,1,1,12,,,,12,12,0,0,1,0,0,0,12,0,0,0,0,"
                                + "matched;ambiguous;unmatched,"
                                + "\"12 submitted, matched not stated, record held and date last collected returned for 12\"");
    }

    @Test
    void threeLettersOfOneInvestigationAreOneRequestThatCountsAsThree() {
        Reply reply = analyst.get("/requests?reference=2023-0028898");

        assertThat(reply.json().get("items")).hasSize(1);
        assertThat(reply.at("/items/0/references")).isEqualTo("[\"2023-0028896\",\"2023-0028898\",\"2023-0028900\"]");
        assertThat(reply.at("/items/0/summary")).isEqualTo("7 submitted, 2 matched, school returned for 2");
        assertThat(analyst.get("/figures?from=2023-08&to=2023-08").at("/rows/0/requests/received"))
                .isEqualTo("4");
    }

    @Test
    void completeFillsThePeriodsBetween() {
        Reply reply = analyst.get("/figures?from=2018-01&to=2018-12&by=quarter&complete=true");

        assertThat(reply.json().get("rows").valueStream().map(row -> row.get("period") + " " + row.get("summary")))
                .containsExactly(
                        "\"2018-Q1\" \"not recorded\"",
                        "\"2018-Q2\" \"185 submitted, 1 matched, Y-only returned\"",
                        "\"2018-Q3\" \"not recorded\"",
                        "\"2018-Q4\" \"not recorded\"");
        assertThat(reply.at("/rows/0/individuals/submitted")).isEqualTo("null");
    }

    @Test
    void nobodyElseSeesWhatIsNotReleased() {
        assertThat(server.anonymous().get("/figures?by=year").json())
                .isEqualTo(
                        Reply.parse(
                                "{\"from\": null, \"to\": null, \"by\": \"year\", \"position\": null, \"asAt\": null, \"rows\": []}"));
    }
}
