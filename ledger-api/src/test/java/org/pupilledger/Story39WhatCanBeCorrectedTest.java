package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever reads back can be corrected: an answer in its parts, and a source with the day on which it was published. */
@ExtendWith(SharedServer.class)
class Story39WhatCanBeCorrectedTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller officer;

    Story39WhatCanBeCorrectedTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.officer = server.as("officer");
    }

    private static String changes(String... changes) {
        return "{\"changes\": [" + String.join(", ", changes) + "], \"cause\": \"RECOUNT\"}";
    }

    private static String change(String field, String was, String now) {
        return "{\"field\": \"%s\", \"was\": %s, \"now\": %s}".formatted(field, was, now);
    }

    /** Of letters in one request, which were answered: 3 people, with school and address. */
    private String answered(String organisation, String... letters) {
        String request = "/requests/"
                + recorder.post(
                                "/requests",
                                Sample.live(
                                        server.newOrganisation(organisation),
                                        "2024-07-01",
                                        7,
                                        String.join("\", \"", letters)))
                        .id();
        approver.post(request + "/decision", Sample.approval("2024-07-02"));
        recorder.post(request + "/match", Sample.match("2024-07-03", 5, 0));
        recorder.post(request + "/disclosure", Sample.disclosure("2024-07-04", 3, 3, "\"SCHOOL\", \"ADDRESS\""));
        return request;
    }

    private static String part(int individuals, String items) {
        return "{\"individuals\": " + individuals + ", \"items\": [" + items + "]}";
    }

    @Test
    void theReturnsOfAnAnswerAreToldLaterAndCorrected() {
        String request = answered("T_RETURNS_LATER", TestServer.newReference()) + "/corrections";
        String two = "[" + part(2, "\"SCHOOL\"") + ", " + part(1, "\"ADDRESS\", \"SCHOOL\"") + "]";
        String one = "[" + part(1, "\"SCHOOL\"") + ", " + part(2, "\"SCHOOL\", \"ADDRESS\"") + "]";

        assertThat(approver.post(
                                request,
                                changes(change("disclosure.returns", "null", "[" + part(2, "\"SCHOOL\"") + "]")))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now counts-do-not-add");
        Reply told = approver.post(request, changes(change("disclosure.returns", "null", two)));
        assertThat(told.json().at("/disclosure/returns")).isEqualTo(Reply.parse(two));

        Reply again = approver.post(request, changes(change("disclosure.returns", two, one)));
        assertThat(again.problem()).as("four eyes").isEqualTo("422 rule-broken | /changes/0/field same-officer");
        Reply stale = officer.post(request, changes(change("disclosure.returns", one, two)));
        assertThat(stale.problem()).isEqualTo("409 conflict");

        String asItReads = told.json().at("/disclosure/returns").toString();
        Reply corrected = officer.post(request, changes(change("disclosure.returns", asItReads, one)));
        assertThat(corrected.json().at("/disclosure/returns")).isEqualTo(Reply.parse(one));
        assertThat(corrected.json().at("/corrections/1/was")).isEqualTo(Reply.parse(two));
        assertThat(recorder.read(corrected).at("/summary"))
                .isEqualTo("7 submitted, 5 matched, address and school returned for 2; school returned for 1");
    }

    /** None of the three can be right without the others. */
    @Test
    void whatBelongsTogetherIsCorrectedTogether() {
        String request = answered("T_TOGETHER", TestServer.newReference()) + "/corrections";
        String parts = "[" + part(2, "\"SCHOOL\"") + ", " + part(1, "\"ADDRESS\"") + "]";
        approver.post(request, changes(change("disclosure.returns", "null", parts)));
        String fewer = change("disclosure.returned", "3", "2");
        String items = change("disclosure.items", "[\"ADDRESS\", \"SCHOOL\"]", "[\"SCHOOL\"]");
        String returns = change("disclosure.returns", parts, "[" + part(2, "\"SCHOOL\"") + "]");

        assertThat(officer.post(request, changes(fewer, items)).problem())
                .isEqualTo("422 rule-broken | /changes counts-do-not-add");
        Reply corrected = officer.post(request, changes(fewer, items, returns));

        assertThat(corrected.json().get("disclosure")).isEqualTo(Reply.parse("""
                {"on": "2024-07-04", "answered": 3, "returned": 2, "items": ["SCHOOL"],
                 "returns": [{"individuals": 2, "items": ["SCHOOL"]}], "references": null, "nil": null}
                """));
    }

    @Test
    void whatBecameOfEachLetterIsToldLaterAndCorrected() {
        String organisation = "T_LETTERS_LATER";
        String first = TestServer.newReference();
        String second = TestServer.newReference();
        String request = answered(organisation, first, second) + "/corrections";
        String letter = "{\"reference\": \"%s\", \"answered\": %d, \"returned\": %d, \"items\": [%s]}";
        String all = letter.formatted(first, 3, 3, "\"SCHOOL\", \"ADDRESS\"");
        String nothing = letter.formatted(second, 0, 0, "");
        String told = "[" + all + ", " + nothing + "]";

        assertThat(approver.post(request, changes(change("disclosure.references", "null", "[" + all + "]")))
                        .problem())
                .isEqualTo("422 rule-broken | /changes/0/now counts-do-not-add");
        recorder.read(approver.post(request, changes(change("disclosure.references", "null", told))));
        assertThat(recorder.get("/figures?from=2024-07&to=2024-07&organisation=" + organisation)
                        .json()
                        .at("/rows/0/requests/ledToData")
                        .toString())
                .isEqualTo("1");
        Reply untold = officer.post(request, changes(change("disclosure.references", told, "null")));
        assertThat(untold.at("/disclosure/references")).isEqualTo("null");
    }

    @Test
    void anAnswerInPartsIsReadAndGuardedAsInTheFirst() {
        String request = answered("T_PARTS_GUARDED", TestServer.newReference()) + "/corrections";
        String returns = "disclosure.returns";
        String references = "disclosure.references";
        String identity = "[{\"reference\": \"QQ654321B\", \"answered\": 3, \"returned\": 3, \"items\": [\"SCHOOL\"]}]";

        assertThat(problem(request, references, identity))
                .isEqualTo("422 personal-data | /changes/0/now/0/reference national-insurance-number");
        assertThat(problem(request, returns, "[{\"individuals\": 3, \"items\": [\"QQ654321B\"]}]"))
                .isEqualTo("422 personal-data | /changes/0/now/0/items/0 national-insurance-number");
        assertThat(problem(request, returns, "[{\"individuals\": 3, \"people\": 3, \"items\": [\"SCHOOL\"]}]"))
                .isEqualTo("400 invalid-request | /changes/0/now/0 unknown-property");
        assertThat(problem(request, returns, "[{\"individuals\": \"3\", \"items\": [\"SCHOOL\"]}]"))
                .isEqualTo("400 invalid-request | /changes/0/now/0/individuals wrong-type");
        assertThat(problem(request, returns, "[" + part(3, "\"SHOE_SIZE\"") + "]"))
                .isEqualTo("422 rule-broken | /changes/0/now unknown-code");
        for (String wrong : new String[] {"[{\"individuals\": 3}]", "[\"SCHOOL\"]", "3", "\"SCHOOL\""}) {
            assertThat(problem(request, returns, wrong)).isEqualTo("400 invalid-request | /changes/0/now malformed");
        }
        assertThat(problem(request, returns, "{\"individuals\": 3, \"items\": [\"SCHOOL\"]}"))
                .isEqualTo("400 invalid-request | /changes/0/now wrong-type");
        assertThat(problem(request, "disclosure.items", "[" + part(3, "\"SCHOOL\"") + "]"))
                .isEqualTo("400 invalid-request | /changes/0/now malformed");
    }

    private String problem(String request, String field, String now) {
        return approver.post(request, changes(change(field, "null", now))).problem();
    }

    private Reply published(String reference, String published) {
        return recorder.post("/requests", """
                {"organisation": "DWP", "received": "2011-03", "submitted": {"individuals": 1},
                 "historic": {"source": "FOI_ANSWER", "reference": "%s", "published": "%s"}}
                """.formatted(reference, published));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    private static String ofSource(String was, String now) {
        return change("historic.reference", quoted(was), quoted(now));
    }

    private static String ofDay(String was, String now) {
        return change("historic.published", quoted(was), quoted(now));
    }

    private String recordedUnder(String reference, String published) {
        Reply recorded = published(reference, published);
        assertThat(recorded.status()).as("%s", recorded).isEqualTo(201);
        return "/requests/" + recorded.id() + "/corrections";
    }

    @Test
    void aDayInAReferenceIsCorrectedAwayOrWithTheDayBesideIt() {
        Reply other = approver.post(
                recordedUnder("FOI-2024-02-05", "2024-02-05"), changes(ofSource("FOI-2024-02-05", "FOI-2024-0000009")));
        assertThat(other.at("/historic/reference")).isEqualTo("FOI-2024-0000009");

        Reply both = approver.post(
                recordedUnder("FOI-2024-02-05", "2024-02-05"),
                changes(ofDay("2024-02-05", "2024-02-06"), ofSource("FOI-2024-02-05", "FOI-2024-02-06")));
        assertThat(both.at("/historic/reference") + " " + both.at("/historic/published"))
                .isEqualTo("FOI-2024-02-06 2024-02-06");

        Reply run = approver.post(
                recordedUnder("FOI-20240205", "2024-02-05"),
                changes(ofSource("FOI-20240205", "FOI-20240206"), ofDay("2024-02-05", "2024-02-06")));
        assertThat(run.at("/historic/reference")).isEqualTo("FOI-20240206");
    }

    /** A date of birth could pass in two steps, were only what changes looked at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FOI-2011-03-04 | 2011-03-04 | published | 2024-02-05     | /changes/0/now
            FOI-2011-03-04 | 2011-03-04 | published | 2011-03        | /changes/0/now
            FOI-2011-0004  | 2011-03-04 | reference | FOI-2011-03-05 | /changes/0/now
            FOI-2011-0004  | 2011-03    | reference | FOI-2011-03-04 | /changes/0/now
            """)
    void aDayThatIsNotTheOneBesideItIsRefused(
            String reference, String published, String field, String now, String pointer) {
        String request = recordedUnder(reference, published);
        String was = field.equals("published") ? published : reference;

        assertThat(approver.post(request, changes(change("historic." + field, quoted(was), quoted(now))))
                        .problem())
                .isEqualTo("422 personal-data | " + pointer + " date-of-birth");
        assertThat(approver.post(
                                request,
                                changes(
                                        change("historic.source", "\"FOI_ANSWER\"", "\"PARLIAMENT\""),
                                        ofDay(published, "2024-02-07"),
                                        ofSource(reference, "FOI-2024-02-06")))
                        .problem())
                .isEqualTo("422 personal-data | /changes/2/now date-of-birth");
    }

    @Test
    void whatWasNotThereIsAConflictAndNothingOfItIsTold() {
        String request = recordedUnder("FOI-2011-0004", "2011-03-04");

        Reply refused = approver.post(request, changes(ofSource("FOI-2009-03-14", "FOI-2011-0005")));

        assertThat(refused.problem()).isEqualTo("409 conflict");
        assertThat(refused.toString()).doesNotContain("2009-03-14");
    }
}
