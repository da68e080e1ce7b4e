package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.live;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has just changed something can read it back at once, wherever it shows. */
@ExtendWith(SharedServer.class)
class Story08WaitingTest {
    private static final int TRIES = 20;
    private static final String NOBODYS_ID = "00000000-0000-4000-8000-000000000000";

    private final TestServer server;
    private final Caller recorder;

    Story08WaitingTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    @Test
    void readsWhatWasJustWritten() {
        String organisation = server.newOrganisation("T_WAITING");
        for (int i = 1; i <= TRIES; i++) {
            Reply request = recorder.post("/requests", live(organisation, "2024-07", 1));
            String waitFor = "waitFor=" + request.id() + ":" + request.sequence();

            assertThat(recorder.get("/figures?organisation=" + organisation + "&" + waitFor)
                            .at("/rows/0/requests/received"))
                    .isEqualTo(Integer.toString(i));
            assertThat(recorder.get("/requests/" + request.id() + "?" + waitFor).status())
                    .isEqualTo(200);
            assertThat(recorder.get("/requests?organisation=" + organisation + "&" + waitFor)
                            .json()
                            .get("items"))
                    .hasSize(i);
        }
    }

    @Test
    void readsAnOrganisationThatWasJustAdded() {
        Reply added = server.as("admin")
                .put("/organisations/T_JUST_NOW", "{\"name\": \"Just now\", \"category\": \"OTHER\"}");

        assertThat(added.header("ledger-sequence")).isEqualTo("0");
        assertThat(recorder.get("/organisations/T_JUST_NOW?waitFor=T_JUST_NOW:0")
                        .at("/name"))
                .isEqualTo("Just now");
    }

    @Test
    void givesUpOnAnEventThatDoesNotCome() {
        long started = System.nanoTime();

        Reply reply = recorder.get("/figures?waitFor=" + NOBODYS_ID + ":0");

        assertThat(reply.problem()).isEqualTo("503 not-sealed-yet");
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat((System.nanoTime() - started) / 1e9).isBetween(4.5, 10.0);
    }

    @Test
    void isAskedForByIdAndSequence() {
        for (String bad :
                List.of("", "x", NOBODYS_ID, NOBODYS_ID + ":", NOBODYS_ID + ":-1", NOBODYS_ID + ":9999999999")) {
            assertThat(recorder.get("/figures?waitFor=" + bad).problem())
                    .as("%s", bad)
                    .isEqualTo("400 invalid-request | waitFor malformed");
        }
    }

    @Test
    void isNotForCallersWhoMayNotKnowWhichEventsThereAre() {
        assertThat(server.anonymous()
                        .get("/figures?waitFor=" + NOBODYS_ID + ":0")
                        .status())
                .isEqualTo(200);
    }
}
