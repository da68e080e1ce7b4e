package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.correction;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.Program.Result;
import tools.jackson.databind.JsonNode;

/** Which cell changed, what was it, what is it now, and what explains it? */
@ExtendWith(SharedServer.class)
class Story21DifferencesTest {
    private static final String MATCHED = """
            , "decision": {"outcome": "APPROVED"}, "match": {"matched": 2, "ambiguous": 0},
            "disclosure": {"answered": 2, "returned": 2, "items": ["SCHOOL"]}""";

    private final TestServer server;
    private final Caller recorder;
    private final Caller auditor;

    private String id = "";
    private long was;
    private long now;

    Story21DifferencesTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.auditor = server.as("auditor");
    }

    /** One request whose 2 matched turn out to be 3. */
    @BeforeEach
    void correct() {
        Reply recorded = recorder.post("/requests", Sample.historic("DWP", "2023-08", "7", MATCHED));
        id = recorded.id();
        was = Long.parseLong(recorder.read(recorded).at("/position"));
        Reply corrected =
                server.as("approver").post("/requests/" + id + "/corrections", correction("match.matched", "2", "3"));
        now = Long.parseLong(recorder.read(corrected).at("/position"));
    }

    private Reply differences(Object one, Object other, String... headers) {
        return auditor.get("/differences?was=" + one + "&now=" + other, headers);
    }

    @Test
    void namesTheTwoCellsAndTheOneEvent() {
        Reply reply = differences(was, now);

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        JsonNode told = reply.json();
        assertThat(told.propertyNames()).containsExactly("was", "now", "cells", "events");
        assertThat(reply.at("/was")).isEqualTo(Long.toString(was));
        assertThat(reply.at("/now")).isEqualTo(Long.toString(now));
        assertThat(told.get("cells")).hasSize(2);
        long matched = Long.parseLong(reply.at("/cells/0/was"));
        assertThat(told.at("/cells/0")).isEqualTo(Reply.parse("""
                {"table": "other-government-quarterly", "period": "2023-Q3", "label": "Jul to Sep 2023",
                 "organisation": "DWP", "agreement": null, "column": "individuals_matched", "was": %d, "now": %d,
                 "wasNotStated": false, "nowNotStated": false, "events": [%d]}
                """.formatted(matched, matched + 1, now)));
        assertThat(reply.at("/cells/1/column")).isEqualTo("individuals_unmatched");
        assertThat(Long.parseLong(reply.at("/cells/1/now"))).isEqualTo(Long.parseLong(reply.at("/cells/1/was")) - 1);
        assertThat(told.get("events")).hasSize(1);
        assertThat(reply.at("/events/0/recordedAt")).matches("20\\d\\d-.*Z");
        assertThat(told.at("/events/0").propertyNames())
                .containsExactly(
                        "position",
                        "recordedAt",
                        "type",
                        "aggregateId",
                        "cause",
                        "causeLabel",
                        "authority",
                        "sentence");
        assertThat(reply.at("/events/0/position")).isEqualTo(Long.toString(now));
        assertThat(reply.at("/events/0/type")).isEqualTo("matching-request.corrected");
        assertThat(reply.at("/events/0/aggregateId")).isEqualTo(id);
        assertThat(reply.at("/events/0/cause")).isEqualTo("RECOUNT");
        assertThat(reply.at("/events/0/causeLabel")).isEqualTo("recount");
        assertThat(reply.at("/events/0/authority")).isEqualTo("HCWS272");
        assertThat(reply.at("/events/0/sentence")).isEqualTo("Matched corrected from 2 to 3 (recount, HCWS272).");
    }

    @Test
    void tellsTheSameInTheOtherDirection() {
        JsonNode there = differences(was, now).json();
        Reply back = differences(now, was);

        assertThat(back.json().at("/cells/0/was")).isEqualTo(there.at("/cells/0/now"));
        assertThat(back.json().at("/cells/0/now")).isEqualTo(there.at("/cells/0/was"));
        assertThat(back.json().get("events")).isEqualTo(there.get("events"));
    }

    @Test
    void anAgreementThatIsSuspendedStandsOtherwise() {
        String agreement = "/agreements/DS92101";
        recorder.post(
                "/agreements",
                Agreed.process("DS92101", Agreed.version("1.0", "2019-01", "null", Agreed.party("DWP"))));
        long before = position(agreement, 0);
        recorder.post(agreement + "/listing", Agreed.notice("2020-01", "external-data-shares-2020-01"));
        recorder.post(agreement + "/suspension", Sample.on("2020-04"));
        long after = position(agreement, 2);

        Reply reply = differences(before, after);

        assertThat(reply.json().get("cells")).hasSize(1);
        assertThat(reply.at("/cells/0/table")).isEqualTo("agreements");
        assertThat(reply.at("/cells/0/agreement")).isEqualTo("DS92101");
        assertThat(reply.at("/cells/0/column")).isEqualTo("standing");
        assertThat(reply.at("/cells/0/was")).isNotEqualTo(reply.at("/cells/0/now"));
        assertThat(reply.json().get("events")).as("the list explains nothing").hasSize(1);
        assertThat(reply.at("/events/0/type")).isEqualTo("agreement.suspended");
        assertThat(reply.at("/events/0/position")).isEqualTo(Long.toString(after));
    }

    /** Both events lie between the positions, but only one says how it stood in September 2023. */
    @Test
    void aSuspensionThatBeginsAfterTheDayComparedExplainsNothing() {
        String agreement = "/agreements/DS92102";
        recorder.post(
                "/agreements",
                Agreed.process("DS92102", Agreed.version("1.0", "2019-01", "null", Agreed.party("DWP"))));
        recorder.post(agreement + "/suspension", Sample.on("2025-06"));
        long registered = position(agreement, 1) - 1;

        Reply reply = differences(now, registered + 1 + "&to=2023-09");

        assertThat(reply.json().get("cells")).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.get("agreement").stringValue()).isEqualTo("DS92102");
            assertThat(cell.get("events")).hasSize(1);
            assertThat(cell.at("/events/0").longValue()).isEqualTo(registered);
        });
        assertThat(reply.json().get("events")).hasSize(1);
        assertThat(reply.at("/events/0/type")).isEqualTo("agreement.registered");
    }

    private long position(String agreement, int sequence) {
        Reply read =
                recorder.get(agreement + "?waitFor=" + agreement.substring(1).replace("s/", "-") + ":" + sequence);
        return Long.parseLong(read.at("/position"));
    }

    @Test
    void saysNothingWhereNothingDiffers() {
        Reply same = differences(now, now);

        assertThat(same.json().get("cells")).isEmpty();
        assertThat(same.json().get("events")).isEmpty();
        assertThat(auditor.get("/differences?was=" + was + "&now=" + now + "&from=2023-10&to=2024-03")
                        .json()
                        .get("cells"))
                .as("of other quarters")
                .isEmpty();
        assertThat(auditor.get("/differences?was=" + was + "&now=" + now + "&from=2023-07&to=2023-09")
                        .json())
                .isEqualTo(differences(was, now).json());
        assertThat(auditor.get("/differences?was=" + was + "&now=" + now + "&to=2023-06")
                        .json()
                        .get("cells"))
                .isEmpty();
    }

    @Test
    void hasARowForEachCellAndEventAsCsv() {
        Reply csv = differences(was, now, "Accept", "text/csv");

        assertThat(csv.header("content-type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.text().lines().toList()).hasSize(3);
        assertThat(csv.text().lines().skip(1).toList())
                .allMatch(
                        line -> line.startsWith("other-government-quarterly,2023-Q3,Jul to Sep 2023,DWP,,individuals_"))
                .allMatch(line -> line.endsWith("matching-request.corrected," + id
                        + ",RECOUNT,HCWS272,\"Matched corrected from 2 to 3 (recount, HCWS272).\""));
        assertThat(differences(was, now, "Accept", "image/png").problem()).isEqualTo("406 not-acceptable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "now=1 | was required",
                "was=1 | now required",
                "was=x&now=1 | was malformed",
                "was=1&now= | now malformed",
                "was=-1&now=1 | was malformed",
                "was=01&now=1 | was malformed",
                "was=1&now=2023-Q5 | now malformed",
                "was=1&now=2023-Q3.0 | now malformed",
                "was=1&now=1969-Q3 | now malformed",
                "was=1&now=2023-Q3.1.1 | now malformed",
                "was=1&now=999999999 | now out-of-range",
                "was=999999999&now=1 | was out-of-range",
                "was=1&now=1970-Q1 | now unknown-code",
                "was=1970-Q1.1&now=1 | was unknown-code",
                "was=0&now=1&from=2023-08 | from not-aligned",
                "was=0&now=1&to=2023-08 | to not-aligned",
                "was=0&now=1&from=2023 | from malformed",
                "was=0&now=1&from=2023-10&to=2023-09 | from out-of-range",
                "was=0&now=1&by=month | unknown-parameter",
                "was=0&was=0&now=1 | was repeated"
            })
    void refusesWhatItCannotCompare(String query, String flaw) {
        assertThat(auditor.get("/differences?" + query).problem()).isEqualTo("400 invalid-request | " + flaw);
    }

    @Test
    void isOnlyForThoseSignedIn() {
        assertThat(server.anonymous().get("/differences?was=0&now=1").problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void isPrintedByTheCommandLine() {
        String directory = "--ledger.data-directory=" + server.directory();
        String one = Long.toString(was);
        String other = Long.toString(now);

        Result text = Program.run("diff", one, other, directory);
        Result csv = Program.run("diff", one, other, "--format", "csv", directory);
        Result json = Program.run("diff", one, other, "--format=json", "--from=2023-07", "--to=2023-09", directory);
        Result same = Program.run("diff", one, one, directory);

        assertThat(List.of(text.exitCode(), csv.exitCode(), json.exitCode(), same.exitCode()))
                .as("%s", text)
                .containsExactly(1, 1, 1, 0);
        assertThat(text.out())
                .contains("other-government-quarterly, Jul to Sep 2023, DWP: individuals_matched was ")
                .contains("  Matched corrected from 2 to 3 (recount, HCWS272).\n")
                .endsWith("2 cells differ between positions " + was + " and " + now + ".\n");
        assertThat(text.err()).isEmpty();
        assertThat(csv.out())
                .isEqualTo(differences(was, now, "Accept", "text/csv").text());
        assertThat(Reply.parse(json.out())).isEqualTo(differences(was, now).json());
        assertThat(same.out()).isEqualTo("No cell differs between positions " + was + " and " + was + ".\n");
    }
}
