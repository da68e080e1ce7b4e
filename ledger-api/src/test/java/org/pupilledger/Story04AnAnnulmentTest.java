package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was recorded by mistake is taken back: it no longer counts, stays readable, and frees its references. */
@ExtendWith(SharedServer.class)
class Story04AnAnnulmentTest {
    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;

    Story04AnAnnulmentTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
    }

    @Test
    void subtractsEverythingAndFreesTheReferences() {
        String organisation = server.newOrganisation("T_ANNULLED");
        String reference = TestServer.newReference();
        String body = Sample.live(organisation, "2024-06", 12, reference);
        Reply kept = recorder.post("/requests", Sample.live(organisation, "2024-06", 3));
        recorder.read(kept);
        String before = figures(organisation);
        Reply mistaken = recorder.post("/requests", body);
        recorder.read(mistaken);
        assertThat(figures(organisation)).isNotEqualTo(before);

        Reply annulled = approver.post(
                "/requests/" + mistaken.id() + "/annulment", "{\"cause\": \"UNIT_ERROR\", \"authority\": \"HCWS272\"}");
        Reply read = recorder.read(annulled);

        assertThat(figures(organisation)).isEqualTo(before);
        assertThat(read.at("/status")).isEqualTo("ANNULLED");
        assertThat(read.at("/annulment")).isEqualTo("{\"cause\":\"UNIT_ERROR\",\"authority\":\"HCWS272\"}");
        assertThat(read.at("/references")).isEqualTo("[\"" + reference + "\"]");
        assertThat(read.at("/submitted/individuals")).isEqualTo("12");

        Reply again = recorder.post("/requests", body);
        recorder.read(again);
        assertThat(again.status()).isEqualTo(201);
        Reply both = recorder.get("/requests?reference=" + reference);
        assertThat(both.json()
                        .get("items")
                        .valueStream()
                        .map(item -> item.get("status").stringValue()))
                .containsExactly("ANNULLED", "RECEIVED");
    }

    @Test
    void leavesNoRowWhereNothingElseCounts() {
        String organisation = server.newOrganisation("T_EMPTIED");
        Reply request = recorder.post("/requests", Sample.live(organisation, "2024-06", 12));

        recorder.read(approver.post("/requests/" + request.id() + "/annulment", Sample.annulment()));

        assertThat(recorder.get("/figures?organisation=" + organisation).json().get("rows"))
                .isEmpty();
    }

    @Test
    void isTheLastStep() {
        Reply request = recorder.post("/requests", Sample.live("DWP", "2024-06", 12));
        String path = "/requests/" + request.id();
        assertThat(approver.post(path + "/annulment", Sample.annulment()).sequence())
                .isEqualTo(1);

        assertThat(approver.post(path + "/annulment", Sample.annulment()).sequence())
                .isEqualTo(1);
        assertThat(approver.post(path + "/annulment", "{\"cause\": \"RECOUNT\"}")
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(approver.post(path + "/decision", Sample.approval("2024-06")).problem())
                .isEqualTo("409 conflict");
        assertThat(recorder.post(path + "/withdrawal", Sample.on("2024-06")).problem())
                .isEqualTo("409 conflict");
        assertThat(approver.post(path + "/corrections", Sample.correction("submitted.individuals", "12", "13"))
                        .problem())
                .isEqualTo("409 conflict");
        assertThat(server.events(request.id())).isEqualTo(2);
    }

    private String figures(String organisation) {
        return recorder.get("/figures?organisation=" + organisation).at("/rows");
    }
}
