package org.pupilledger.tables;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.figures.DwpFigures;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.period.By;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class DocumentHtmlTest {
    @TempDir
    private Path directory;

    static List<Document> documents() {
        return List.of(
                Documents.dwp(),
                Documents.hostile(),
                Documents.tenYears(),
                FiguresDocument.of(DwpFigures.by(By.MONTH)),
                FiguresDocument.of(DwpFigures.none()));
    }

    private static String html(Document document) {
        return new String(DocumentHtml.of(document), UTF_8);
    }

    /** The page is also XML once its three void elements are closed, so it can be looked at as a tree. */
    private static Element tree(Document document) throws IOException {
        String xml = html(document)
                .replaceFirst("<!doctype html>", "")
                .replaceAll("(<meta [^>]*)>", "$1/>")
                .replaceAll("(?s)<style>.*</style>", "");
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError(xml, e);
        }
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> elements = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isOneWellFormedPageThatNeedsNothingElse(Document document) throws IOException {
        Element page = tree(document);

        assertThat(page.getAttribute("lang")).isEqualTo("en-GB");
        assertThat(all(page, "h1"))
                .singleElement()
                .extracting(Element::getTextContent)
                .isEqualTo(document.title());
        assertThat(Stream.of("script", "link", "img", "iframe", "object").flatMap(name -> all(page, name).stream()))
                .isEmpty();
        Set<String> ids = new HashSet<>();
        List<String> targets = new ArrayList<>();
        for (Element element : all(page, "*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName())
                        .isNotEqualTo("style")
                        .doesNotStartWith("on");
            }
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as("%s twice", element.getAttribute("id"))
                        .isTrue();
            }
            if (element.hasAttribute("href")) {
                assertThat(element.getAttribute("href")).startsWith("#");
                targets.add(element.getAttribute("href").substring(1));
            }
            targets.addAll(List.of(element.getAttribute("aria-labelledby").split(" ", -1)));
        }
        targets.removeIf(String::isEmpty);
        assertThat(ids).containsAll(targets);
        assertThat(html(document)).doesNotContain("url(http", "@import", "GOV.UK", "Transport", "crown");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void hasEachTableInARegionOfItsOwnWithHeadersThatSayWhatTheyHead(Document document) throws IOException {
        List<Element> tables = all(tree(document), "table");
        assertThat(tables).hasSameSizeAs(document.tables());
        for (int i = 0; i < tables.size(); i++) {
            Table table = document.tables().get(i);
            Element shown = tables.get(i);
            Element region = (Element) shown.getParentNode();

            assertThat(region.getAttribute("role") + region.getAttribute("tabindex"))
                    .isEqualTo("region0");
            assertThat(all(shown, "caption").getFirst().getTextContent()).startsWith(table.title());
            assertThat(all(all(shown, "thead").getFirst(), "th"))
                    .allMatch(header -> header.getAttribute("scope").equals("col"))
                    .map(Element::getTextContent)
                    .containsExactlyElementsOf(
                            table.columns().stream().map(Column::label).toList());
            List<Element> rows = all(all(shown, "tbody").getFirst(), "tr");
            assertThat(rows).hasSameSizeAs(table.rows());
            assertThat(rows)
                    .allMatch(row ->
                            all(row, "th").getFirst().getAttribute("scope").equals("row")
                                    && all(row, "td").size() == table.columns().size() - 1);
        }
    }

    @Test
    void groupsDigitsAndSaysWhatIsMissing() {
        assertThat(DocumentHtml.grouped(0)).isEqualTo("0");
        assertThat(DocumentHtml.grouped(-999)).isEqualTo("-999");
        assertThat(DocumentHtml.grouped(1_000)).isEqualTo("1,000");
        assertThat(DocumentHtml.grouped(-1_234_567)).isEqualTo("-1,234,567");
        assertThat(html(Documents.hostile()))
                .contains("<td class=\"n\">-1,234,567</td>", "<span class=\"hidden\">not available</span>");
        assertThat(html(Documents.dwp()))
                .contains(
                        "<td class=\"n\">12</td><td class=\"n\">[x]</td><td class=\"n\">[x]</td><td class=\"n\">[x]</td>")
                .doesNotContain("not available</span>");
    }

    @Test
    void marksEachNumberOfARowThatIsNotRecorded() {
        List<Column> columns = List.of(
                new Column("period", "Period", Column.Kind.CODE, "The month."),
                new Column("requests_received", "Requests", Column.Kind.REQUESTS, "How many."),
                StatusColumn.of("[x] not available"));
        for (String status : List.of("[x] not recorded", "[x] recorded in part")) {
            Table table =
                    new Table("figures", "Figures", "All.", columns, List.of(Arrays.asList("2018-03", null, status)));

            assertThat(html(new Document("name", "Title", List.of(), List.of(), List.of(table), null)))
                    .contains("<td class=\"n\">[x]</td>");
        }
    }

    @Test
    void takesNoTextForMarkup() throws IOException {
        String html = html(Documents.hostile());

        assertThat(html)
                .doesNotContain("<script", "<b>", "\"quoted\"")
                .contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt; &quot;quoted&quot;");
        assertThat(all(tree(Documents.hostile()), "h1").getFirst().getTextContent())
                .isEqualTo(Documents.HARMLESS);
    }

    @Test
    void drawsNoBarForWhatIsNotStated() throws IOException {
        Element chart = all(tree(Documents.dwp()), "svg").getFirst();
        int bars = all(chart, "rect").size() - 3 - 3;

        assertThat(chart.getAttribute("role")).isEqualTo("img");
        assertThat(all(chart, "title").getFirst().getTextContent()).isEqualTo("People submitted, matched and returned");
        assertThat(all(chart, "desc").getFirst().getTextContent())
                .startsWith("Most people were submitted in the second quarter of 2018.");
        // three patterns, three marks of the legend, and of 4 periods with 3 series one is missing
        assertThat(bars).isEqualTo(4 * 3 - 1);
        assertThat(all(chart, "text"))
                .map(Element::getTextContent)
                .contains(
                        "Apr to Jun 2018",
                        "185",
                        "200",
                        "Individuals submitted",
                        "Individuals matched",
                        "Individuals returned");
    }

    @Test
    void breaksALineWhereAValueIsMissing() throws IOException {
        Element chart = all(tree(Documents.tenYears()), "svg").getFirst();
        List<String> lines = all(chart, "path").stream()
                .map(path -> path.getAttribute("d"))
                .filter(path -> path.contains("L"))
                .toList();

        assertThat(lines).hasSize(2);
        // of 120 rows each seventh is missing from the first series: 17, with 18 pieces of line between
        assertThat(lines.getFirst().chars().filter(c -> c == 'M')).hasSize(18);
        assertThat(lines.getLast().chars().filter(c -> c == 'M')).hasSize(1);
    }

    /** WCAG 2.2, 1.4.3 and 1.4.11. */
    @Test
    void hasColoursThatCanBeToldFromWhite() {
        Matcher colours = Pattern.compile("(?:[;{]color:|stroke=\"|fill=\")(#[0-9a-f]{6})")
                .matcher(html(Documents.dwp()));
        Set<String> found = new HashSet<>();
        while (colours.find()) {
            found.add(colours.group(1));
        }
        found.remove("#b1b4b6"); // lines of the grid, which say nothing
        assertThat(found)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(colour ->
                        assertThat(1.05 / (luminance(colour) + 0.05)).as(colour).isGreaterThan(4.5));
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double share = Integer.parseInt(colour, 2 * i + 1, 2 * i + 3, 16) / 255.0;
            sum += weights[i] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    /** A page around them looks at each in a frame as wide as a phone, and is printed as it then stands. */
    @Test
    void fitsAPhoneWhileItsTablesScrollInTheirRegions() throws Exception {
        Tool chromium = Tool.chromium();
        List<Document> documents = documents();
        Path around = directory.resolve("around.html");
        Files.writeString(around, """
                <!doctype html><meta charset="utf-8"><title>-</title>
                %s
                <script>
                addEventListener('load', () => {
                  document.title = [...document.querySelectorAll('iframe')].map(frame => {
                    const page = frame.contentDocument;
                    const regions = [...page.querySelectorAll('.scroll')];
                    return [page.documentElement.scrollWidth,
                      regions.filter(region => region.scrollWidth > region.clientWidth).length,
                      getComputedStyle(page.querySelector('h1')).fontSize].join(' ');
                  }).join();
                });
                </script>
                """.formatted(documents.stream()
                .map(document -> "<iframe width=\"360\" height=\"800\" style=\"border:0\" srcdoc=\"%s\"></iframe>"
                        .formatted(DocumentHtml.escaped(html(document))))
                .collect(joining("\n"))));
        // one run of the browser for all, since it takes seconds to start
        String dom = chromium.run(
                directory,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + directory.resolve("browser"),
                "--window-size=1000,900",
                "--virtual-time-budget=10000",
                "--dump-dom",
                around.toUri().toString());
        Matcher title = Pattern.compile("<title>([^<]*)</title>").matcher(dom);
        assertThat(title.find())
                .as(dom.substring(0, Math.min(dom.length(), 500)))
                .isTrue();
        String[] seen = title.group(1).split(",", -1);
        assertThat(seen).hasSameSizeAs(documents);

        for (int i = 0; i < seen.length; i++) {
            String name = documents.get(i).name();
            assertThat(seen[i]).as(name).matches("\\d+ \\d+ \\S+");
            String[] values = seen[i].split(" ", -1);
            assertThat(Integer.parseInt(values[0])).as(name).isLessThanOrEqualTo(360);
            assertThat(Integer.parseInt(values[1])).as(name).isPositive();
            assertThat(values[2])
                    .as("%s: the style is in force under the page's own policy", name)
                    .isEqualTo("24px");
        }
    }
}
