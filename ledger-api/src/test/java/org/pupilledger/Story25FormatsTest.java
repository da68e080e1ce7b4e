package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.Sample.historic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures as a spreadsheet, a page, CSV with its metadata and JSON, by what a caller accepts or by name. */
@ExtendWith(SharedServer.class)
class Story25FormatsTest {
    private final TestServer server;
    private final Caller analyst;

    Story25FormatsTest(TestServer server) {
        this.server = server;
        this.analyst = server.as("auditor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            json | application/json                               | application/json         |
            csv  | text/csv                                       | text/csv;charset=UTF-8   | pupil-matching-figures.csv
            csvm | application/csvm+json                          | application/csvm+json    | pupil-matching-figures.csv-metadata.json
            html | text/html                                      | text/html;charset=UTF-8  |
            ods  | application/vnd.oasis.opendocument.spreadsheet | application/vnd.oasis.opendocument.spreadsheet | pupil-matching-figures.ods
            """)
    void areGivenByWhatIsAcceptedAndByName(String name, String accepted, String type, @Nullable String file) {
        String query = "/figures?from=2018-04&to=2018-06&by=quarter&organisation=DWP&atPosition=0";
        Reply byType = analyst.get(query, "Accept", accepted);
        Reply byName = analyst.get(query + "&format=" + name, "Accept", "text/html,*/*;q=0.8");

        assertThat(byType.status()).isEqualTo(200);
        assertThat(byType.header("content-type").replace(" ", "")).isEqualTo(type);
        assertThat(byName.status()).isEqualTo(200);
        assertThat(byName.header("content-type").replace(" ", "")).isEqualTo(type);
        assertThat(byName.bytes()).isEqualTo(byType.bytes());
        assertThat(byName.header("content-disposition"))
                .isEqualTo(file == null ? "" : "attachment; filename=\"" + file + "\"");
        assertThat(byType.header("content-disposition"))
                .isEqualTo(name.equals("ods") ? "attachment; filename=\"" + file + "\"" : "");
    }

    @Test
    void areJsonForWhoeverTakesAny() {
        for (String accepted : List.of("*/*", "application/*", "application/json, text/html;q=0.9")) {
            assertThat(analyst.get("/figures", "Accept", accepted).header("content-type"))
                    .as(accepted)
                    .startsWith("application/json");
        }
        assertThat(analyst.get("/figures", "Accept", "text/html, application/xhtml+xml, */*;q=0.8")
                        .header("content-type"))
                .as("a browser")
                .startsWith("text/html");
    }

    @Test
    void areAPageThatMayLoadNothing() {
        Reply page = analyst.get("/figures?format=html");

        assertThat(page.header("content-security-policy")).startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(page.text()).startsWith("<!doctype html>").contains("<html lang=\"en-GB\">", "<caption>");
    }

    @Test
    void areASpreadsheetWithTheSameNumbers() throws IOException {
        String organisation = server.newOrganisation("T_FORMATS");
        String request = historic(organisation, "2023-06", "1234", "");
        Reply recorded = server.as("recorder").post("/requests", request);
        assertThat(recorded.status()).isEqualTo(201);

        assertThat(analyst.get("/figures?organisation=" + organisation + "&waitFor=" + recorded.id() + ":"
                                + recorded.sequence())
                        .at("/rows/0/individuals/submitted"))
                .isEqualTo("1234");
        Reply sheet = analyst.get("/figures?format=ods&organisation=" + organisation);

        assertThat(content(sheet.bytes())).contains("<text:p>" + organisation + "</text:p>", "office:value=\"1234\"");
    }

    private static String content(byte[] ods) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ods))) {
            while (!zip.getNextEntry().getName().equals("content.xml")) {
                zip.closeEntry();
            }
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void describeTheCsvThatIsGiven() {
        String header = analyst.get("/figures", "Accept", "text/csv")
                .text()
                .lines()
                .findFirst()
                .orElseThrow();
        List<String> names = analyst.get("/figures?format=csvm").json().at("/tableSchema/columns").values().stream()
                .map(column -> column.get("name").stringValue())
                .toList();

        assertThat(names).isEqualTo(List.of(header.split(",", -1)));
        assertThat(analyst.get("/figures?format=csvm").at("/url")).isEqualTo("pupil-matching-figures.csv");
    }

    @Test
    void showAnonymousCallersOnlyWhatIsReleased() {
        for (String name : List.of("csv", "csvm", "html", "ods")) {
            Reply reply = server.anonymous().get("/figures?format=" + name);
            assertThat(reply.status()).as(name).isEqualTo(200);
            assertThat(reply.text()).as(name).doesNotContain("DWP");
        }
    }
}
