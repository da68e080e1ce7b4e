package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.digest.Sha256;
import tools.jackson.databind.JsonNode;

/** What stands on a page can be had by a program at the same address, and by nobody more than is released. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story43AProgramReadsThePagesTest {
    private static final String BASE = "https://matching.example.org";
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*format=(?:json|csv))\"");

    private TestServer server;
    private Caller anybody;

    @BeforeAll
    void anEditionIsReleased() {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.add("--ledger.inception=" + TestServer.INCEPTION);
        settings.addAll(TestServer.users());
        settings.addAll(List.of(
                "--ledger.publisher.name=Department of Tests",
                "--ledger.publisher.address=https://matching.example.org",
                "--ledger.publisher.contact=statistics@matching.example.org",
                "--ledger.publisher.statistician=Head of Profession",
                "--ledger.publisher.pre-release-access=Minister of Tests, Press officer"));
        server = TestServer.start(directory, settings);
        anybody = server.anonymous();
        done(server.as("recorder").post("/requests", """
                {"references": ["2023-0027990"], "organisation": "DWP", "received": "2023-08",
                 "purpose": "SCHOOL_REGISTRATION_CHECK", "gateway": "DWP-FUNC", "submitted": {"individuals": 7},
                 "historic": {"source": "FOI_ANSWER", "reference": "FOI-2023-0001"},
                 "decision": {"outcome": "APPROVED"}, "match": {"matched": 2, "ambiguous": 0},
                 "disclosure": {"answered": 2, "returned": 2, "items": ["SCHOOL"]}}
                """));
        done(server.as("recorder").post("/requests", Sample.historic("HOME_OFFICE", "2023-09", "3", "")));
        registered("DS00101", "2023-02-01", "");
        registered("DS00102", "2023-02-01", ", \"expiry\": \"2023-08-31\"");
        done(server.as("recorder").post("/agreements/DS00101/suspension", "{\"on\": \"2023-09-01\"}"));
        registered("DS00103", "2023-02", "");
        done(server.as("publisher").post("/editions", "{\"quarter\": \"2023-Q3\", \"releaseOn\": \"2023-12-07\"}"));
        done(server.as("publisher").post("/editions/2023-Q3/preview", "{}"));
        done(server.as("approver").post("/editions/2023-Q3/release", "{}"));
    }

    @AfterAll
    void close() {
        server.close();
    }

    private void registered(String reference, String from, String more) {
        String version =
                Agreed.version("1.0", from, "null", Agreed.party("DWP")).strip();
        String whole = version.replaceFirst("}$", more + "}");
        done(server.as("recorder").post("/agreements", Agreed.process(reference, whole)));
    }

    private void done(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isBetween(200, 201);
        server.as("auditor").get("/figures?waitFor=" + reply.id() + ":" + reply.sequence());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/releases",
                "/requests",
                "/requests?q=2023",
                "/requests?organisation=DWP&purpose=SCHOOL_REGISTRATION_CHECK&period=2023-Q3&outcome=APPROVED",
                "/2023-Q3/requests/1",
                "/search?q=2023-Q3",
                "/agreements",
                "/statements",
                "/codes",
                "/2023-Q3",
                "/2023-Q3?revision=1",
                "/2023-Q3/requests",
                "/2023-Q3/other-government-quarterly",
                "/2023-Q3/other-government-quarterly/2023-Q3/DWP/individuals_matched"
            })
    void thePageLinksToTheSameAsJsonAndAsCsv(String path) throws IOException {
        Reply page = anybody.get("/" + path, "Accept", "text/html");
        List<String> links = LINK.matcher(page.text().replace("&amp;", "&"))
                .results()
                .map(link -> link.group(1))
                .distinct()
                .toList();
        assertThat(links).as(page.text()).hasSize(2);
        String place = path.replaceAll("\\?.*", "");

        Reply json = anybody.get("/" + place + links.getFirst(), "Accept", "text/html");
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.json().isContainer()).isTrue();
        assertThat(anybody.get("/" + path, "Accept", "application/json").bytes())
                .isEqualTo(json.bytes());

        Reply csv = anybody.get("/" + place + links.getLast(), "Accept", "text/html");
        assertThat(csv.header("content-type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("content-disposition"))
                .startsWith("inline; filename=")
                .endsWith(".csv\"");
        assertThat(anybody.get("/" + path, "Accept", "text/csv").bytes()).isEqualTo(csv.bytes());
        List<CSVRecord> lines = lines(csv);
        if (!path.equals("/statements")) {
            assertThat(lines).isNotEmpty().allMatch(CSVRecord::isConsistent);
        }
        for (Reply each : List.of(page, json, csv)) {
            assertThat(each.header("cache-control")).isEqualTo("max-age=30, public");
            assertThat(each.header("vary")).contains("Accept");
            assertThat(each.header("etag")).isNotEmpty();
        }
        assertThat(page.header("etag")).isNotEqualTo(json.header("etag"));
    }

    private static List<CSVRecord> lines(Reply csv) throws IOException {
        try (CSVParser parser = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv.text()))) {
            return parser.getRecords();
        }
    }

    @Test
    void theCsvOfATableIsTheFileThatWasReleased() {
        for (String table : List.of("requests", "other-government-quarterly", "revisions", "agreements")) {
            assertThat(anybody.get("//2023-Q3/" + table, "Accept", "text/csv").bytes())
                    .as(table)
                    .isEqualTo(anybody.get("/editions/2023-Q3/files/" + table + ".csv")
                            .bytes());
        }
    }

    @Test
    void whatIsAskedForIsKeptInTheLinks() {
        Matcher link = LINK.matcher(
                anybody.get("//requests?q=%3Cb%3E%26x", "Accept", "text/html").text());

        assertThat(link.find()).isTrue();
        assertThat(link.group(1)).isEqualTo("?q=%3Cb%3E%26x&amp;format=json");
    }

    @Test
    void aFormatThatThereIsNotIsRefused() {
        assertThat(anybody.get("//requests?format=xml").problem())
                .isEqualTo("400 invalid-request | format unknown-code");
        assertThat(anybody.get("//requests?format=csv&format=json").problem())
                .isEqualTo("400 invalid-request | format repeated");
        assertThat(anybody.get("//requests", "Accept", "image/png").problem()).isEqualTo("406 not-acceptable");
    }

    private String page(String path) {
        return anybody.get("/" + path, "Accept", "text/html").text();
    }

    @Test
    void requestsAreFoundByWhatIsPublishedOfThem() {
        for (String wanted : List.of(
                "organisation=DWP",
                "purpose=SCHOOL_REGISTRATION_CHECK",
                "period=2023-08",
                "outcome=APPROVED",
                "q=0027990",
                "organisation=DWP&purpose=&period=2023&outcome=&q=")) {
            assertThat(page("/requests?" + wanted)).as(wanted).contains("1 found.", "2023-0027990");
        }
        assertThat(page("/requests")).contains("2 found.");
        assertThat(page("/requests?organisation=HMRC")).contains("0 found.");
    }

    @Test
    void eachRequestHasAPageOfWhatIsPublic() {
        String page = page("/2023-Q3/requests/1");

        assertThat(page("/requests?q=0027990")).contains("href=\"/2023-Q3/requests/1\"");
        assertThat(page)
                .contains(
                        "Request of Department for Work and Pensions, Aug 2023",
                        "2023-0027990",
                        "check of school registration",
                        "answer to a freedom of information request, FOI-2023-0001",
                        "7 submitted, 2 matched, school returned for 2")
                .contains("edition 2023-Q3, revision 1");
        assertThat(page("/2023-Q3/requests/2")).contains("Its reference is not public", "not public");
        for (String nothing : List.of("3", "0", "01", "99999", "999999", "-1", "x", "%00", "1;a=b")) {
            assertThat(anybody.get("//2023-Q3/requests/" + nothing).status())
                    .as(nothing)
                    .isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=%00",
                "q=a%0Ab",
                "q=%E2%80%AE",
                "q=%ED%A0%80%00",
                "organisation=%3Cscript%3E",
                "organisation=dwp",
                "purpose=GONE",
                "period=2023-13",
                "period=2023-Q5",
                "outcome=gone"
            })
    void whatCannotBeMeantIsRefused(String query) {
        assertThat(anybody.get("//requests?" + query).problem()).startsWith("400 invalid-request | ");
        assertThat(anybody.get("//requests?" + query, "Accept", "text/html").text())
                .doesNotContain("script>", "GONE", "2023-13");
    }

    /** @param found where the first of what is found is */
    @ParameterizedTest
    @CsvSource({
        "2023-Q3, /2023-Q3",
        "2023-q3, /2023-Q3",
        "2023-08, /2023-Q3",
        "2023, /2023-Q3",
        "revisions, /2023-Q3/revisions",
        "DWP, /requests?organisation=DWP",
        "work and pensions, /requests?organisation=DWP",
        "2023-0027990, /2023-Q3/requests/1",
    })
    void aWordLeadsToWhatIsPublic(String words, String found) {
        String query = "//search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        Reply hits = anybody.get(query, "Accept", "application/json");

        assertThat(hits.at("/0/path")).isEqualTo(found);
        assertThat(hits.header("x-robots-tag")).isEqualTo("noindex");
        assertThat(anybody.get(query, "Accept", "text/html").text()).contains("href=\"" + found + "\"");
        for (JsonNode hit : hits.json()) {
            assertThat(anybody.get("/" + hit.get("path").stringValue()).status())
                    .as("%s", hit)
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsSearchedForStandsInItsBoxAndNowhereElse() {
        String page = page("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(page).contains("0 found.").doesNotContain("<script>alert");
        assertThat(page.split("alert", -1))
                .as("the box, and the links to the same as data")
                .hasSize(6);
        for (String hostile : List.of("%00", "%0D%0ASet-Cookie:a=b", "%E2%80%AE", "x".repeat(101))) {
            assertThat(anybody.get("//search?q=" + hostile).problem()).isEqualTo("400 invalid-request | q malformed");
        }
        assertThat(anybody.get("//search?q=%ff").status()).isIn(200, 400);
        assertThat(page("/search")).contains("role=\"search\"").doesNotContain(" found.");
    }

    /** The register is of the quarter's last day, 30 September 2023. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "           | DS00101 | not in force | Suspended on 30 September 2023.",
                "           | DS00102 | not in force | Expired on 30 September 2023.",
                "           | DS00103 | in force     | In force on 30 September 2023.",
                "2023-05-01 | DS00103 | in force     | Version 1.0 is from February 2023, and in force on 30 September 2023.",
                "2023-05-01 | DS00101 | not told     | Suspended on 30 September 2023; since when this register does not tell.",
                "2023-09-15 | DS00102 | not in force | Its last day was 31 August 2023.",
                "2023-01-15 | DS00103 | not told     | Version 1.0 begins February 2023; what was before it this register does not tell.",
                "2024-05-01 | DS00103 | not told     | In force on 30 September 2023, the newest day of which it is published."
            })
    void anAgreementIsInForceOnADayOrNotForAReason(String on, String reference, String told, String why) {
        Reply reply = anybody.get("//agreements?format=json" + (on == null ? "" : "&on=" + on));

        JsonNode agreement = reply.json()
                .valueStream()
                .filter(one -> one.get("reference").stringValue().equals(reference))
                .findFirst()
                .orElseThrow();
        assertThat(agreement.get("in_force").stringValue()).isEqualTo(told);
        assertThat(agreement.get("why").stringValue()).isEqualTo(why);
        assertThat(agreement.get("on").stringValue()).isEqualTo(on == null ? "2023-09-30" : on);
        assertThat(page("/agreements" + (on == null ? "" : "?on=" + on))).contains(why, told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-02-30", "2023-09", "yesterday", "%00", "9999999-01-01"})
    void aDayThatThereIsNotIsRefused(String on) {
        assertThat(anybody.get("//agreements?on=" + on).problem()).isEqualTo("400 invalid-request | on malformed");
    }

    @Test
    void wordsHaveALimitAndAreNoMarkup() {
        assertThat(anybody.get("//requests?q=" + "x".repeat(100)).status()).isEqualTo(200);
        assertThat(anybody.get("//requests?q=" + "x".repeat(101)).problem())
                .isEqualTo("400 invalid-request | q malformed");
        assertThat(page("/requests?q=%22%3E%3Cb%3E")).doesNotContain("<b>").contains("&lt;b>");
    }

    /** An address that the settings make, as this server answers it. */
    private Reply here(JsonNode address) {
        return anybody.get("/" + address.stringValue().replace(BASE, ""));
    }

    @Test
    void aCatalogueFindsEveryFileAndItsDigest() {
        JsonNode catalogue = anybody.get("//catalogue.jsonld").json();

        assertThat(catalogue.get("@type").stringValue()).isEqualTo("dcat:Catalog");
        assertThat(catalogue.at("/dct:publisher/foaf:name").stringValue()).isEqualTo("Department of Tests");
        assertThat(catalogue.at("/dct:license/@id").stringValue()).contains("open-government-licence");
        assertThat(catalogue.at("/dcat:contactPoint/vcard:hasEmail/@id").stringValue())
                .isEqualTo("mailto:statistics@matching.example.org");
        JsonNode edition = catalogue.at("/dcat:dataset/0");
        assertThat(edition.get("@id").stringValue()).isEqualTo(BASE + "/2023-Q3");
        assertThat(edition.at("/dct:temporal/dcat:endDate/@value").stringValue())
                .isEqualTo("2023-09-30");
        JsonNode alone = anybody.get("//2023-Q3/catalogue.jsonld").json();
        assertThat(alone.get("dcat:distribution")).isEqualTo(edition.get("dcat:distribution"));
        assertThat(edition.get("dcat:distribution")).hasSizeGreaterThan(20);
        for (JsonNode file : edition.get("dcat:distribution")) {
            Reply reply = here(file.at("/dcat:downloadURL/@id"));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(Long.parseLong(file.at("/dcat:byteSize/@value").stringValue()))
                    .isEqualTo(reply.bytes().length);
            assertThat(file.at("/spdx:checksum/spdx:checksumValue/@value").stringValue())
                    .isEqualTo(Sha256.of(reply.bytes()).hex());
            assertThat(reply.header("content-type"))
                    .startsWith(file.at("/dcat:mediaType/@id").stringValue().replaceAll("^.*media-types/", ""));
        }
    }

    @Test
    void aDataPackageSaysWhatEachColumnIs() throws IOException {
        JsonNode described = anybody.get("//2023-Q3/datapackage.json").json();

        assertThat(described.get("name").stringValue()).isEqualTo("pupil-matching-2023-q3");
        assertThat(described.at("/contributors/0/title").stringValue()).isEqualTo("Department of Tests");
        assertThat(described.get("resources")).hasSizeGreaterThan(10);
        for (JsonNode resource : described.get("resources")) {
            Reply csv = here(resource.get("path"));
            assertThat(resource.get("hash").stringValue())
                    .isEqualTo("sha256:" + Sha256.of(csv.bytes()).hex());
            assertThat(String.join(
                            ",",
                            resource.at("/schema/fields")
                                    .valueStream()
                                    .map(field -> field.get("name").stringValue())
                                    .toList()))
                    .isEqualTo(csv.text().lines().findFirst().orElseThrow());
            for (CSVRecord line : lines(csv)) {
                resource.at("/schema/fields")
                        .valueStream()
                        .filter(field -> field.get("type").stringValue().equals("integer"))
                        .forEach(field -> assertThat(line.get(field.get("name").stringValue()))
                                .matches("[0-9]*"));
            }
        }
    }

    @Test
    void robotsFindEveryPage() {
        assertThat(anybody.get("//robots.txt").text())
                .contains("Disallow: /search", "Sitemap: " + BASE + "/sitemap.xml");
        List<String> found = Pattern.compile("<loc>" + BASE + "([^<]+)</loc>")
                .matcher(anybody.get("//sitemap.xml").text())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(found).contains("/", "/2023-Q3", "/2023-Q3/requests", "/codes");
        for (String path : found) {
            assertThat(anybody.get("/" + path, "Accept", "text/html").status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void whoPublishesIsSaid() {
        for (String path : List.of("//2023-Q3", "//about")) {
            assertThat(anybody.get(path, "Accept", "text/html").text())
                    .contains(
                            "Department of Tests",
                            "Head of Profession",
                            "statistics@matching.example.org",
                            "Minister of Tests; Press officer",
                            "Open Government Licence v3.0");
        }
    }

    @Test
    void aFileOfAnEditionSaysWhenItWasReleased() {
        String path = "/editions/2023-Q3/revisions/1/files/requests.csv";
        Reply file = anybody.get(path);
        String released = file.header("last-modified");

        assertThat(released).endsWith(" GMT");
        assertThat(anybody.get(path, "If-Modified-Since", released).status()).isEqualTo(304);
        assertThat(anybody.get(path, "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(anybody.get(path, "If-Modified-Since", released, "If-None-Match", "\"another\"")
                        .status())
                .as("a tag says more than a date")
                .isEqualTo(200);
        assertThat(anybody.get(path, "If-Modified-Since", "yesterday").status()).isEqualTo(200);
    }
}
