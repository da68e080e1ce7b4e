package org.pupilledger.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalWriter;

/**
 * What the columns of a table's CSV mean, as CSV on the Web metadata in canonical JSON. It describes the default dialect.
 *
 * @see <a href="https://www.w3.org/TR/2015/REC-tabular-metadata-20151217/">Metadata Vocabulary for Tabular Data</a>
 */
public final class TableMetadata {
    private static final String LANGUAGE = "en-GB";
    private static final String CSV = ".csv";

    private TableMetadata() {}

    /** Where it is expected, beside the CSV. */
    public static String fileName(Table table) {
        return table.name() + CSV + "-metadata.json";
    }

    /** The CSV that is meant is {@code <name>.csv} in the same place. */
    public static byte[] of(Table table) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("@context", List.of("http://www.w3.org/ns/csvw", Map.of("@language", LANGUAGE)));
        metadata.put("url", table.name() + CSV);
        metadata.put("dc:title", table.title());
        metadata.put("dc:description", table.description());
        metadata.put("dc:language", LANGUAGE);
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            columns.add(column(table, i));
        }
        metadata.put("tableSchema", Map.of("columns", columns));
        return CanonicalWriter.bytesOf(metadata);
    }

    private static Map<String, Object> column(Table table, int index) {
        Column column = table.columns().get(index);
        List<@Nullable Object> cells = new ArrayList<>();
        table.rows().forEach(row -> cells.add(row.get(index)));
        return Map.of(
                "name", column.name(),
                "titles", column.name(),
                "rdfs:label", column.label(),
                "dc:description", column.description(),
                "datatype", datatype(column, cells),
                "null", "",
                "required", isRequired(column) && !cells.contains(null) && !cells.contains(""));
    }

    /** People and other counts may not be stated, and text may be missing; a code, a date and requests are always there. */
    private static boolean isRequired(Column column) {
        return switch (column.kind()) {
            case CODE, DATE, REQUESTS -> true;
            case TEXT, PEOPLE, COUNT -> false;
        };
    }

    private static String datatype(Column column, List<@Nullable Object> cells) {
        return switch (column.kind()) {
            case TEXT, CODE -> "string";
            case DATE -> dateType(cells);
            case REQUESTS, PEOPLE, COUNT -> "integer";
        };
    }

    /** Some dates are known to the month only; where a column has both, there is no type for it but text. */
    private static String dateType(List<@Nullable Object> cells) {
        if (all(cells, LocalDate::parse)) {
            return "date";
        }
        return all(cells, YearMonth::parse) ? "gYearMonth" : "string";
    }

    private static boolean all(List<@Nullable Object> cells, Function<String, Object> parse) {
        Predicate<Object> parses = cell -> {
            try {
                return parse.apply((String) cell).toString().equals(cell);
            } catch (DateTimeException e) {
                return false;
            }
        };
        return cells.stream().filter(Objects::nonNull).allMatch(parses);
    }
}
