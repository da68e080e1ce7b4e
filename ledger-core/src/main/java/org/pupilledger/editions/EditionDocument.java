package org.pupilledger.editions;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.tables.Chart;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.Table;

/**
 * What an edition says, before it is written in any format.
 *
 * @param number   of the revision, 1 for the first release
 * @param grounds  null for the first release
 * @param revised  figures that this version or an earlier one shows otherwise than was published before
 * @param withheld quarters that are not shown
 */
public record EditionDocument(
        EditionState edition,
        int number,
        @Nullable Grounds grounds,
        long position,
        Content.TreeHead checkpoint,
        EditionRules rules,
        List<RevisedFigure> revised,
        Set<Quarter> withheld) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);

    /** Stem of the names of an edition's own files. */
    public static String name(Quarter quarter) {
        return "pupil-matching-" + quarter;
    }

    /** {@code 7 December 2023}. */
    static String day(LocalDate date) {
        return DAY.format(date);
    }

    /** How a revision is named in tables and reports: {@code 2023-Q3 revision 1}. */
    public static String name(Quarter quarter, int revision) {
        return quarter + " revision " + revision;
    }

    /**
     * @param totals     the months that are shown
     * @param names      of organisations, by code
     * @param requests   one by one, where the rules have them
     * @param agreements as they were at the position
     */
    Document of(Totals totals, Map<String, String> names, Optional<Table> requests, Table agreements) {
        Quarter quarter = edition.quarter();
        Map<FigureSheet, FiguresTable> sheets = new EnumMap<>(FigureSheet.class);
        List<Table> tables = new ArrayList<>();
        for (FigureSheet sheet : FigureSheet.of(rules)) {
            FiguresTable figures = sheet.figures(totals, quarter.last(), Releases.in(withheld));
            sheets.put(sheet, figures);
            tables.add(sheet.table(figures, revisedIn(sheet), rules));
        }
        if (rules != EditionRules.EDITION_1) {
            for (CutSheet sheet : CutSheet.values()) {
                tables.add(sheet.table(totals, quarter.last(), rules));
            }
        }
        requests.ifPresent(tables::add);
        tables.add(agreements);
        tables.add(RevisionsTable.of(revised, rules));
        tables.add(DataClassification.table());
        return new Document(
                name(quarter),
                "Pupil matching: requests to match people with the National Pupil Database, England, "
                        + quarter.label(),
                cover(),
                notes(),
                isNewest()
                        ? tables.stream()
                                .map(table -> FigureColumns.named(table, names))
                                .toList()
                        : tables,
                chart(sheets, names),
                isNewest() ? Document.Layout.FOR_PAPER : Document.Layout.AS_PUBLISHED);
    }

    private boolean isNewest() {
        return switch (rules) {
            case EDITION_1, EDITION_2 -> false;
            case EDITION_3 -> true;
        };
    }

    private Set<FiguresTables.Cell> revisedIn(FigureSheet sheet) {
        return revised.stream()
                .filter(figure -> figure.sheet() == sheet)
                .map(figure -> new FiguresTables.Cell(figure.row(), figure.column()))
                .collect(Collectors.toSet());
    }

    private List<Document.Line> cover() {
        List<Document.Line> lines = new ArrayList<>();
        lines.add(new Document.Line("Quarter", edition.quarter().label()));
        lines.add(new Document.Line("Edition", edition.quarter().toString()));
        lines.add(new Document.Line("Revision", Integer.toString(number)));
        lines.add(new Document.Line("Release date announced", day(edition.releaseOn())));
        if (grounds != null) {
            lines.add(new Document.Line("Kind of revision", grounds.kind().label()));
            lines.add(new Document.Line("Reason", grounds.reason().label()));
            lines.add(new Document.Line("Decided by", grounds.decider().label()));
            lines.add(new Document.Line("Revision announced on", day(grounds.announcedOn())));
        }
        lines.add(new Document.Line("Disclosure control", edition.profile().label()));
        lines.add(new Document.Line("Source", "Pupil-matching ledger, entries 0 to " + position));
        lines.add(new Document.Line("Size of the log's checkpoint", Long.toString(checkpoint.size())));
        lines.add(new Document.Line("Root hash of the log's checkpoint", checkpoint.rootHash()));
        lines.add(new Document.Line("Rules", rules.code()));
        return lines;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("The tables show all that the ledger held up to the entry that the cover names, for periods up to "
                + edition.quarter().label()
                + ". What was recorded later is in a later revision or edition; this one does"
                + " not change.");
        notes.add("A period without a row for an organisation has none of its requests in the ledger."
                + switch (rules) {
                    case EDITION_1 ->
                        " Of a time before the ledger was opened, which was recorded from sources, that does not mean that"
                                + " there were none.";
                    case EDITION_2, EDITION_3 ->
                        " That does not mean that there were none: only where the coverage is COMPLETE, what is not"
                                + " recorded did not happen.";
                });
        // whether there is anything to leave out is not told
        Set<Quarter> leftOut = new TreeSet<>(withheld);
        leftOut.removeIf(quarter -> quarter.compareTo(edition.quarter()) > 0);
        if (!leftOut.isEmpty()) {
            notes.add("Left out, because an edition of their own is announced and not released: "
                    + leftOut.stream().map(Quarter::label).collect(Collectors.joining(", ")) + ".");
        }
        if (rules != EditionRules.EDITION_1) {
            notes.add(
                    "In the tables of police and of courts, what belongs to an organisation of the table is counted in the row of"
                            + " the highest such organisation; other tables have a row for each organisation.");
        }
        notes.addAll(FiguresDocument.notes(rules));
        if (rules != EditionRules.EDITION_1) {
            notes.add(
                    "The table of requests has no more of each request than the tables of figures count, the purpose, and"
                            + " its references where a published source tells them. Who belongs to the police or to a court is listed"
                            + " as it is counted.");
        }
        notes.add("An agreement can have several parties, so that agreements counted for each organisation must not be"
                + " added up.");
        notes.add(
                "The revisions table lists each figure that this edition shows otherwise than it was published before: in an"
                        + " earlier edition, or in an earlier revision of this one. Cells of the agreements table that a revision"
                        + " shows otherwise are marked [r] there.");
        return notes;
    }

    private static String called(FiguresTable ofOne, Map<String, String> names) {
        String code = ofOne.rows().getFirst().organisation().value();
        return names.getOrDefault(code, code);
    }

    /** Of the first table that has something to show of one organisation. */
    private @Nullable Chart chart(Map<FigureSheet, FiguresTable> sheets, Map<String, String> names) {
        return sheets.entrySet().stream()
                .filter(sheet -> !sheet.getValue().rows().isEmpty()
                        && sheet.getValue().rows().stream()
                                        .map(FiguresTable.Row::organisation)
                                        .distinct()
                                        .count()
                                == 1)
                .findFirst()
                .map(sheet -> new Chart(
                        "People submitted, matched and returned"
                                + (isNewest() ? ": " + called(sheet.getValue(), names) : ""),
                        "For each period of the table " + sheet.getKey().table()
                                + ", how many people were submitted, matched and returned. A measure that is not stated has"
                                + " no mark.",
                        sheet.getKey().table(),
                        "period_label",
                        List.of(
                                Measure.INDIVIDUALS_SUBMITTED.column(),
                                Measure.INDIVIDUALS_MATCHED.column(),
                                Measure.INDIVIDUALS_RETURNED.column()),
                        rules != EditionRules.EDITION_1))
                .orElse(null);
    }
}
