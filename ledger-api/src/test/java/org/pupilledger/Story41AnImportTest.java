package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.Officer;
import org.pupilledger.node.Recording;
import org.springframework.dao.DataAccessResourceFailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An officer brings what lies in spreadsheets: requests of the past and of today, and totals; a second one goes on with it. */
@ExtendWith(SharedServer.class)
class Story41AnImportTest {
    private static final String TOTALS =
            "organisation,from,to,requests_received,requests_withdrawn,requests_led_to_data,individuals_submitted,"
                    + "individuals_matched,individuals_unmatched,individuals_returned,source,source_reference,source_published";

    private final TestServer server;
    private final Caller recorder;
    private final Caller approver;
    private final Caller auditor;

    Story41AnImportTest(TestServer server) {
        this.server = server;
        this.recorder = server.as("recorder");
        this.approver = server.as("approver");
        this.auditor = server.as("auditor");
    }

    /** A file of one line, with the columns that are named and no others. */
    private static String file(String... columnsAndCells) {
        Map<String, String> line = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndCells.length; i += 2) {
            line.put(columnsAndCells[i], columnsAndCells[i + 1]);
        }
        return String.join(",", line.keySet()) + "\n" + String.join(",", line.values()) + "\n";
    }

    /** The same with some cells otherwise, or added. */
    private static String[] with(String[] line, String... columnsAndCells) {
        return Stream.concat(Arrays.stream(line), Arrays.stream(columnsAndCells))
                .toArray(String[]::new);
    }

    private static String[] live(String organisation, String reference) {
        return new String[] {
            "kind", "LIVE",
            "references", reference,
            "organisation", organisation,
            "received", "2024-05-01",
            "purpose", "SCHOOL_REGISTRATION_CHECK;FRAUD_ACT_OFFENCE",
            "gateway", "DWP-FUNC",
            "lawful_basis", "PUBLIC_TASK",
            "individuals_submitted", "12",
            "rows_received", "14",
            "duplicates", "1",
            "invalid", "1",
            "items_submitted", "NAME;DATE_OF_BIRTH",
            "items_requested", "MATCH_INDICATOR;SCHOOL;ADDRESS",
            "decision", "APPROVED",
            "decided_on", "2024-05-02",
            "matched_on", "2024-05-03",
            "individuals_matched", "5",
            "individuals_ambiguous", "1",
            "individuals_unmatched", "6",
            "disclosed_on", "2024-05-04",
            "individuals_answered", "12",
            "individuals_returned", "5",
            "items_returned", "ADDRESS;SCHOOL",
            "returned_by_items", "3:ADDRESS+SCHOOL;2:SCHOOL",
            "destroyed_on", "2024-05-05",
            "destruction_method", "SECURE_ERASE",
            "closed_on", "2024-05-06"
        };
    }

    private static Reply done(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply;
    }

    /** Outcome, steps and what is awaited of the only line. */
    private static String told(Reply reply) {
        JsonNode line = done(reply).json().at("/lines/0");
        String steps = line.has("steps")
                ? line.get("steps").valueStream().map(JsonNode::stringValue).collect(Collectors.joining(" ", " ", ""))
                : "";
        JsonNode awaits = line.path("awaits");
        return line.get("outcome").stringValue()
                + steps
                + (awaits.isMissingNode()
                        ? ""
                        : " | awaits " + awaits.get("step").stringValue() + " of "
                                + awaits.get("role").stringValue()
                                + (awaits.has("code")
                                        ? ": " + awaits.get("code").stringValue()
                                        : ""));
    }

    private static String refusal(Reply reply) {
        return done(reply)
                .json()
                .get("lines")
                .valueStream()
                .map(line -> line.get("outcome").stringValue()
                        + line.at("/problem/errors")
                                .valueStream()
                                .map(error -> " " + error.get("pointer").stringValue() + " "
                                        + error.get("code").stringValue())
                                .collect(Collectors.joining(" |")))
                .collect(Collectors.joining("\n"));
    }

    private JsonNode content(String id) {
        ObjectNode read = (ObjectNode) auditor.get("/requests/" + id).json();
        List.of("id", "position", "sequence", "receipt", "references").forEach(read::remove);
        return read;
    }

    // The past

    @Test
    void aLineOfThePastTellsAllThatOneRequestTells() {
        String organisation = server.newOrganisation("T_IMPORT_PAST");
        String unit = server.newOrganisation("T_IMPORT_UNIT");
        String body = """
                {"references": ["2023-7700001", "2023-7700002"], "organisation": "%s", "unit": "%s", "received": "2023-06-05",
                 "purposes": ["SCHOOL_REGISTRATION_CHECK", "OTHER"], "gateway": "DPA98-S29", "lawfulBasis": "PUBLIC_TASK",
                 "recipient": "DWP",
                 "submitted": {"individuals": 10, "items": ["NAME"], "rowsReceived": 12, "duplicates": 1, "invalid": 1},
                 "requestedItems": ["SCHOOL", "ADDRESS"],
                 "historic": {"source": "FOI_ANSWER", "reference": "FOI-2024-02-05", "published": "2024-02-05"},
                 "decision": {"outcome": "APPROVED", "on": "2023-06-06"},
                 "match": {"on": "2023-06-07", "matched": 4, "ambiguous": null, "unmatched": 5},
                 "disclosure": {"on": "2023-06-08", "answered": 10, "returned": 3, "items": ["SCHOOL", "ADDRESS"],
                   "returns": [{"individuals": 2, "items": ["SCHOOL", "ADDRESS"]}, {"individuals": 1, "items": ["SCHOOL"]}],
                   "references": [{"reference": "2023-7700001", "answered": 6, "returned": 3, "items": ["SCHOOL", "ADDRESS"]},
                                  {"reference": "2023-7700002", "answered": 4, "returned": 0, "items": null}]}}
                """.formatted(organisation, unit);
        String csv = file(
                "kind", "HISTORIC",
                "references", "2023-7700002;2023-7700001",
                "organisation", organisation,
                "unit", unit,
                "received", "2023-06-05",
                "purpose", "OTHER;SCHOOL_REGISTRATION_CHECK",
                "gateway", "DPA98-S29",
                "lawful_basis", "PUBLIC_TASK",
                "recipient", "DWP",
                "individuals_submitted", "10",
                "rows_received", "12",
                "duplicates", "1",
                "invalid", "1",
                "items_submitted", "NAME",
                "items_requested", "ADDRESS;SCHOOL",
                "source", "FOI_ANSWER",
                "source_reference", "FOI-2024-02-05",
                "source_published", "2024-02-05",
                "decision", "APPROVED",
                "decided_on", "2023-06-06",
                "matched_on", "2023-06-07",
                "individuals_matched", "4",
                "individuals_unmatched", "5",
                "disclosed_on", "2023-06-08",
                "individuals_answered", "10",
                "individuals_returned", "3",
                "items_returned", "ADDRESS;SCHOOL",
                "returned_by_items", "2:SCHOOL+ADDRESS;1:SCHOOL",
                "outcomes_by_reference", "2023-7700001:6:3:SCHOOL+ADDRESS;2023-7700002:4:0:");

        Reply imported = recorder.importCsv(csv);
        assertThat(told(imported)).isEqualTo("recorded");
        Reply byOne = recorder.post("/requests", body);
        assertThat(byOne.problem()).as("the same request").isEqualTo("409 duplicate-reference");

        String other = body.replace("2023-7700001", "2023-7700003").replace("2023-7700002", "2023-7700004");
        Reply one = recorder.read(recorder.post("/requests", other));
        assertThat(told(recorder.importCsv(
                        csv.replace("2023-7700001", "2023-7700003").replace("2023-7700002", "2023-7700004"))))
                .as("it says the same as the body")
                .isEqualTo("already-recorded");
        assertThat(auditor.get("/requests/" + imported.at("/lines/0/id")).at("/summary"))
                .isEqualTo(one.at("/summary"));
        assertThat(auditor.get("/requests/" + imported.at("/lines/0/id")).at("/unit"))
                .isEqualTo(unit);
    }

    @Test
    void whatNoSourceTellsIsNotStated() {
        String organisation = server.newOrganisation("T_IMPORT_NOT_STATED");
        String[] line = {
            "kind",
            "",
            "organisation",
            organisation,
            "received",
            "2023-06",
            "individuals_submitted",
            "5",
            "source",
            "FILE"
        };

        Reply nothing = recorder.importCsv(file(line));
        assertThat(told(nothing)).isEqualTo("recorded");
        Reply open = recorder.importCsv(file(with(line, "decision", "OPEN")));
        assertThat(told(open)).isEqualTo("recorded");
        Reply nil = recorder.importCsv(file(with(
                line,
                "decision",
                "APPROVED",
                "individuals_answered",
                "0",
                "individuals_returned",
                "0",
                "nil_reason",
                "NOT_HELD")));
        assertThat(told(nil)).as("%s", nil).isEqualTo("recorded");

        assertThat(summary(nothing)).isEqualTo("5 submitted, outcome not stated");
        assertThat(summary(open)).isEqualTo("5 submitted, open");
        assertThat(auditor.get("/requests/" + nil.at("/lines/0/id")).at("/disclosure/nil"))
                .isEqualTo("NOT_HELD");
    }

    private String summary(Reply imported) {
        return auditor.get("/requests/" + imported.at("/lines/0/id")).at("/summary");
    }

    // Totals

    @Test
    void totalsOfLongerPeriodsAreAFileOfTheirOwn() {
        String homeOffice = server.newOrganisation("T_IMPORT_HOME_OFFICE");
        String police = server.newOrganisation("T_IMPORT_POLICE");
        String csv = TOTALS + "\n"
                + homeOffice + ",2015-07,2016-09,25,2,,2462,520,1942,,PARLIAMENT,PQ52645,2016-10-27\n"
                + ",".repeat(12) + "\n"
                + police + ",2012-04,2016-10,31,,21,,,,,PARLIAMENT,,\n";

        Reply first = done(recorder.importCsv(csv));
        assertThat(first.at("/recorded")).as("%s", first).isEqualTo("2");
        JsonNode row = auditor.get("/figures?from=2015-07&to=2016-09&by=total&organisation=" + homeOffice)
                .json()
                .at("/rows/0");
        assertThat(row.at("/individuals/submitted").intValue()).isEqualTo(2462);
        assertThat(row.at("/individuals/matched").intValue()).isEqualTo(520);
        assertThat(auditor.get("/figures?from=2012-04&to=2016-10&by=total&organisation=" + police)
                        .at("/rows/0/individuals/submitted"))
                .as("not stated")
                .isEqualTo("null");

        String id = first.at("/lines/0/id");
        Reply corrected = approver.post("/period-totals/" + id + "/corrections", """
                {"was": {"requests": {"received": 25, "withdrawn": 2},
                         "individuals": {"submitted": 2462, "matched": 520, "unmatched": 1942}},
                 "now": {"requests": {"received": 25, "withdrawn": 2},
                         "individuals": {"submitted": 2461, "matched": 531, "unmatched": 1930}},
                 "cause": "RECOUNT", "authority": "HCWS272"}""");
        assertThat(corrected.status()).as("%s", corrected).isEqualTo(200);
        Reply again = done(recorder.importCsv(csv));
        assertThat(again.at("/alreadyRecorded")).as("as first told: %s", again).isEqualTo("2");
        assertThat(again.at("/lines/0/id")).isEqualTo(id);
        assertThat(refusal(recorder.importCsv(csv.replace("2462", "2463"))))
                .isEqualTo("refused from covered-by-total\nalready-recorded");
        assertThat(refusal(recorder.importCsv(TOTALS + "\n" + homeOffice + ",2014-01,Jan-15,1,,,,,,,FILE,,")))
                .isEqualTo("refused to malformed");
        assertThat(refusal(approver.importCsv(TOTALS + "\n" + homeOffice + ",2014-01,2014-02,1,,,,,,,FILE,,")))
                .isEqualTo("refused  recorder-required");
    }

    // Today

    @Test
    void eachOfficerTakesALiveRequestAsFarAsTheirRoleGoes() {
        String organisation = server.newOrganisation("T_IMPORT_LIVE");
        String reference = TestServer.newReference();
        String csv = file(live(organisation, reference));

        Reply first = recorder.importCsv(csv);
        assertThat(told(first)).isEqualTo("recorded request | awaits decision of APPROVER");
        assertThat(first.at("/awaiting/0/words")).isEqualTo("1 line awaits its decision, by an approver.");
        assertThat(told(recorder.importCsv(csv))).isEqualTo("already-recorded | awaits decision of APPROVER");
        assertThat(told(approver.importCsv(csv))).isEqualTo("recorded decision | awaits match of RECORDER");
        assertThat(told(approver.importCsv(csv))).isEqualTo("already-recorded | awaits match of RECORDER");
        assertThat(told(recorder.importCsv(csv))).isEqualTo("recorded match disclosure destruction closure");
        for (Caller anybody : List.of(recorder, approver)) {
            Reply again = anybody.importCsv(csv);
            assertThat(told(again)).isEqualTo("already-recorded");
            assertThat(again.text()).doesNotContain("wrong", "awaiting");
        }

        String id = first.at("/lines/0/id");
        assertThat(auditor.get("/requests/" + id).at("/status")).isEqualTo("CLOSED");
        assertThat(server.events(id)).isEqualTo(6);
        assertThat(auditor.get("/figures?from=2024-05&to=2024-05&organisation=" + organisation)
                        .at("/rows/0/summary"))
                .isEqualTo("12 submitted, 5 matched, address and school returned for 3; school returned for 2");
        JsonNode roles = auditor.get("/requests/" + id + "/timeline").json().get("items");
        assertThat(roles.valueStream().map(event -> event.get("role").stringValue()))
                .containsExactly("RECORDER", "APPROVER", "RECORDER", "RECORDER", "RECORDER", "RECORDER");
    }

    @Test
    void aFileSaysTheSameAsCallsOneByOne() {
        String organisation = server.newOrganisation("T_IMPORT_CALLS");
        String csv = file(live(organisation, TestServer.newReference()));
        Reply first = recorder.importCsv(csv);
        approver.importCsv(csv);
        recorder.importCsv(csv);

        Reply one = recorder.post("/requests", """
                {"references": ["%s"], "organisation": "%s", "received": "2024-05-01",
                 "purposes": ["SCHOOL_REGISTRATION_CHECK", "FRAUD_ACT_OFFENCE"], "gateway": "DWP-FUNC",
                 "lawfulBasis": "PUBLIC_TASK",
                 "submitted": {"individuals": 12, "items": ["NAME", "DATE_OF_BIRTH"],
                               "rowsReceived": 14, "duplicates": 1, "invalid": 1},
                 "requestedItems": ["MATCH_INDICATOR", "SCHOOL", "ADDRESS"]}
                """.formatted(TestServer.newReference(), organisation));
        String path = "/requests/" + one.id();
        approver.post(path + "/decision", Sample.approval("2024-05-02"));
        recorder.post(path + "/match", "{\"on\": \"2024-05-03\", \"matched\": 5, \"ambiguous\": 1, \"unmatched\": 6}");
        recorder.post(path + "/disclosure", """
                {"on": "2024-05-04", "answered": 12, "returned": 5, "items": ["ADDRESS", "SCHOOL"],
                 "returns": [{"individuals": 3, "items": ["ADDRESS", "SCHOOL"]}, {"individuals": 2, "items": ["SCHOOL"]}]}
                """);
        recorder.post(path + "/destruction", Sample.destruction("2024-05-05"));
        recorder.read(recorder.post(path + "/closure", Sample.on("2024-05-06")));

        assertThat(content(first.at("/lines/0/id"))).isEqualTo(content(one.id()));
    }

    @Test
    void whoeverRecordedARequestDoesNotDecideAboutIt() {
        String organisation = server.newOrganisation("T_IMPORT_FOUR_EYES");
        String csv = file(live(organisation, TestServer.newReference()));
        Caller officer = server.as("officer");

        Reply own = officer.importCsv(csv);
        assertThat(told(own)).isEqualTo("recorded request | awaits decision of APPROVER: same-officer");
        assertThat(own.at("/awaiting/0/words")).contains("does not decide about it");
        assertThat(told(officer.importCsv(csv)))
                .isEqualTo("already-recorded | awaits decision of APPROVER: same-officer");
        assertThat(told(approver.importCsv(csv))).isEqualTo("recorded decision | awaits match of RECORDER");
        assertThat(told(officer.importCsv(csv))).isEqualTo("recorded match disclosure destruction closure");
        String others = file(live(organisation, TestServer.newReference()));
        recorder.importCsv(others);
        assertThat(told(officer.importCsv(others)))
                .as("in both roles, about what another recorded")
                .isEqualTo("recorded decision match disclosure destruction closure");
    }

    @Test
    void nothingIsRecordedOfALineThatContradictsItself() {
        String organisation = server.newOrganisation("T_IMPORT_WRONG");
        String reference = TestServer.newReference();

        Reply reply = recorder.importCsv(
                file(with(live(organisation, reference), "individuals_matched", "13", "decided_on", "2024-04-01")));

        assertThat(refusal(reply))
                .isEqualTo("refused decided_on dates-out-of-order | individuals_matched matched-exceeds-submitted");
        assertThat(reply.at("/wrong/1/words"))
                .isEqualTo("Line 2, individuals_matched: More people matched than were submitted.");
        assertThat(auditor.get("/requests?reference=" + reference).at("/items")).isEqualTo("[]");
        assertThat(refusal(approver.importCsv(file(live(organisation, reference)))))
                .isEqualTo("refused  recorder-required");
    }

    @Test
    void aFileThatGrowsTakesItsRequestsFurther() {
        String organisation = server.newOrganisation("T_IMPORT_GROWS");
        String[] all = live(organisation, TestServer.newReference());
        String[] asked = Arrays.copyOf(all, Arrays.asList(all).indexOf("decision"));

        assertThat(told(recorder.importCsv(file(asked)))).isEqualTo("recorded request");
        assertThat(told(approver.importCsv(file(with(
                        asked,
                        "decision",
                        "REFUSED",
                        "decided_on",
                        "2024-05-02",
                        "refusal_reason",
                        "NO_LAWFUL_BASIS")))))
                .isEqualTo("recorded decision");
        Reply other = approver.importCsv(file(with(asked, "decision", "APPROVED", "decided_on", "2024-05-02")));
        assertThat(refusal(other)).isEqualTo("refused");
        assertThat(other.at("/wrong/0/words")).contains("recorded already, with other content");
        assertThat(refusal(recorder.importCsv(file(with(asked, "individuals_submitted", "11", "rows_received", "13")))))
                .isEqualTo("refused");
        Reply corrected = server.as("officer")
                .post(
                        "/requests/" + other.at("/lines/0/id") + "/corrections",
                        Sample.correction("submitted.individuals", "12", "11"));
        assertThat(corrected.problem()).isEqualTo("422 rule-broken | /changes counts-do-not-add");
        Reply right = server.as("officer").post("/requests/" + other.at("/lines/0/id") + "/corrections", """
                {"changes": [{"field": "submitted.individuals", "was": 12, "now": 11},
                             {"field": "submitted.rowsReceived", "was": 14, "now": 13}], "cause": "RECOUNT"}""");
        assertThat(right.status()).as("%s", right).isEqualTo(200);
        assertThat(told(recorder.importCsv(file(asked)))).as("as first told").isEqualTo("already-recorded");
    }

    @Test
    void aWithdrawalAndANilReturnAreTold() {
        String organisation = server.newOrganisation("T_IMPORT_ENDS");
        String[] all = live(organisation, TestServer.newReference());
        String[] asked = Arrays.copyOf(all, Arrays.asList(all).indexOf("decision"));

        assertThat(told(recorder.importCsv(file(with(asked, "decision", "WITHDRAWN", "withdrawn_on", "2024-05-09")))))
                .isEqualTo("recorded request withdrawal");
        String nil = file(with(
                asked,
                "references",
                TestServer.newReference(),
                "decision",
                "APPROVED",
                "decided_on",
                "2024-05-02",
                "matched_on",
                "2024-05-03",
                "individuals_matched",
                "0",
                "individuals_ambiguous",
                "0",
                "disclosed_on",
                "2024-05-03",
                "individuals_answered",
                "0",
                "individuals_returned",
                "0",
                "nil_reason",
                "NO_MATCH"));
        recorder.importCsv(nil);
        approver.importCsv(nil);
        assertThat(told(recorder.importCsv(nil))).isEqualTo("recorded match disclosure");
    }

    // What is wrong

    @Test
    void aReportSaysFirstWhatIsWrongAndEachMistakeOnce() {
        String bad = ",HMRC,Apr-18,OTHER,OTHER,5,,,,,,,,FILE,,\n";
        Reply reply = done(recorder.importCsv(
                Sample.HEADER + "\n" + bad.repeat(13) + ",NOBODY,2018-04,OTHER,OTHER,5,,,,,,,,,,\n"));

        assertThat(reply.text()).startsWith("{\"wrong\":[{\"column\":\"received\"");
        assertThat(reply.json()
                        .get("wrong")
                        .valueStream()
                        .map(wrong -> wrong.get("words").stringValue()))
                .containsExactly(
                        "Lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more, received: Write received as a month, 2018-04, or as a"
                                + " day, 2018-04-17. A spreadsheet changes how dates look: format the column as text before you"
                                + " type them.",
                        "Line 15, source: Fill in source.");
        assertThat(reply.at("/wrong/0/lines")).isEqualTo("13");
        assertThat(reply.text()).doesNotContain("Apr-18", "NOBODY");
    }

    @Test
    void whatIsNoCodeIsToldWithThoseThatAre() {
        String[] line = live(server.newOrganisation("T_IMPORT_CODES"), TestServer.newReference());

        Reply purpose = recorder.importCsv(file(with(line, "purpose", "ZZYZX")));
        assertThat(refusal(purpose)).isEqualTo("refused purpose unknown-code");
        assertThat(purpose.at("/wrong/0/words"))
                .startsWith("Line 2, purpose: What stands in purpose is none of its codes: BENEFIT_FRAUD, ")
                .doesNotContain("ZZYZX");
        Reply unit = recorder.importCsv(file(with(line, "unit", "T_ZZYZX")));
        assertThat(refusal(unit)).isEqualTo("refused unit unknown-code");
        assertThat(unit.at("/wrong/0/words"))
                .isEqualTo("Line 2, unit: What stands in unit is the code of no organisation that is registered.");
    }

    @Test
    void aFileThatStoppedHalfWayGoesOnWhereItStopped() throws IOException {
        String organisation = server.newOrganisation("T_IMPORT_STOPPED");
        String[] asked = live(organisation, "");
        asked = Arrays.copyOf(asked, Arrays.asList(asked).indexOf("decision"));
        StringBuilder csv = new StringBuilder(file(asked).split("\n", -1)[0]).append('\n');
        for (int i = 0; i < 520; i++) {
            asked[3] = TestServer.newReference();
            csv.append(file(asked).split("\n", -1)[1]).append('\n');
        }
        byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
        CsvImport imports = server.context().getBean(CsvImport.class);
        Officer officer =
                Officer.recording(server.context().getBean(Recording.class).author("recorder", "RECORDER"));

        assertThatThrownBy(() -> imports.run(() -> new ByteArrayInputStream(bytes), officer, done -> {
                    throw new DataAccessResourceFailureException("the database has gone");
                }))
                .hasMessageContaining("500 lines were recorded");
        Reply again = done(recorder.importCsv(csv.toString()));
        assertThat(again.at("/alreadyRecorded")).isEqualTo("500");
        assertThat(again.at("/recorded")).isEqualTo("20");
        assertThat(auditor.get("/figures?from=2024-05&to=2024-05&organisation=" + organisation)
                        .at("/rows/0/requests/received"))
                .isEqualTo("520");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind,organisation,received,nickname | Column 4 is none that is known.",
                "kind,organisation,received,organisation | Twice: organisation.",
                "kind,organisation | Missing: received.",
                "organisation,from,to | Missing: source.",
                "organisation,from,to,source,received | Column 5 is none that is known.",
                "organisation;from;to;source | commas",
                "kind,organisation,received,, | empty columns at its end"
            })
    void aHeaderThatIsNoneIsExplained(String header, String words) {
        Reply reply = recorder.importCsv(header + "\n");

        assertThat(reply.problem()).isEqualTo("400 invalid-request | wrong-header");
        assertThat(reply.at("/errors/0/detail")).contains(words).doesNotContain("nickname");
    }

    @Test
    void noAttackOnAFileSpoilsMoreThanItsLine() {
        String organisation = server.newOrganisation("T_IMPORT_ATTACKS");
        String good = "HISTORIC," + organisation + ",2023-01,5,FILE,,,";
        String header =
                "\ufeffkind,organisation,received,individuals_submitted,source,returned_by_items,outcomes_by_reference,unit";
        String latin = "LIVE," + organisation + ",\u00e9,5,,,,";
        String text = String.join(
                "\r\n",
                List.of(
                        header,
                        good,
                        ",,,,,,,",
                        " , ,\t,,,,,",
                        "\"\",\"\",\"\",,,,,",
                        "x".repeat(3_000_000),
                        "HISTORIC," + organisation + ",2023-01,5,FILE,alice@example.org,,",
                        "HISTORIC," + organisation + ",2023-01,5,FILE,,,AB123456C",
                        "HISTORIC," + organisation + ",2023-01,5,FILE,5:SCHOOL:x,,",
                        "HISTORIC," + organisation + ",2023-01,5,FILE,,x:1:1:zzyzx:;y,",
                        "ZZYZX," + organisation + ",2023-01,5,FILE,,,",
                        "LIVE," + organisation + ",2024-05,5,FILE,,,",
                        good));

        Reply reply = recorder.send("POST", "/imports", Caller.CSV, text.getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(reply)).isEqualTo("""
                recorded
                refused  too-long
                refused returned_by_items email-address
                refused unit national-insurance-number
                refused returned_by_items malformed
                refused outcomes_by_reference malformed | outcomes_by_reference malformed
                refused kind malformed
                refused source malformed
                recorded""");
        assertThat(reply.text()).doesNotContain("alice", "AB123456C", "zzyzx", "ZZYZX", "xxxx");
        Reply wrongEncoding = recorder.send(
                "POST",
                "/imports",
                Caller.CSV,
                (header.substring(1) + "\n" + latin).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(wrongEncoding)).isEqualTo("refused  not-utf-8");
    }

    @Test
    void theCommandSaysTheSame(@TempDir Path directory) throws IOException {
        String organisation = server.newOrganisation("T_IMPORT_COMMAND");
        String setting = "--ledger.data-directory=" + server.directory();
        String good = file(live(organisation, TestServer.newReference()));
        String bad = Arrays.stream(good.split("\n", -1))
                .skip(1)
                .findFirst()
                .orElseThrow()
                .replace("LIVE", "live");
        Path file = Files.writeString(directory.resolve("lines.csv"), good + bad + "\n");

        Program.Result first = Program.run("import", file.toString(), setting);
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out())
                .startsWith("Line 3, kind: Write LIVE")
                .contains(
                        "\n1 line awaits its decision, by an approver.\n2 recorded ",
                        " (request)\n3 refused kind malformed",
                        "\n1 recorded, 0 already recorded, 1 refused\n");
        assertThat(told(approver.importCsv(good))).isEqualTo("recorded decision | awaits match of RECORDER");
        assertThat(Program.run("import", file.toString(), setting).out())
                .contains(" (match, disclosure, destruction, closure)\n");
        Path totals = Files.writeString(
                directory.resolve("totals.csv"),
                TOTALS + "\n" + organisation + ",2012-04,2016-10,31,,21,,,,,PARLIAMENT,,\n");
        assertThat(Program.run("import", "--quiet", totals.toString(), setting).out())
                .isEqualTo("1 recorded, 0 already recorded, 0 refused\n");
    }
}
