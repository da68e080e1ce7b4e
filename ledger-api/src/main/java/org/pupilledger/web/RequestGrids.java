package org.pupilledger.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;
import org.pupilledger.web.PublicEditions.Edition;

/** Requests one by one, as editions list them; each leads to its page. */
public record RequestGrids(Names names) {
    /** Where editions list them. */
    public static final String TABLE = "requests";

    private static final List<Head> HEADS = List.of(
            new Head("Month", false),
            new Head("Who asked", false),
            new Head("References", false),
            new Head("What for", false),
            new Head("Outcome", false),
            new Head("In words", false));

    /** Where there is no edition. */
    public static Grid none(String caption) {
        return new Grid(TABLE, caption, HEADS, List.of(), List.of());
    }

    /** Those of an edition that are wanted, the newest first. */
    public Grid of(Edition edition, Predicate<Row> wanted, String caption) {
        List<Row> rows = edition.table(TABLE).stream().flatMap(Row::of).toList();
        List<List<Cell>> lines = new ArrayList<>();
        for (int i = rows.size() - 1; i >= 0; i--) {
            if (wanted.test(rows.get(i))) {
                lines.add(line(rows.get(i), edition.path() + "/" + TABLE + "/" + (i + 1) + edition.query()));
            }
        }
        return new Grid(TABLE, caption, HEADS, lines, List.of());
    }

    private List<Cell> line(Row row, String path) {
        return List.of(
                new Cell(row.text("period_label"), path, false, ""),
                Cell.of(names.of(row.text("organisation"))),
                Cell.of(row.text("references").isEmpty() ? "not public" : row.text("references")),
                Cell.of(row.text("purpose_labels").isEmpty() ? "not stated" : row.text("purpose_labels")),
                Cell.of(row.text("outcome").replace('_', ' ').toLowerCase(Locale.ROOT)),
                Cell.of(row.text("summary")));
    }
}
