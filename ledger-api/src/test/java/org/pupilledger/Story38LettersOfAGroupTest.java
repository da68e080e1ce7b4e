package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A letter that comes later is added to its group; one that is refused alone stays in it, and the rest goes on. */
@ExtendWith(SharedServer.class)
class Story38LettersOfAGroupTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story38LettersOfAGroupTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    private static String letter(String reference) {
        return "{\"reference\": \"" + reference + "\"}";
    }

    private static String refusal(String reference, String on) {
        return "{\"reference\": \"%s\", \"on\": \"%s\", \"reason\": \"AUTHORITY_MISSING\"}".formatted(reference, on);
    }

    private JsonNode requests(String organisation) {
        return recorder.get("/figures?from=2024-08&to=2024-08&organisation=" + organisation)
                .json()
                .at("/rows/0/requests");
    }

    @Test
    void oneLetterIsAddedAndAnotherRefusedAlone() {
        String organisation = server.newOrganisation("T_LETTERS_SPLIT");
        String first = TestServer.newReference();
        String later = TestServer.newReference();
        String request = "/requests/"
                + recorder.post("/requests", Sample.live(organisation, "2024-08-01", 7, first))
                        .id();

        assertThat(recorder.post(request + "/references", letter(later)).at("/references"))
                .isEqualTo("[\"" + first + "\",\"" + later + "\"]");
        assertThat(recorder.post(request + "/references", letter(later)).at("/sequence"))
                .as("told again")
                .isEqualTo("1");
        Reply refused = recorder.read(approver.post(request + "/reference-refusals", refusal(first, "2024-08-02")));
        assertThat(refused.json().get("references")).isEqualTo(Reply.parse("[\"" + later + "\"]"));
        assertThat(refused.json().get("refusedReferences"))
                .isEqualTo(Reply.parse("[" + refusal(first, "2024-08-02") + "]"));
        approver.post(request + "/decision", Sample.approval("2024-08-03"));
        recorder.post(request + "/match", Sample.match("2024-08-04", 2, 0));
        recorder.read(recorder.post(request + "/disclosure", Sample.disclosure("2024-08-05", 2, 2, "\"SCHOOL\"")));

        JsonNode row = requests(organisation);
        assertThat(row.at("/received").toString()).isEqualTo("2");
        assertThat(row.at("/refused").toString()).isEqualTo("1");
        assertThat(row.at("/approved").toString()).isEqualTo("1");
        assertThat(row.at("/ledToData").toString())
                .as("of one letter it is known")
                .isEqualTo("1");
        assertThat(recorder.get("/requests?reference=" + first).at("/items/0/id"))
                .isEqualTo(refused.at("/id"));
        assertThat(recorder.get("/requests?reference=" + later).at("/items/0/id"))
                .isEqualTo(refused.at("/id"));
        assertThat(recorder.get(request + "/timeline").text())
                .contains("One more reference was added", "was refused while the rest goes on: " + first);
    }

    @Test
    void aLetterBelongsToOneRequestAlsoWhereItIsRefused() {
        String organisation = server.newOrganisation("T_LETTERS_ONCE");
        String first = TestServer.newReference();
        String second = TestServer.newReference();
        String other = TestServer.newReference();
        String request = "/requests/"
                + recorder.post("/requests", Sample.live(organisation, "2024-08-01", 7, first))
                        .id();
        recorder.post("/requests", Sample.live(organisation, "2024-08-01", 7, other));

        assertThat(recorder.post(request + "/references", letter(other)).problem())
                .isEqualTo("409 duplicate-reference");
        recorder.post(request + "/references", letter(second));
        recorder.read(approver.post(request + "/reference-refusals", refusal(second, "2024-08-02")));
        assertThat(recorder.post("/requests", Sample.live(organisation, "2024-08-01", 7, second))
                        .problem())
                .isEqualTo("409 duplicate-reference");

        String both = "[\"" + first + "\", \"" + second + "\"]";
        Reply back = recorder.read(server.as("officer")
                .post(request + "/corrections", Sample.correction("references", "[\"" + first + "\"]", both)));
        assertThat(back.json().get("refusedReferences")).isEmpty();
        assertThat(requests(organisation).at("/open").toString()).isEqualTo("3");
        assertThat(requests(organisation).at("/refused").toString()).isEqualTo("0");
    }

    @Test
    void isRefusedWhereItCannotBe() {
        String organisation = server.newOrganisation("T_LETTERS_WRONG");
        String only = TestServer.newReference();
        String request = "/requests/"
                + recorder.post("/requests", Sample.live(organisation, "2024-08-01", 7, only))
                        .id();
        String refusals = request + "/reference-refusals";

        assertThat(recorder.post(request + "/references", "{}").problem())
                .isEqualTo("400 invalid-request | /reference required");
        assertThat(recorder.post(request + "/references", letter("1985-04-17")).status())
                .isEqualTo(422);
        assertThat(approver.post(refusals, "{}").problem())
                .isEqualTo("400 invalid-request | /reference required | /on required");
        assertThat(approver.post(refusals, refusal(only, "2024-08-02")).problem())
                .as("the last one is refused with the request")
                .isEqualTo("409 conflict");
        assertThat(approver.post(refusals, refusal(TestServer.newReference(), "2024-08-02"))
                        .problem())
                .isEqualTo("422 rule-broken | /reference unknown-code");
        assertThat(recorder.post(refusals, refusal(only, "2024-08-02")).problem())
                .isEqualTo("403 forbidden");
        approver.post(request + "/decision", Sample.approval("2024-08-03"));
        assertThat(recorder.post(request + "/references", letter(TestServer.newReference()))
                        .problem())
                .isEqualTo("409 conflict");
    }
}
