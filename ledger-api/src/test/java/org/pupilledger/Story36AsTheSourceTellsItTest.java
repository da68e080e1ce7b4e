package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a source says of a request is kept as it says it: people by what was told of them, letters one by one, why not. */
@ExtendWith(SharedServer.class)
class Story36AsTheSourceTellsItTest {
    private static final String WITH_WHY = ", \"purpose\": \"OTHER\", \"gateway\": \"OTHER\"";

    private final TestServer server;
    private final Caller recorder;

    Story36AsTheSourceTellsItTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    /** @param told members of it besides, after a comma */
    private Reply post(String organisation, String individuals, String told) {
        return recorder.post("/requests", """
                {"organisation": "%s", "received": "2018-04", "submitted": {"individuals": %s},
                 "historic": {"source": "FOI_ANSWER"}%s}
                """.formatted(organisation, individuals, told));
    }

    private Reply recorded(String organisation, String individuals, String told) {
        Reply reply = post(organisation, individuals, told);
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return recorder.read(reply);
    }

    private JsonNode row(String organisation) {
        return recorder.get("/figures?from=2018-04&to=2018-04&organisation=" + organisation)
                .json()
                .at("/rows/0");
    }

    private static String answer(String disclosure) {
        return WITH_WHY + ", \"match\": {\"matched\": 61, \"ambiguous\": 0}, \"disclosure\": {\"answered\": 61, "
                + disclosure + "}";
    }

    @Test
    void peopleAreToldByWhatWasReturnedAboutThem() {
        String organisation = server.newOrganisation("T_RETURNS");
        String returns = answer("""
                "returned": 61, "items": ["ADDRESS", "SCHOOL"],
                "returns": [{"individuals": %d, "items": ["ADDRESS", "SCHOOL"]}, {"individuals": 21, "items": ["SCHOOL"]}]""");

        assertThat(post(organisation, "61", returns.formatted(39)).problem())
                .isEqualTo("422 rule-broken | /disclosure/returns counts-do-not-add");
        Reply recorded = recorded(organisation, "61", returns.formatted(40));

        assertThat(recorded.at("/disclosure/returns/1/individuals")).isEqualTo("21");
        assertThat(recorded.at("/returnLevel")).isEqualTo("ADDRESS_AND_SCHOOL");
        assertThat(recorded.at("/summary"))
                .isEqualTo("61 submitted, 61 matched, address and school returned for 40; school returned for 21");
        assertThat(row(organisation).at("/individuals/returnedByLevel"))
                .isEqualTo(Reply.parse("{\"SCHOOL\": 21, \"ADDRESS_AND_SCHOOL\": 40}"));
        assertThat(row(organisation).get("returnLevels"))
                .as("one request, at the highest")
                .isEqualTo(Reply.parse("{\"ADDRESS_AND_SCHOOL\": 1}"));
    }

    /** Of the same three letters about seven children, had it been published how they did one by one. */
    @Test
    void aGroupCountsAsItsReferencesAreTold() {
        String organisation = server.newOrganisation("T_LETTERS");
        String[] letters = {TestServer.newReference(), TestServer.newReference(), TestServer.newReference()};
        String told = ", \"references\": [\"%s\", \"%s\", \"%s\"]".formatted((Object[]) letters) + WITH_WHY + """
                , "match": {"matched": 2, "ambiguous": 0},
                "disclosure": {"answered": 2, "returned": 2, "items": ["SCHOOL"], "references": [
                  {"reference": "%s", "answered": 2, "returned": 2, "items": ["SCHOOL"]},
                  {"reference": "%s", "answered": 0, "returned": 0, "items": []}%s]}""";
        String third = ", {\"reference\": \"" + letters[2] + "\", \"answered\": 0, \"returned\": 0, \"items\": []}";

        assertThat(post(organisation, "7", told.formatted(letters[0], letters[1], ""))
                        .problem())
                .isEqualTo("422 rule-broken | /disclosure/references counts-do-not-add");
        Reply recorded = recorded(organisation, "7", told.formatted(letters[0], letters[1], third));

        assertThat(recorded.at("/disclosure/references/0/reference")).isEqualTo(letters[0]);
        assertThat(row(organisation).get("requests"))
                .isEqualTo(
                        Reply.parse("{\"received\": 3, \"approved\": 3, \"refused\": 0, \"withdrawn\": 0, \"open\": 0,"
                                + " \"answered\": 1, \"ledToData\": 1}"));
        assertThat(row(organisation).get("returnLevels")).isEqualTo(Reply.parse("{\"NOTHING\": 2, \"SCHOOL\": 1}"));
        assertThat(row(organisation).get("notStated")).isEqualTo(Reply.parse("{}"));
    }

    @ParameterizedTest
    @CsvSource({
        "T_ALL_BUT_SUBMITTED, null, 531,  0,    1930, 2461 531 0 1930",
        "T_ALL_BUT_MATCHED,   2461, null, 0,    1930, 2461 531 0 1930",
        "T_ALL_BUT_AMBIGUOUS, 2462, 520,  null, 1942, 2462 520 0 1942",
        "T_ALL_BUT_UNMATCHED, 2461, 531,  0,    null, 2461 531 0 1930",
        "T_ALL_FOUR,          2461, 531,  0,    1930, 2461 531 0 1930",
        "T_UNMATCHED_ALONE,   2461, null, null, 1930, 2461 null null 1930"
    })
    void whicheverOfTheFourIsMissingFollowsFromTheOtherThreeAndFromNoLess(
            String organisation,
            String submitted,
            String matched,
            String ambiguous,
            String unmatched,
            String expected) {
        server.newOrganisation(organisation);
        recorded(
                organisation,
                submitted,
                WITH_WHY
                        + ", \"match\": {\"matched\": %s, \"ambiguous\": %s, \"unmatched\": %s}"
                                .formatted(matched, ambiguous, unmatched));

        JsonNode people = row(organisation).get("individuals");
        assertThat(people.get("submitted") + " " + people.get("matched") + " " + people.get("ambiguous") + " "
                        + people.get("unmatched"))
                .isEqualTo(expected);
    }

    /** What Parliament was told in 2016 and what corrected it do not add up with each other. */
    @Test
    void numbersThatContradictEachOtherAreRefused() {
        assertThat(post(
                                "DWP",
                                "2462",
                                WITH_WHY + ", \"match\": {\"matched\": 531, \"ambiguous\": 0, \"unmatched\": 1930}")
                        .problem())
                .isEqualTo("422 rule-broken | /match/unmatched counts-do-not-add");
    }

    @Test
    void aDecisionThatNoSourceTellsIsNotStated() {
        String organisation = server.newOrganisation("T_NO_DECISION");
        Reply silent = recorded(organisation, "5", "");

        assertThat(silent.at("/summary")).isEqualTo("5 submitted, outcome not stated");
        assertThat(row(organisation).get("requests"))
                .isEqualTo(Reply.parse("{\"received\": 1, \"approved\": null, \"refused\": null, \"withdrawn\": null,"
                        + " \"open\": null, \"answered\": null, \"ledToData\": null}"));
        recorder.read(recorder.post("/requests/" + silent.id() + "/match", "{\"matched\": 1, \"ambiguous\": 0}"));
        assertThat(row(organisation).at("/requests/approved").toString())
                .as("one that was matched was approved")
                .isEqualTo("1");
    }

    @Test
    void aRequestMayHaveNoPurposeOrSeveralAndNoGateway() {
        Reply none = recorded("DWP", "5", "");
        assertThat(none.at("/purposes")).isEqualTo("[]");
        assertThat(none.at("/gateway")).isEqualTo("null");

        Reply several = recorded("DWP", "5", ", \"purposes\": [\"MISSING_CHILD\", \"BENEFIT_FRAUD\"]");
        assertThat(several.at("/purposes")).isEqualTo("[\"MISSING_CHILD\",\"BENEFIT_FRAUD\"]");
        for (String purpose : new String[] {"MISSING_CHILD", "BENEFIT_FRAUD"}) {
            assertThat(recorder.get("/requests?organisation=DWP&received=2018-04&limit=500&purpose=" + purpose)
                            .text())
                    .contains(several.id())
                    .doesNotContain(none.id());
        }

        assertThat(post("DWP", "5", ", \"purpose\": \"OTHER\", \"purposes\": [\"OTHER\"]")
                        .problem())
                .startsWith("400 invalid-request | /purpose");
        assertThat(post("DWP", "5", ", \"purposes\": [\"OTHER\", \"OTHER\"]").status())
                .isEqualTo(400);
        assertThat(recorder.post(
                                "/requests",
                                Sample.live("DWP", "2024-07-01", 5).replace("\"gateway\": \"DWP-FUNC\", ", ""))
                        .problem())
                .as("a live one has all of it")
                .isEqualTo("400 invalid-request | /gateway required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DPA98-S29", "EIPI09", "CPIYC09", "AP07", "ASCLA09", "ESA08", "ESI15", "CA89", "SW07", "HERA17"})
    void powersThatThePolicyPageNamesHaveCodes(String gateway) {
        Reply recorded = recorded("DWP", "5", ", \"gateway\": \"" + gateway + "\"");

        assertThat(recorded.at("/gateway")).isEqualTo(gateway);
        assertThat(recorder.get("/requests?limit=500&gateway=" + gateway).text())
                .contains(recorded.id());
    }

    @Test
    void whatASourceDoesNotTellIsNotStatedAndNotNone() {
        String organisation = server.newOrganisation("T_SILENT_SOURCE");
        Reply figures = recorder.get("/figures?organisation=" + organisation + "&by=total&waitFor="
                + recorded(organisation, "5", "").id() + ":0");

        assertThat(figures.at("/rows/0/individuals/submitted")).isEqualTo("5");
        for (String measure : new String[] {"matched", "ambiguous", "unmatched", "answered", "returned"}) {
            assertThat(figures.json().at("/rows/0/individuals/" + measure).isNull())
                    .as(measure)
                    .isTrue();
        }
        assertThat(figures.json().at("/rows/0/requests/ledToData").isNull()).isTrue();
    }

    @Test
    void aNilReturnSaysWhy() {
        String nil = WITH_WHY
                + ", \"match\": {\"matched\": %d, \"ambiguous\": 0}, \"disclosure\":"
                + " {\"answered\": %1$d, \"returned\": %1$d, \"items\": [%s], \"nil\": \"%s\"}";

        for (String why : new String[] {"NO_MATCH", "NOT_HELD"}) {
            assertThat(recorded("DWP", "5", nil.formatted(0, "", why)).at("/disclosure/nil"))
                    .isEqualTo(why);
        }
        assertThat(post("DWP", "5", nil.formatted(2, "\"SCHOOL\"", "NO_MATCH")).problem())
                .isEqualTo("422 rule-broken | /disclosure/nil counts-do-not-add");
        String found = WITH_WHY
                + ", \"match\": {\"matched\": 2, \"ambiguous\": 0}, \"disclosure\":"
                + " {\"answered\": 2, \"returned\": 0, \"items\": [], \"nil\": \"%s\"}";
        assertThat(post("DWP", "5", found.formatted("NO_MATCH")).problem())
                .isEqualTo("422 rule-broken | /disclosure/nil counts-do-not-add");
        assertThat(recorded("DWP", "5", found.formatted("NOT_HELD")).at("/disclosure/nil"))
                .isEqualTo("NOT_HELD");
        assertThat(post("DWP", "5", nil.formatted(0, "", "LOST")).problem())
                .isEqualTo("422 rule-broken | /disclosure/nil unknown-code");
    }

    @Test
    void aPartOfTheOrganisationAsksAndACourtGetsTheAnswer() {
        String unit = server.newOrganisation("T_FRAUD_UNIT");
        String court = server.newOrganisation("T_CROWN_COURT");

        Reply recorded = recorded("DWP", "5", ", \"unit\": \"%s\", \"recipient\": \"%s\"".formatted(unit, court));

        assertThat(recorded.at("/unit") + " " + recorded.at("/recipient")).isEqualTo("T_FRAUD_UNIT T_CROWN_COURT");
        assertThat(recorded.at("/organisation")).as("which has the figures").isEqualTo("DWP");
        assertThat(post("DWP", "5", ", \"unit\": \"NOBODY\", \"recipient\": \"NOBODY\"")
                        .problem())
                .isEqualTo("422 rule-broken | /unit unknown-code | /recipient unknown-code");
        recorder.read(server.as("approver")
                .post(
                        "/requests/" + recorded.id() + "/corrections",
                        Sample.correction("recipient", "\"T_CROWN_COURT\"", "null")));
        assertThat(recorder.get("/requests/" + recorded.id()).at("/recipient")).isEqualTo("null");
    }
}
