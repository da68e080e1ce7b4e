package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.historic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence that says what came of it, in every form of contract/requests.md. */
@ExtendWith(SharedServer.class)
class Story12SummariesTest {
    private final TestServer server;
    private final Caller recorder;

    Story12SummariesTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    @ParameterizedTest(name = "{6}")
    @CsvSource(delimiter = '|', textBlock = """
            185  | APPROVED  | 1    | 1    | 0    | MATCH_INDICATOR                      | 185 submitted, 1 matched, Y-only returned
            12   | APPROVED  |      | 12   | 12   | RECORD_HELD;DATE_LAST_COLLECTED      | 12 submitted, matched not stated, record held and date last collected returned for 12
            12   | APPROVED  | 12   | 12   | 12   | RECORD_HELD                          | 12 submitted, 12 matched, record held returned for 12
            7    | APPROVED  | 2    | 2    | 2    | SCHOOL;DATE_LAST_COLLECTED           | 7 submitted, 2 matched, school returned for 2
            7    | APPROVED  | 2    | 2    | 2    | SCHOOL_HISTORY                       | 7 submitted, 2 matched, school returned for 2
            1    | APPROVED  | 1    | 1    | 1    | ADDRESS_HISTORY;SCHOOL_HISTORY       | 1 submitted, 1 matched, address and school returned for 1
            1    | APPROVED  | 1    | 1    | 1    | ADDRESS;RECORD_HELD                  | 1 submitted, 1 matched, address returned for 1
            3    | APPROVED  | 3    | 3    | 3    | NATIONALITY                          | 3 submitted, 3 matched, record held returned for 3
            3    | APPROVED  | 3    | 3    | 3    | NATIONALITY;SCHOOL                   | 3 submitted, 3 matched, school returned for 3
            2    | APPROVED  | 0    | 0    | 0    |                                      | 2 submitted, 0 matched, nothing returned
            5    | APPROVED  | 4    |      | 4    |                                      | 5 submitted, 4 matched, items not stated returned for 4
            10   | REFUSED   |      |      |      |                                      | 10 submitted, refused
            10   | WITHDRAWN |      |      |      |                                      | 10 submitted, withdrawn
            12   |           |      |      |      |                                      | 12 submitted, outcome not stated
            12   | APPROVED  | 3    |      |      |                                      | 12 submitted, 3 matched, returned not stated
                 | APPROVED  | 3    | 3    | 3    | SCHOOL                               | submitted not stated, 3 matched, school returned for 3
            """)
    void ofARequestAndOfARow(
            @Nullable String submitted,
            @Nullable String decision,
            @Nullable String matched,
            @Nullable String answered,
            @Nullable String returned,
            @Nullable String items,
            String summary) {
        String organisation =
                server.newOrganisation("T_SUMMARY_" + TestServer.newReference().replace('-', '_'));
        List<String> cells = List.of(
                "",
                organisation,
                "2023-06",
                "OTHER",
                "OTHER",
                cell(submitted),
                "",
                cell(decision),
                cell(matched),
                matched == null ? "" : "0",
                cell(answered),
                cell(returned),
                cell(items),
                "FILE",
                "",
                "");

        Reply imported = recorder.importCsv(Sample.HEADER + "\n" + String.join(",", cells));

        assertThat(imported.at("/recorded")).as("%s", imported).isEqualTo("1");
        assertThat(recorder.get("/requests/" + imported.at("/lines/0/id")).at("/summary"))
                .isEqualTo(summary);
        assertThat(recorder.get("/figures?organisation=" + organisation).at("/rows/0/summary"))
                .isEqualTo(summary);
    }

    private static String cell(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Test
    void ofARowWithSeveralLevelsIsJoinedHighestFirst() {
        String organisation = server.newOrganisation("T_LEVELS");
        record(organisation, "\"matched\": 1", "\"answered\": 1, \"returned\": 0, \"items\": [\"MATCH_INDICATOR\"]");
        record(organisation, "\"matched\": 2", "\"answered\": 2, \"returned\": 2, \"items\": [\"RECORD_HELD\"]");
        record(organisation, "\"matched\": 3", "\"answered\": 3, \"returned\": 3, \"items\": [\"ADDRESS\"]");
        record(organisation, "\"matched\": 0", "\"answered\": 0, \"returned\": 0, \"items\": []");
        recorder.post("/requests", historic(organisation, "2023-06", "10", ""));
        Reply last = recorder.post("/requests", historic(organisation, "2023-06", "10", ", \"withdrawal\": {}"));
        recorder.read(last);

        assertThat(recorder.get("/figures?organisation=" + organisation).at("/rows/0/summary"))
                .isEqualTo("60 submitted, matched not stated, address returned for 3; record held returned for 2;"
                        + " Y-only returned for 1; returned not stated");
    }

    @Test
    void ofARowWithoutDisclosureSpeaksOfWhatIsOpenRefusedOrWithdrawn() {
        String organisation = server.newOrganisation("T_UNDISCLOSED");
        recorder.post(
                "/requests", historic(organisation, "2023-06", "10", ", \"decision\": {\"outcome\": \"REFUSED\"}"));
        recorder.post("/requests", historic(organisation, "2023-06", "10", ""));
        recorder.read(recorder.post("/requests", historic(organisation, "2023-06", "10", ", \"withdrawal\": {}")));

        assertThat(recorder.get("/figures?organisation=" + organisation).at("/rows/0/summary"))
                .isEqualTo("30 submitted, matched not stated, returned not stated");
    }

    private void record(String organisation, String match, String disclosure) {
        String stages = ", \"match\": {" + match + ", \"ambiguous\": 0}, \"disclosure\": {" + disclosure + "}";
        Reply reply = recorder.post("/requests", historic(organisation, "2023-06", "10", stages));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    }
}
