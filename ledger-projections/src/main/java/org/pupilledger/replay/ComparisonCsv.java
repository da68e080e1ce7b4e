package org.pupilledger.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.ExplainingEvent;
import org.pupilledger.export.TableCsv;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.Table;

/** A comparison as CSV: a row for each cell and event that explains it, or one for a cell that nothing explains. */
public final class ComparisonCsv {
    private static final List<Column> COLUMNS = List.of(
            new Column("table", "Table", Kind.CODE, "Name of the table."),
            new Column("period", "Period", Kind.CODE, "Period of receipt, as a code."),
            new Column("organisation", "Organisation", Kind.CODE, "Code of the organisation that asked."),
            new Column("column", "Column", Kind.CODE, "Name of the column."),
            new Column("given", "Given", Kind.TEXT, "What was compared."),
            new Column("replayed", "Replayed", Kind.TEXT, "What the entries give."),
            new Column(
                    "shown_at", "Shown at", Kind.COUNT, "Position at which the ledger gave the given value, if any."),
            new Column("position", "Position", Kind.COUNT, "Place in the ledger of an event that explains it."),
            new Column("recorded_at", "Recorded at", Kind.TEXT, "When it was recorded, by the clock."),
            new Column("type", "Type", Kind.CODE, "Type of the event."),
            new Column("aggregate_id", "About", Kind.CODE, "What the event is about."),
            new Column("sentence", "Sentence", Kind.TEXT, "The event in a sentence."));

    private ComparisonCsv() {}

    public static String of(Comparison comparison) {
        Map<Long, ExplainingEvent> events = new HashMap<>();
        comparison.events().forEach(event -> events.put(event.position(), event));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Comparison.Cell cell : comparison.cells()) {
            if (cell.events().isEmpty()) {
                rows.add(row(cell, null));
            }
            cell.events().forEach(position -> rows.add(row(cell, events.get(position))));
        }
        Table table = new Table(
                "comparison",
                "Cells that differ from a replay, and the events that explain them",
                "Cells that differ, with what was given and what the entries give.",
                COLUMNS,
                rows);
        return new String(TableCsv.of(table), StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> row(Comparison.Cell cell, @Nullable ExplainingEvent event) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(cell.table());
        row.add(cell.period());
        row.add(cell.organisation());
        row.add(cell.column());
        row.add(cell.given());
        row.add(cell.replayed());
        row.add(cell.shownAt());
        row.add(event == null ? null : event.position());
        row.add(event == null ? null : event.recordedAt());
        row.add(event == null ? null : event.type());
        row.add(event == null ? null : event.aggregateId());
        row.add(event == null ? null : event.sentence());
        return row;
    }
}
