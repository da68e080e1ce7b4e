package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was published of the DWP and told to Parliament of the Home Office, read back from the files of an edition. */
class Story42AnEditionOfRealCasesTest {
    private static final String EDITION = "/editions/2023-Q3";
    private static final String TOLD = """
            {"requests": {"received": 25, "withdrawn": 2},
             "individuals": {"submitted": 2462, "matched": 520, "unmatched": 1942}}""";
    private static final String RIGHT = """
            {"requests": {"received": 25, "withdrawn": 2},
             "individuals": {"submitted": 2461, "matched": 531, "unmatched": 1930}}""";
    private static final String GROUNDS = """
            {"kind": "UNSCHEDULED_CORRECTION", "reason": "RECOUNT", "decider": "HEAD_OF_PROFESSION",
             "announcedOn": "2024-01-11"}""";

    @TempDir
    private Path directory;

    @Test
    void aGroupAPeriodTotalAndAMonthThatNobodyLoadedAreToldAndThenCorrectedAndAddedTo() throws IOException {
        try (TestServer server = TestServer.start()) {
            Publisher publisher = new Publisher(server);
            publisher.request("2018-04", "", 185, "\"matched\": 1, \"ambiguous\": 0", 1, 0, "\"MATCH_INDICATOR\"");
            publisher.request(
                    "2023-08",
                    "\"2023-0027990\"",
                    1,
                    "\"matched\": 1",
                    1,
                    1,
                    "\"ADDRESS_HISTORY\", \"SCHOOL_HISTORY\"");
            publisher.request(
                    "2023-08",
                    "\"2023-0028896\", \"2023-0028898\", \"2023-0028900\"",
                    7,
                    "\"matched\": 2, \"ambiguous\": 0",
                    2,
                    2,
                    "\"SCHOOL\", \"DATE_LAST_COLLECTED\"");
            publisher.declared("DWP", "2023-07", "2023-09");
            String total = publisher.total();
            publisher.released("/preview", "{}");

            isToldOfTheGroup(publisher);
            assertThat(publisher.cells(
                            "period-totals",
                            "period",
                            "requests_received",
                            "requests_withdrawn",
                            "individuals_submitted",
                            "individuals_matched",
                            "individuals_unmatched"))
                    .containsExactly("2015-07/2016-09 25 2 2462 520 1942");
            assertThat(publisher
                            .cells("home-office-monthly", "period", "individuals_matched", "status")
                            .getFirst())
                    .as("of a month of it nothing is known")
                    .startsWith("2015-07  [x] individuals submitted;");
            assertThat(publisher.cells("outcomes-by-return-level", "period", "organisation", "coverage", "status"))
                    .contains("2023-Q2 DWP NONE [x] not recorded", "2018-Q2 DWP NONE [x] not recorded");
            publisher.verifies(directory.resolve("1.zip"));

            publisher.corrected(total);
            publisher.request(
                    "2023-06",
                    "\"2023-0020534\"",
                    12,
                    "\"matched\": null, \"ambiguous\": null",
                    12,
                    12,
                    "\"RECORD_HELD\", \"DATE_LAST_COLLECTED\"");
            publisher.declared("DWP", "2023-04", "2023-06");
            publisher.released("/revisions", GROUNDS);

            assertThat(publisher.cells("revisions", "table", "figure", "period", "was", "now", "kind", "cause"))
                    .contains(
                            "period-totals individuals_submitted 2015-07/2016-09 2462 2461 CORRECTED recount",
                            "period-totals individuals_matched 2015-07/2016-09 520 531 CORRECTED recount",
                            "period-totals individuals_unmatched 2015-07/2016-09 1942 1930 CORRECTED recount")
                    .anyMatch(
                            row -> row.startsWith("other-government-quarterly individuals_returned 2023-Q2  12 ADDED "))
                    .noneMatch(row -> row.contains("2023-Q2") && row.contains("CORRECTED"));
            assertThat(publisher.cells("period-totals", "individuals_matched", "status"))
                    .singleElement()
                    .asString()
                    .startsWith("531 ")
                    .contains("[r] individuals matched");
            publisher.verifies(directory.resolve("2.zip"));
            aStrangerReadsIt(server);
        }
    }

    /** From the first page to why a number is this one, without signing in. */
    private static void aStrangerReadsIt(TestServer server) {
        assertThat(page(server, "/"))
                .contains(
                        "Jul to Sep 2023", "Asked about 8 people in 4 requests", "Nothing is recorded for this quarter")
                .contains("Last recorded, Jul 2015 to Sep 2016: asked about 2,461 people in 25 requests")
                .contains("520 before, 531 now (recount)");
        assertThat(page(server, "/2023-Q3"))
                .contains("/2023-Q3/other-government-quarterly/2023-Q3/DWP/individuals_returned", "revision 2");
        assertThat(page(server, "/2023-Q3?revision=1")).contains("The newest version");
        assertThat(page(server, "/2023-Q3/other-government-quarterly")).contains("not recorded");
        assertThat(page(server, "/2023-Q3/period-totals/2015-07_2016-09/HOME_OFFICE/individuals_matched"))
                .contains("531", "520 before, 531 since 2023-Q3 revision 2: recount.", "People with a clear match")
                .contains(
                        "a total that a source tells of Jul 2015 to Sep 2016 together",
                        "Source: parliamentary answer or statement, PQ52645, published 27 October 2016.",
                        "Corrected since: recount, HCWS272.");
        assertThat(page(server, "/2023-Q3/period-totals/2015-07_2016-09/HOME_OFFICE/individuals_matched?revision=1"))
                .as("as it was when that version was made")
                .contains("PQ52645")
                .doesNotContain("HCWS272");
        assertThat(page(server, "/2023-Q3/other-government-quarterly/2023-Q3/DWP/requests_led_to_data"))
                .contains("not stated", "2023-0028896");
        assertThat(page(server, "/2023-Q3/by-purpose-quarterly"))
                .as("an address names no cut, so that it would explain another row")
                .contains("check of school registration")
                .doesNotContain("/by-purpose-quarterly/2023-Q3/");
        assertThat(page(server, "/2023-Q3/other-government-quarterly"))
                .as("what each mark means")
                .contains("not stated by a source");
        assertThat(page(server, "/requests?q=2023-0027990")).contains("1 found.", "address and school returned for 1");
        assertThat(page(server, "/releases")).contains("/2023-Q3");
        assertThat(server.anonymous().get("//releases.ics").text()).contains("DTSTART;VALUE=DATE:20231207");
        assertThat(server.anonymous().get("//releases.atom").text())
                .contains("<title>Jul to Sep 2023, revision 2</title>");

        Reply json = server.anonymous().get("//2023-Q3", "Accept", "application/json");
        assertThat(json.at("/bodies/3/name")).isEqualTo("Department for Work and Pensions");
        Reply nothing = server.anonymous().get("//2023-Q3/nothing", "Accept", "text/html");
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.text()).contains("There is nothing here").doesNotContain("nothing\"");
        assertThat(server.anonymous().get("//2023-Q3/nothing").problem()).isEqualTo("404 not-found");
    }

    private static String page(TestServer server, String path) {
        Reply page = server.anonymous().get("/" + path, "Accept", "text/html");
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("cache-control")).contains("public");
        assertThat(page.text()).doesNotContain("<style", "style=\"", "onclick");
        return page.text().replace("&#39;", "'");
    }

    private static void isToldOfTheGroup(Publisher publisher) {
        assertThat(publisher.cells(
                        "other-government-quarterly",
                        "period",
                        "coverage",
                        "requests_received",
                        "requests_led_to_data",
                        "individuals_returned",
                        "individuals_returned_school",
                        "individuals_returned_address_and_school"))
                .contains("2023-Q3 COMPLETE 4  3 2 1");
        assertThat(publisher.cells("by-purpose-quarterly", "period", "purpose", "requests_received"))
                .contains("2023-Q3 SCHOOL_REGISTRATION_CHECK 4");
        assertThat(publisher.cells("by-gateway-quarterly", "period", "gateway_label", "individuals_submitted"))
                .anyMatch(row -> row.startsWith("2023-Q3 ") && row.endsWith(" 8"));
        assertThat(publisher.cells("requests", "period", "organisation", "references", "summary"))
                .containsExactly(
                        "2018-04 DWP  185 submitted, 1 matched, Y-only returned",
                        "2023-08 DWP 2023-0027990 1 submitted, 1 matched, address and school returned for 1",
                        "2023-08 DWP 2023-0028896; 2023-0028898; 2023-0028900 7 submitted, 2 matched, school returned for 2");
        assertThat(publisher.file("pupil-matching-2023-Q3.json")).contains("185 submitted, 1 matched, Y-only returned");
    }

    /** Whoever records and publishes there, each step by those who may take it. */
    private record Publisher(TestServer server) {
        Reply done(Reply reply) {
            assertThat(reply.status()).as("%s", reply).isBetween(200, 201);
            server.as("auditor").get("/figures?waitFor=" + reply.id() + ":" + reply.sequence());
            return reply;
        }

        void request(
                String received,
                String references,
                int submitted,
                String match,
                int answered,
                int returned,
                String items) {
            done(server.as("recorder").post("/requests", """
                    {"references": [%s], "organisation": "DWP", "received": "%s", "purpose": "SCHOOL_REGISTRATION_CHECK",
                     "gateway": "DWP-FUNC", "submitted": {"individuals": %d},
                     "historic": {"source": "FOI_ANSWER", "reference": "pupil_data_dwp_pupil_matching_re"},
                     "decision": {"outcome": "APPROVED"}, "match": {%s},
                     "disclosure": {"answered": %d, "returned": %d, "items": [%s]}}
                    """.formatted(
                            references, received, submitted, match, answered, returned, items)));
        }

        String total() {
            return done(server.as("recorder")
                            .post("/period-totals", """
                            {"organisation": "HOME_OFFICE", "from": "2015-07", "to": "2016-09", "source": "PARLIAMENT",
                             "reference": "PQ52645", "published": "2016-10-27", %s
                            """.formatted(TOLD.strip().substring(1))))
                    .id();
        }

        void corrected(String total) {
            done(server.as("approver").post("/period-totals/" + total + "/corrections", """
                    {"was": %s, "now": %s, "cause": "RECOUNT", "authority": "HCWS272"}""".formatted(TOLD, RIGHT)));
        }

        void declared(String organisation, String from, String to) {
            Reply proposed = done(server.as("publisher").post("/coverage", """
                    {"organisation": "%s", "from": "%s", "to": "%s", "source": "FOI_ANSWER"}
                    """.formatted(organisation, from, to)));
            done(server.as("approver").post("/coverage/" + proposed.id() + "/confirmation", "{}"));
        }

        void released(String preview, String body) {
            if (body.equals("{}")) {
                done(server.as("publisher")
                        .post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}"));
            }
            done(server.as("publisher").post(EDITION + preview, body));
            done(server.as("approver").post(EDITION + "/release", "{}"));
        }

        String file(String name) {
            return server.anonymous().get(EDITION + "/files/" + name).text();
        }

        /** Some columns of a table, with a space between. */
        List<String> cells(String table, String... columns) {
            try (CSVParser parser = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(new StringReader(file(table + ".csv")))) {
                return parser.stream()
                        .map(CSVRecord::toMap)
                        .map((Map<String, String> row) -> String.join(
                                " ", Stream.of(columns).map(row::get).toList()))
                        .toList();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void verifies(Path bundle) throws IOException {
            Files.write(
                    bundle, server.as("auditor").get("/audit/bundles/2023-Q3").bytes());
            Path key = Files.write(
                    bundle.resolveSibling("key"),
                    server.anonymous().get("/log/key").bytes());

            Program.Result verified = Program.run("verify", bundle.toString(), "--key", key.toString());

            assertThat(verified.exitCode()).as("%s", verified).isZero();
            assertThat(verified.out()).startsWith("verified: edition 2023-Q3 revision ");
        }
    }
}
