package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Some are answered now and others later: the second answer is added to the first, and nobody corrects anything. */
@ExtendWith(SharedServer.class)
class Story37AnAnswerInTwoPartsTest {
    private final TestServer server;
    private final Caller recorder;

    Story37AnAnswerInTwoPartsTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    private JsonNode row(String organisation) {
        return recorder.get("/figures?from=2024-07&to=2024-07&organisation=" + organisation)
                .json()
                .at("/rows/0");
    }

    private String matched(String organisation) {
        String request = "/requests/"
                + recorder.post("/requests", Sample.live(organisation, "2024-07-01", 61))
                        .id();
        server.as("approver").post(request + "/decision", Sample.approval("2024-07-02"));
        recorder.post(request + "/match", Sample.match("2024-07-03", 61, 0));
        return request;
    }

    @Test
    void theSecondAnswerIsAddedToTheFirst() {
        String organisation = server.newOrganisation("T_LATER");
        String request = matched(organisation);
        String later = Sample.disclosure("2024-07-20", 40, 40, "\"ADDRESS\", \"SCHOOL\"");
        assertThat(recorder.post(request + "/further-disclosures", later).problem())
                .as("there is no first")
                .isEqualTo("409 conflict");
        recorder.post(request + "/disclosure", Sample.disclosure("2024-07-04", 21, 21, "\"SCHOOL\""));

        Reply both = recorder.read(recorder.post(request + "/further-disclosures", later));

        assertThat(both.json().get("disclosure")).isEqualTo(Reply.parse("""
                        {"on": "2024-07-20", "answered": 61, "returned": 61, "items": ["SCHOOL", "ADDRESS"],
                         "returns": [{"individuals": 21, "items": ["SCHOOL"]},
                                     {"individuals": 40, "items": ["ADDRESS", "SCHOOL"]}],
                         "references": null, "nil": null}
                        """));
        assertThat(both.at("/status") + " " + both.at("/returnLevel")).isEqualTo("ANSWERED ADDRESS_AND_SCHOOL");
        assertThat(row(organisation).at("/individuals/returnedByLevel"))
                .isEqualTo(Reply.parse("{\"SCHOOL\": 21, \"ADDRESS_AND_SCHOOL\": 40}"));
        assertThat(row(organisation).at("/requests/ledToData").toString()).isEqualTo("1");
        assertThat(recorder.get(request + "/timeline").text())
                .contains("data were returned about 21", "data were returned about 40 people more");
    }

    @Test
    void isRefusedWhereTheWholeCouldNotBe() {
        String request = matched(server.newOrganisation("T_LATER_WRONG"));
        recorder.post(request + "/disclosure", Sample.disclosure("2024-07-04", 41, 41, "\"SCHOOL\""));
        String further = request + "/further-disclosures";

        assertThat(recorder.post(further, Sample.disclosure("2024-07-20", 20, 21, "\"SCHOOL\""))
                        .problem())
                .isEqualTo(
                        "422 rule-broken | /returned returned-exceeds-answered | /returned returned-exceeds-matched");
        assertThat(recorder.post(further, Sample.disclosure("2024-07-03", 1, 1, "\"SCHOOL\""))
                        .problem())
                .isEqualTo("422 rule-broken | /on dates-out-of-order");
        assertThat(recorder.post(further, Sample.disclosure("2024-07-20", 1, 0, "\"SCHOOL\""))
                        .problem())
                .isEqualTo("422 rule-broken | /items counts-do-not-add");
        assertThat(recorder.post(
                                further, "{\"on\": \"2024-07-20\", \"answered\": null, \"returned\": 1, \"items\": []}")
                        .status())
                .isEqualTo(422);
        assertThat(server.as("approver")
                        .post(further, Sample.disclosure("2024-07-20", 1, 1, "\"SCHOOL\""))
                        .problem())
                .isEqualTo("403 forbidden");
    }

    private static String nothing(String on, String nil) {
        return "{\"on\": \"%s\", \"answered\": 2, \"returned\": 0, \"items\": [], \"nil\": \"%s\"}".formatted(on, nil);
    }

    @Test
    void whyNothingWasReturnedIsRefusedWhereAnythingWasAndKeptElsewhere() {
        String request = matched(server.newOrganisation("T_LATER_NIL"));
        String further = request + "/further-disclosures";
        recorder.post(request + "/disclosure", Sample.disclosure("2024-07-04", 2, 0, ""));

        Reply found = recorder.post(further, nothing("2024-07-20", "NO_MATCH"));
        assertThat(found.problem()).isEqualTo("422 rule-broken | /nil counts-do-not-add");
        assertThat(found.at("/errors/0/detail"))
                .isEqualTo("NO_MATCH says that nobody was found, and somebody was matched.");
        assertThat(recorder.post(further, nothing("2024-07-20", "NOT_HELD")).at("/disclosure/nil"))
                .isEqualTo("NOT_HELD");

        assertThat(recorder.post(further, Sample.disclosure("2024-07-21", 2, 1, "\"SCHOOL\""))
                        .at("/disclosure/nil"))
                .isEqualTo("null");
        assertThat(recorder.post(further, nothing("2024-07-22", "NOT_HELD")).problem())
                .as("something was returned before")
                .isEqualTo("422 rule-broken | /nil counts-do-not-add");
    }

    @Test
    void theSameToldAgainIsNothingNewAndAfterTheFileIsDestroyedNothingIs() {
        String request = matched(server.newOrganisation("T_LATER_TWICE"));
        String further = request + "/further-disclosures";
        recorder.post(request + "/disclosure", Sample.disclosure("2024-07-04", 21, 21, "\"SCHOOL\""));
        String later = Sample.disclosure("2024-07-20", 20, 20, "\"SCHOOL\"");

        assertThat(recorder.post(further, later).at("/sequence")).isEqualTo("4");
        assertThat(recorder.post(further, later).at("/sequence")).isEqualTo("4");
        assertThat(recorder.post(further, Sample.disclosure("2024-07-21", 20, 20, "\"SCHOOL\""))
                        .at("/disclosure/returned"))
                .isEqualTo("61");
        recorder.post(request + "/destruction", Sample.destruction("2024-07-22"));
        assertThat(recorder.post(further, Sample.disclosure("2024-07-23", 0, 0, ""))
                        .problem())
                .isEqualTo("409 conflict");
    }
}
