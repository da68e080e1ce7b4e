package org.pupilledger.editions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/** The table of revised figures: which, what it was, what it is now, where, and why. */
final class RevisionsTable {
    private static final Column KIND = new Column(
            "kind",
            "Kind of change",
            Kind.TEXT,
            "ADDED where what is counted besides came into the ledger since; CONTINUED where what was counted went on;"
                    + " CORRECTED where what was published is not right any more, or is counted otherwise. Several are joined by semicolons.");
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
            KIND,
            new Column("cause", "Cause", Kind.TEXT, "Why the figure changed."),
            StatusColumn.of("[x] not available"));

    private RevisionsTable() {}

    static Table of(List<RevisedFigure> revised, EditionRules rules) {
        boolean hasKind = rules != EditionRules.EDITION_1;
        return new Table(
                "revisions",
                "Figures of this edition that were revised",
                "Each figure that this edition shows otherwise than it was published before.",
                COLUMNS.stream()
                        .filter(column -> hasKind || !column.equals(KIND))
                        .toList(),
                revised.stream().map(figure -> row(figure, hasKind)).toList());
    }

    private static List<@Nullable Object> row(RevisedFigure figure, boolean hasKind) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(figure.sheet().table());
        row.add(figure.column());
        row.add(figure.row().organisation().value());
        row.add(figure.row().period().toString());
        row.add(figure.row().period().label());
        row.add(figure.was());
        row.add(figure.now());
        row.add(figure.firstPublishedIn());
        row.add(figure.correctedIn());
        if (hasKind) {
            row.add(figure.kinds().stream().map(Enum::name).collect(Collectors.joining("; ")));
        }
        row.add(figure.cause());
        row.add(status(figure));
        return row;
    }

    private static @Nullable String status(RevisedFigure figure) {
        if (figure.was() == null) {
            return StatusColumn.notAvailable("was");
        }
        return figure.now() == null ? StatusColumn.notAvailable("now") : null;
    }
}
