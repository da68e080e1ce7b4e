package org.pupilledger.editions;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FigureColumns;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/** The table of revised figures: which, what it was, what it is now, where, and why. */
final class RevisionsTable {
    private static final List<Column> COLUMNS = List.of(
            new Column("table", "Table", Kind.CODE, "Name of the table that the figure is in."),
            new Column("figure", "Figure", Kind.CODE, "Name of the column that the figure is in."),
            FigureColumns.ORGANISATION,
            FigureColumns.PERIOD,
            FigureColumns.PERIOD_LABEL,
            new Column("was", "Was", Kind.COUNT, "The figure before."),
            new Column("now", "Now", Kind.COUNT, "The figure now."),
            new Column(
                    "first_published_in",
                    "First published in",
                    Kind.TEXT,
                    "Edition and revision that were the first to show the figure."),
            new Column("corrected_in", "Corrected in", Kind.TEXT, "Edition and revision that show the figure now."),
            new Column("cause", "Cause", Kind.TEXT, "Why the figure changed."),
            StatusColumn.of("[x] not available"));

    private RevisionsTable() {}

    static Table of(List<RevisedFigure> revised) {
        return new Table(
                "revisions",
                "Figures of this edition that were revised",
                "Each figure that this edition shows otherwise than it was published before.",
                COLUMNS,
                revised.stream().map(RevisionsTable::row).toList());
    }

    private static List<@Nullable Object> row(RevisedFigure figure) {
        return Arrays.<@Nullable Object>asList(
                figure.sheet().table(),
                figure.column(),
                figure.row().organisation().value(),
                figure.row().period().toString(),
                figure.row().period().label(),
                figure.was(),
                figure.now(),
                figure.firstPublishedIn(),
                figure.correctedIn(),
                figure.cause(),
                status(figure));
    }

    private static @Nullable String status(RevisedFigure figure) {
        if (figure.was() == null) {
            return StatusColumn.notAvailable("was");
        }
        return figure.now() == null ? StatusColumn.notAvailable("now") : null;
    }
}
