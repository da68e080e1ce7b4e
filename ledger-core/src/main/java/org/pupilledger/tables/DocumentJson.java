package org.pupilledger.tables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
