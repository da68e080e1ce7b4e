package org.pupilledger.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;

/**
 * A document as canonical JSON, members in the order of their names: {@code {"chart", "cover": [{"label", "value"}],
 * "name", "notes": [..], "tables": [{"columns": [{"description", "kind", "label", "name"}], "description", "name", "rows":
 * [{<column>: <cell>}], "title"}], "title"}}. A cell is a string, an integer or null.
 */
public final class DocumentJson {
    private DocumentJson() {}

    public static byte[] of(Document document) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("name", document.name());
        json.put("title", document.title());
        json.put(
                "cover",
                document.cover().stream()
                        .map(line -> Map.of("label", line.label(), "value", line.value()))
                        .toList());
        json.put("notes", document.notes());
        json.put("tables", document.tables().stream().map(DocumentJson::table).toList());
        Chart chart = document.chart();
        json.put("chart", chart == null ? null : chart(chart));
        return CanonicalWriter.bytesOf(json);
    }

    /**
     * What {@link #of} wrote.
     *
     * @throws IllegalArgumentException it is no such document
     */
    public static Document read(byte[] bytes) {
        Map<String, @Nullable Object> json = CanonicalReader.objectOf(bytes, "a document is an object");
        return new Document(
                text(json, "name"),
                text(json, "title"),
                objects(json, "cover").stream()
                        .map(line -> new Document.Line(text(line, "label"), text(line, "value")))
                        .toList(),
                list(json, "notes").stream().map(DocumentJson::string).toList(),
                objects(json, "tables").stream().map(DocumentJson::tableOf).toList(),
                null);
    }

    private static Table tableOf(Map<String, @Nullable Object> json) {
        List<Column> columns = objects(json, "columns").stream()
                .map(column -> new Column(
                        text(column, "name"),
                        text(column, "label"),
                        Column.Kind.valueOf(text(column, "kind")),
                        text(column, "description")))
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : objects(json, "rows")) {
            List<@Nullable Object> cells = new ArrayList<>();
            columns.forEach(column -> cells.add(row.get(column.name())));
            rows.add(cells);
        }
        return new Table(text(json, "name"), text(json, "title"), text(json, "description"), columns, rows);
    }

    private static String text(Map<String, @Nullable Object> json, String member) {
        return string(json.get(member));
    }

    private static String string(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a text is missing in a document");
    }

    private static List<?> list(Map<String, @Nullable Object> json, String member) {
        if (json.get(member) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("a list is missing in a document");
    }

    @SuppressWarnings("unchecked") // the names of members are strings
    private static List<Map<String, @Nullable Object>> objects(Map<String, @Nullable Object> json, String member) {
        return list(json, member).stream()
                .map(one -> (Map<String, @Nullable Object>) one)
                .toList();
    }

    private static Map<String, Object> chart(Chart chart) {
        return Map.of(
                "title", chart.title(),
                "description", chart.description(),
                "table", chart.table(),
                "labelColumn", chart.labelColumn(),
                "series", chart.series());
    }

    private static Map<String, Object> table(Table table) {
        return Map.of(
                "name", table.name(),
                "title", table.title(),
                "description", table.description(),
                "columns", table.columns().stream().map(DocumentJson::column).toList(),
                "rows", table.rows().stream().map(row -> row(table, row)).toList());
    }

    private static Map<String, Object> column(Column column) {
        return Map.of(
                "name", column.name(),
                "label", column.label(),
                "kind", column.kind().name(),
                "description", column.description());
    }

    private static Map<String, @Nullable Object> row(Table table, List<@Nullable Object> row) {
        Map<String, @Nullable Object> cells = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            cells.put(table.columns().get(i).name(), row.get(i));
        }
        return cells;
    }
}
