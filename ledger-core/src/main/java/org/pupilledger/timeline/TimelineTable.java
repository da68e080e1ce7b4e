package org.pupilledger.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.Table;

/** A timeline as a table, a row for each event. */
public final class TimelineTable {
    private static final List<Column> COLUMNS = List.of(
            new Column("sequence", "Sequence", Kind.COUNT, "Place among the events of the thing, from 0."),
            new Column("position", "Position", Kind.COUNT, "Place in the ledger, from 0."),
            new Column("recorded_at", "Recorded at", Kind.TEXT, "When it was recorded, by the clock, in UTC."),
            new Column("on", "On", Kind.DATE, "The day or month on which it happened or takes effect."),
            new Column("type", "Type", Kind.CODE, "The type of the event."),
            new Column("actor", "Actor", Kind.CODE, "A random id that stands for whoever recorded it."),
            new Column("role", "Role", Kind.CODE, "The role in which it was recorded."),
            new Column("sentence", "Sentence", Kind.TEXT, "What happened, in plain English."),
            new Column("changes", "Changes", Kind.TEXT, "Fields that it changed, each with what it was and is."));

    private TimelineTable() {}

    public static Table of(Timeline timeline) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        timeline.events().forEach(event -> rows.add(row(event)));
        return new Table(
                "timeline",
                "Timeline of " + timeline.id(),
                "Every event of one thing, in the order in which they were recorded.",
                COLUMNS,
                rows);
    }

    private static List<@Nullable Object> row(TimelineEvent event) {
        Particulars particulars = event.particulars();
        List<@Nullable Object> row = new ArrayList<>();
        row.add(event.sequence());
        row.add(event.position());
        row.add(event.recordedAt());
        row.add(particulars.on());
        row.add(event.type());
        row.add(event.actor());
        row.add(event.role());
        row.add(event.sentence());
        row.add(
                particulars.changes().isEmpty()
                        ? null
                        : particulars.changes().stream()
                                .map(TimelineTable::text)
                                .collect(Collectors.joining("; ")));
        return row;
    }

    /** {@code match.matched: 520 -> 531} */
    private static String text(FieldChange change) {
        return change.field() + ": " + Sentences.value(change.was()) + " -> " + Sentences.value(change.now());
    }
}
