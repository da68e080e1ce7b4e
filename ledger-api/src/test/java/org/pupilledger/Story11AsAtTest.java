package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What did the ledger know, and when? */
@ExtendWith(SharedServer.class)
class Story11AsAtTest {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final TestServer server;
    private final Caller recorder;

    Story11AsAtTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    @Test
    void showsTheFiguresBeforeAndAfterAnEvent() throws Exception {
        String organisation = server.newOrganisation("T_AS_AT");
        String figures = "/figures?organisation=" + organisation;
        long first = position(recorder.post("/requests", Sample.live(organisation, "2024-07", 10)));
        Thread.sleep(20);
        Instant between = Instant.now();
        Thread.sleep(20);
        long second = position(recorder.post("/requests", Sample.live(organisation, "2024-07", 5)));

        assertThat(submitted(figures + "&atPosition=" + (first - 1))).isEqualTo("MISSING");
        assertThat(submitted(figures + "&atPosition=" + first)).isEqualTo("10");
        assertThat(submitted(figures + "&atPosition=" + (second - 1))).isEqualTo("10");
        assertThat(submitted(figures + "&atPosition=" + second)).isEqualTo("15");
        assertThat(submitted(figures + "&asAt=" + between)).isEqualTo("10");
        assertThat(submitted(figures + "&asAt=" + Instant.now())).isEqualTo("15");
        assertThat(submitted(figures + "&asAt=" + LocalDate.now(LONDON))).isEqualTo("15");
        assertThat(submitted(figures + "&asAt=" + LocalDate.now(LONDON).minusDays(2)))
                .isEqualTo("MISSING");
        assertThat(submitted(figures)).isEqualTo("15");
    }

    @Test
    void namesThePositionAndWhatWasAsked() {
        Reply atPosition = recorder.get("/figures?atPosition=0");
        Reply before = recorder.get("/figures?asAt=2000-01-01");

        assertThat(atPosition.at("/position")).isEqualTo("0");
        assertThat(atPosition.at("/asAt")).isEqualTo("null");
        assertThat(before.at("/position")).isEqualTo("null");
        assertThat(before.at("/asAt")).isEqualTo("2000-01-01");
        assertThat(before.json().get("rows")).isEmpty();
    }

    @Test
    void isTheSameAsTheRunningFiguresAtTheNewestPosition() {
        Reply now = recorder.get("/figures?by=quarter");
        Reply then = recorder.get("/figures?by=quarter&atPosition=" + now.at("/position"));

        assertThat(then.json()).isEqualTo(now.json());
    }

    @Test
    void isNotBeyondTheNewest() {
        assertThat(recorder.get("/figures?atPosition=999999999").problem())
                .isEqualTo("400 invalid-request | atPosition out-of-range");
        for (String bad : List.of("-1", "x", "", "1.0", "99999999999999999999")) {
            assertThat(recorder.get("/figures?atPosition=" + bad).problem())
                    .isEqualTo("400 invalid-request | atPosition malformed");
        }
        for (String bad : List.of("yesterday", "", "2024-02-30", "2024-07", "2024-07-01T00:00:00", "1720000000")) {
            assertThat(recorder.get("/figures?asAt=" + bad).problem())
                    .as(bad)
                    .isEqualTo("400 invalid-request | asAt malformed");
        }
        assertThat(recorder.get("/figures?asAt=2024-07-01&atPosition=1").problem())
                .isEqualTo("400 invalid-request | asAt malformed");
        assertThat(recorder.get("/figures?asAt=2024-07-01T00:00:00%2B01:00").status())
                .isEqualTo(200);
        assertThat(recorder.get("/figures?asAt=%2B999999999-12-31").status()).isNotEqualTo(500);
    }

    private long position(Reply change) {
        return Long.parseLong(recorder.read(change).at("/position"));
    }

    private String submitted(String query) {
        Reply reply = recorder.get(query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.at("/rows/0/individuals/submitted");
    }
}
