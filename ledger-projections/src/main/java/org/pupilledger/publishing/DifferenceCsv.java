package org.pupilledger.publishing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.ChangedCell;
import org.pupilledger.editions.Difference;
import org.pupilledger.editions.ExplainingEvent;
import org.pupilledger.export.TableCsv;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.Table;

/** A difference as CSV: a row for each cell and event that explains it; an empty cell for what is not stated. */
public final class DifferenceCsv {
    private static final List<Column> COLUMNS = List.of(
            new Column("table", "Table", Kind.CODE, "Name of the table."),
            new Column("period", "Period", Kind.CODE, "Month or quarter of receipt, as a code."),
            new Column("period_label", "Period in words", Kind.TEXT, "The period, as it is read."),
            new Column("organisation", "Organisation", Kind.CODE, "Code of the organisation that asked."),
            new Column("agreement", "Agreement", Kind.CODE, "Reference of an agreement, in the table of agreements."),
            new Column("column", "Column", Kind.CODE, "Name of the column."),
            new Column("was", "Was", Kind.TEXT, "What the one side shows; empty where it is not stated."),
            new Column("now", "Now", Kind.TEXT, "What the other side shows; empty where it is not stated."),
            new Column("position", "Position", Kind.COUNT, "Place in the ledger of an event that explains it."),
            new Column("recorded_at", "Recorded at", Kind.TEXT, "When it was recorded, by the clock."),
            new Column("type", "Type", Kind.CODE, "Type of the event."),
            new Column("aggregate_id", "About", Kind.CODE, "What the event is about."),
            new Column("cause", "Cause", Kind.CODE, "Why a record was corrected or annulled."),
            new Column("authority", "Authority", Kind.TEXT, "On whose word, by a public reference."),
            new Column("sentence", "Sentence", Kind.TEXT, "The event in a sentence."));

    private DifferenceCsv() {}

    public static String of(Difference difference) {
        Map<Long, ExplainingEvent> events = new HashMap<>();
        difference.events().forEach(event -> events.put(event.position(), event));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ChangedCell cell : difference.cells()) {
            for (Long position : cell.events()) {
                rows.add(row(cell, events.get(position)));
            }
        }
        Table table = new Table(
                "differences",
                "Cells that differ between two positions, and the events that explain them",
                "Cells that differ, with what they were and are, and each event that explains them.",
                COLUMNS,
                rows);
        return new String(TableCsv.of(table), StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> row(ChangedCell cell, @Nullable ExplainingEvent event) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(cell.table());
        row.add(cell.key().getFirst());
        row.add(cell.label());
        row.add(cell.isOfAgreement() ? null : cell.key().getLast());
        row.add(cell.isOfAgreement() ? cell.key().getLast() : null);
        row.add(cell.column());
        row.add(cell.was() == null ? null : cell.was().toString());
        row.add(cell.now() == null ? null : cell.now().toString());
        if (event == null) {
            throw new IllegalStateException("a cell names an event that the difference does not have");
        }
        row.add(event.position());
        row.add(event.recordedAt());
        row.add(event.type());
        row.add(event.aggregateId());
        row.add(event.cause() == null ? null : event.cause().code());
        row.add(event.authority() == null ? null : event.authority().value());
        row.add(event.sentence());
        return row;
    }
}
