package org.pupilledger.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.figures.DwpFigures;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.period.By;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.DocumentJson;
import org.pupilledger.tables.Documents;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;

class TableCsvTest {
    @Test
    void hasAHeaderOfNamesAndAnEmptyCellForWhatIsNotStated() {
        Table table =
                FiguresTables.returnLevels("levels", "Levels", DwpFigures.by(By.YEAR), Set.of(), EditionRules.NEWEST);

        assertThat(new String(TableCsv.of(table), UTF_8)).isEqualTo("""
                period,period_label,organisation,coverage,requests_answered,requests_led_to_data,level_nothing,level_match_indicator,\
                level_record_held,level_school,level_address,level_address_and_school,level_not_stated,\
                individuals_returned_record_held,individuals_returned_school,individuals_returned_address,\
                individuals_returned_address_and_school,individuals_returned_level_not_stated,summary,status\r
                2018,2018,DWP,NOT_DECLARED,1,0,0,1,0,0,0,0,0,0,0,0,0,0,"185 submitted, 1 matched, Y-only returned",\r
                2023,2023,DWP,NOT_DECLARED,,,,,,,,,3,12,2,0,1,0,"23 submitted, matched not stated, address and school returned for 1; school\
                 returned for 2; record held and date last collected returned for 12",[x] requests answered; [x] requests led to data;\
                 [x] level nothing; [x] level match indicator; [x] level record held; [x] level school; [x] level address;\
                 [x] level address and school\r
                """);
    }

    @Test
    void cannotBeTakenForAFormula() {
        String csv = new String(TableCsv.of(Documents.hostile().tables().getFirst()), UTF_8);

        assertThat(csv)
                .isEqualTo("text,code,count,day\r\n"
                        + "\"'" + Documents.HARMLESS.replace("\"", "\"\"") + "\",'+1,0,\r\n"
                        + "'-2,'@here,-1234567,2023-06-15\r\n"
                        + "two lines and a tab,,9007199254740991,2023-06-16\r\n"
                        + ",,,\r\n");
    }

    static List<Table> tables() {
        List<Table> tables = new ArrayList<>(Documents.dwp().tables());
        tables.addAll(Documents.hostile().tables());
        tables.add(FiguresTables.answered(DwpFigures.by(By.MONTH)));
        tables.add(FiguresTables.answered(DwpFigures.none()));
        return tables;
    }

    /** W3C Metadata Vocabulary for Tabular Data, 5.3 to 5.6; and 6.4 of the model for tabular data: parsing cells. */
    @ParameterizedTest
    @MethodSource("tables")
    void isDescribedByItsMetadata(Table table) throws IOException {
        Map<?, ?> metadata = object(CanonicalReader.treeOf(TableMetadata.of(table)));
        assertThat(metadata.keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder(
                        "@context", "url", "dc:title", "dc:description", "dc:language", "tableSchema");
        assertThat(metadata.get("@context"))
                .isEqualTo(List.of("http://www.w3.org/ns/csvw", Map.of("@language", "en-GB")));
        assertThat(metadata.get("url")).isEqualTo(table.name() + ".csv");
        assertThat(metadata.get("dc:title")).isEqualTo(table.title());
        assertThat(TableMetadata.fileName(table)).isEqualTo(metadata.get("url") + "-metadata.json");

        List<CSVRecord> records = CSVFormat.RFC4180
                .parse(new StringReader(new String(TableCsv.of(table), UTF_8)))
                .getRecords();
        List<?> columns = (List<?>)
                Objects.requireNonNull(object(metadata.get("tableSchema")).get("columns"));
        assertThat(columns.stream().map(column -> object(column).get("titles")))
                .as("the header")
                .isEqualTo(List.of(records.getFirst().values()));
        for (int i = 0; i < columns.size(); i++) {
            Map<?, ?> column = object(columns.get(i));
            assertThat(column.keySet().stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                            "name", "titles", "rdfs:label", "dc:description", "datatype", "null", "required");
            assertThat(column.get("name")).isEqualTo(column.get("titles"));
            assertThat(column.get("dc:description")).asString().isNotBlank();
            for (CSVRecord record : records.subList(1, records.size())) {
                assertCell(column, record.get(i));
            }
        }
    }

    private static void assertCell(Map<?, ?> column, String cell) {
        if (cell.equals(column.get("null"))) {
            assertThat(column.get("required")).as("%s", column).isEqualTo(false);
            return;
        }
        switch (Objects.requireNonNull(column.get("datatype")).toString()) {
            case "integer" -> assertThat(cell).matches("-?(0|[1-9][0-9]*)");
            case "date" -> assertThat(LocalDate.parse(cell)).isNotNull();
            case "gYearMonth" -> assertThat(cell).matches("[0-9]{4}-(0[1-9]|1[0-2])");
            case "string" -> assertThat(cell).isNotEmpty();
            default -> throw new AssertionError(column);
        }
    }

    @Test
    void hasATypeOfDateThatAllItsDatesHave() {
        assertThat(dateType("2023-06-15", "2024-02-29")).isEqualTo("date");
        assertThat(dateType("2023-06", "2024-02")).isEqualTo("gYearMonth");
        assertThat(dateType("2023-06", "2024-02-29")).isEqualTo("string");
        assertThat(dateType("2023-02-29")).isEqualTo("string");
    }

    private static Object dateType(String... dates) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List.of(dates).forEach(date -> rows.add(List.of(date)));
        Table table =
                new Table("dates", "Dates", "Dates.", List.of(new Column("day", "Day", Kind.DATE, "A day.")), rows);
        Map<?, ?> schema =
                object(object(CanonicalReader.treeOf(TableMetadata.of(table))).get("tableSchema"));
        List<?> columns = (List<?>) Objects.requireNonNull(schema.get("columns"));
        return Objects.requireNonNull(object(columns.getFirst()).get("datatype"));
    }

    private static Map<?, ?> object(@Nullable Object tree) {
        return (Map<?, ?>) Objects.requireNonNull(tree);
    }

    @Test
    void hasTheSameCellsInJson() {
        Table table = Documents.dwp().tables().getFirst();
        Map<?, ?> json = object(CanonicalReader.treeOf(DocumentJson.of(Documents.dwp())));
        List<?> tables = (List<?>) Objects.requireNonNull(json.get("tables"));
        List<?> rows =
                (List<?>) Objects.requireNonNull(object(tables.getFirst()).get("rows"));

        assertThat(json.get("name")).isEqualTo("pupil-matching-2023-Q4");
        assertThat(object(json.get("chart")).get("table")).isEqualTo("figures");
        assertThat(json.get("cover"))
                .isEqualTo(List.of(
                        Map.of("label", "Released", "value", "14 March 2024"),
                        Map.of("label", "Ledger position", "value", "41")));
        assertThat(rows).hasSameSizeAs(table.rows());
        for (int row = 0; row < rows.size(); row++) {
            Map<?, ?> cells = object(rows.get(row));
            for (int i = 0; i < table.columns().size(); i++) {
                assertThat(cells.get(table.columns().get(i).name()))
                        .isEqualTo(table.rows().get(row).get(i));
            }
        }
        assertThat(object(CanonicalReader.treeOf(DocumentJson.of(Documents.hostile())))
                        .get("title"))
                .isEqualTo(Documents.HARMLESS);
    }
}
