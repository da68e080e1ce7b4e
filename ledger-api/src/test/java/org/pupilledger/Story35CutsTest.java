package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** How many requests were for what, and under which power: rows are cut, and add up to the whole. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story35CutsTest {
    private static final String ORGANISATION = "T_CUT";
    private static final String FIGURES = "/figures?from=2018-01&to=2018-12&by=year&organisation=" + ORGANISATION;

    private final TestServer server;
    private final Caller recorder;
    private String several = "";

    Story35CutsTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
    }

    private String recorded(String received, int people, String why) {
        Reply reply = recorder.post("/requests", """
                {"organisation": "%s", "received": "%s", "submitted": {"individuals": %d},
                 "historic": {"source": "FOI_ANSWER"}%s}
                """.formatted(ORGANISATION, received, people, why));
        recorder.read(reply);
        return reply.id();
    }

    @BeforeAll
    void record() {
        server.newOrganisation(ORGANISATION);
        recorded("2018-01", 1, ", \"purpose\": \"BENEFIT_FRAUD\", \"gateway\": \"DPA98-S29\"");
        recorded("2018-04", 2, ", \"purpose\": \"BENEFIT_FRAUD\", \"gateway\": \"EIPI09\"");
        several = recorded(
                "2018-05", 4, ", \"purposes\": [\"MISSING_CHILD\", \"BENEFIT_FRAUD\"], \"gateway\": \"DPA98-S29\"");
        recorded("2018-06", 8, "");
    }

    /** {@code code label received submitted} */
    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        JsonNode figures = recorder.get(FIGURES + query).json();
        figures.get("rows")
                .forEach(row -> rows.add(String.join(
                        " ",
                        row.get("cutCode").stringValue(),
                        row.get("cutLabel").stringValue(),
                        row.at("/requests/received").toString(),
                        row.at("/individuals/submitted").toString())));
        return rows;
    }

    @Test
    void rowsAreCutByPurposeGatewayAndLawfulBasis() {
        assertThat(rows("&cut=GATEWAY"))
                .containsExactly(
                        "DPA98-S29 Data Protection Act 1998, section 29 2 5",
                        "EIPI09 Education (Individual Pupil Information) (Prescribed Persons) Regulations 2009 1 2",
                        "NOT_STATED not stated 1 8");
        assertThat(rows("&cut=LAWFUL_BASIS")).containsExactly("NOT_STATED not stated 4 15");
        assertThat(recorder.get(FIGURES).at("/rows/0/requests/received")).isEqualTo("4");
    }

    /** Each request is in one row only. */
    @Test
    void aRequestWithSeveralPurposesCountsOnceAndACorrectionMovesIt() {
        assertThat(rows("&cut=PURPOSE"))
                .containsExactly(
                        "BENEFIT_FRAUD benefit fraud 2 3", "NOT_STATED not stated 1 8", "SEVERAL several purposes 1 4");

        recorder.read(server.as("approver")
                .post(
                        "/requests/" + several + "/corrections",
                        Sample.correction(
                                "purposes", "[\"MISSING_CHILD\", \"BENEFIT_FRAUD\"]", "[\"MISSING_CHILD\"]")));

        assertThat(rows("&cut=PURPOSE"))
                .containsExactly(
                        "BENEFIT_FRAUD benefit fraud 2 3",
                        "MISSING_CHILD missing child 1 4",
                        "NOT_STATED not stated 1 8");
    }

    @Test
    void nothingOfItIsThereWhereRowsAreWhole() {
        assertThat(recorder.get(FIGURES).json().propertyNames()).doesNotContain("cut");
        assertThat(recorder.get(FIGURES).json().at("/rows/0").propertyNames()).doesNotContain("cutCode", "cutLabel");
        assertThat(recorder.get(FIGURES + "&format=csv").text()).doesNotContain("gateway");
    }

    @Test
    void theCsvHasTheCodeAndItsWords() {
        List<String> lines =
                recorder.get(FIGURES + "&cut=GATEWAY&format=csv").text().lines().toList();

        assertThat(lines.getFirst())
                .startsWith(
                        "period,period_label,organisation,category,coverage,gateway,gateway_label,requests_received,");
        assertThat(lines.get(1))
                .startsWith(
                        "2018,2018,T_CUT,OTHER_GOVERNMENT,NOT_DECLARED,DPA98-S29,\"Data Protection Act 1998, section 29\",2,");
        assertThat(recorder.get(FIGURES + "&cut=LAWFUL_BASIS&format=html").text())
                .contains("Lawful basis in words");
        assertThat(recorder.get(FIGURES + "&cut=PURPOSE&format=ods").status()).isEqualTo(200);
    }

    @Test
    void isAskedForProperly() {
        assertThat(recorder.get(FIGURES + "&cut=LEVEL").problem()).isEqualTo("400 invalid-request | cut unknown-code");
        assertThat(recorder.get(FIGURES + "&cut=PURPOSE&complete=true").problem())
                .isEqualTo("400 invalid-request | complete malformed");
        assertThat(server.anonymous().get(FIGURES + "&cut=PURPOSE").at("/rows")).isEqualTo("[]");
    }
}
