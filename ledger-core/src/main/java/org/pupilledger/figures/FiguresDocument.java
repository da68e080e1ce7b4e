package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Chart;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.Table;

/** Any table of figures as a document of its own: a cover, notes on how it counts, the table and a chart of the people. */
public final class FiguresDocument {
    /** Stem of the names of files of figures. */
    public static final String NAME = "pupil-matching-figures";

    private static final String TABLE = "figures";

    private static final String RECORDED =
            "A period is not recorded where nobody has said that the record of its months is complete, and recorded in part"
                    + " where that is said of some of them. Its cells hold no numbers: they are not zero.";
    private static final String FIRST_SHORTHAND =
            "Shorthand in the status column: [x] not available, because some request does not state it; [r] revised since"
                    + " it was first published.";
    private static final String SHORTHAND =
            "Shorthand, in the status column of a CSV and in the cells of a workbook: [x] not available, because some"
                    + " request does not state it or the period is not recorded; [z] not applicable; [c] confidential; [r]"
                    + " revised since it was first published.";

    private static final String LEVELS_COUNTED =
            " Where return levels are marked [x], their columns count the requests that state one.";

    private static final List<String> NOTES = List.of(
            "A request is counted in the period in which it was received, once for each of its department references and"
                    + " at least once.",
            "Each request is in exactly one of approved, refused, withdrawn and open, by its latest outcome.",
            "People are counted in each request in which they were submitted: a person in two requests is counted twice."
                    + " Requests and people are never added to each other.",
            "People unmatched are those submitted less those matched and ambiguous, over requests with a match recorded.",
            "People answered are those about whom the department replied anything at all; people returned are those about"
                    + " whom at least one item beyond the match indicator was released.",
            "The return level of a request says how much was handed over: nothing, the match indicator only (Y-only),"
                    + " that a record is held, a school, an address, or both.",
            "A measure that some request of a row does not state is not stated for the row. Its cell holds no number: it"
                    + " is not zero.",
            RECORDED,
            SHORTHAND,
            "Figures are exact. No figure is rounded or suppressed.");

    private FiguresDocument() {}

    /** How figures are counted, and what shorthand means. */
    public static List<String> notes(EditionRules rules) {
        return switch (rules) {
            case EDITION_1 ->
                notes(FIRST_SHORTHAND + LEVELS_COUNTED)
                        .filter(note -> !note.equals(RECORDED))
                        .toList();
            case EDITION_2 -> notes(FIRST_SHORTHAND).toList();
            case EDITION_3 -> NOTES;
        };
    }

    private static Stream<String> notes(String shorthand) {
        return NOTES.stream().map(note -> note.equals(SHORTHAND) ? shorthand : note);
    }

    public static Document of(FiguresTable figures) {
        Table table = FiguresTables.table(TABLE, title(figures), figures);
        return new Document(
                NAME,
                title(figures),
                cover(figures),
                NOTES,
                List.of(table),
                chart(table, figures.cut()),
                Document.Layout.FOR_PAPER);
    }

    static String title(FiguresTable figures) {
        String range = range(figures);
        Cut cut = figures.cut();
        return "Requests to match people with the National Pupil Database and people in them, England"
                + (range == null ? "" : ", " + range)
                + (figures.by() == By.TOTAL ? ", by organisation" : ", by " + unit(figures.by()) + " and organisation")
                + (cut == null ? "" : " and " + cut.label());
    }

    private static List<Document.Line> cover(FiguresTable figures) {
        List<Document.Line> lines = new ArrayList<>();
        String range = range(figures);
        lines.add(new Document.Line("Requests received", range == null ? "none" : range));
        lines.add(new Document.Line("Periods", unit(figures.by())));
        Long position = figures.position();
        lines.add(new Document.Line(
                "Ledger position", position == null ? "no entry is counted" : "up to and including " + position));
        String asAt = figures.asAt();
        if (asAt != null) {
            lines.add(new Document.Line("As at", asAt));
        }
        lines.add(new Document.Line("Source", "Pupil-matching ledger"));
        return lines;
    }

    private static @Nullable String range(FiguresTable figures) {
        YearMonth from = figures.from();
        YearMonth to = figures.to();
        return from == null || to == null ? null : Period.months(from, to).label();
    }

    private static String unit(By by) {
        return switch (by) {
            case MONTH -> "month";
            case QUARTER -> "calendar quarter";
            case YEAR -> "calendar year";
            case TOTAL -> "whole period";
        };
    }

    /** None where a row needs two of its columns to be told from the others. */
    private static @Nullable Chart chart(Table table, @Nullable Cut cut) {
        return Stream.concat(
                        Stream.of("period_label", "organisation"),
                        Stream.ofNullable(cut).map(by -> by.labels().name()))
                .filter(column -> tellsRowsApart(table, column))
                .findFirst()
                .map(column -> new Chart(
                        "People submitted, matched and returned",
                        "For each row of the table, how many people were submitted, matched and returned. A measure that is"
                                + " not stated has no mark.",
                        TABLE,
                        column,
                        Stream.of(
                                        Measure.INDIVIDUALS_SUBMITTED,
                                        Measure.INDIVIDUALS_MATCHED,
                                        Measure.INDIVIDUALS_RETURNED)
                                .map(Measure::column)
                                .toList()))
                .orElse(null);
    }

    private static boolean tellsRowsApart(Table table, String column) {
        int index = table.indexOf(column);
        return !table.rows().isEmpty()
                && table.rows().stream().map(row -> row.get(index)).distinct().count()
                        == table.rows().size();
    }
}
