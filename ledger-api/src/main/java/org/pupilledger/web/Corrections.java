package org.pupilledger.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupilledger.period.Quarter;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;
import org.pupilledger.web.PublicEditions.Edition;

/** What was published otherwise before, as the editions' own tables of revisions say. */
public record Corrections(Names names) {
    static final String TABLE = "revisions";

    /**
     * A figure that is another one now.
     *
     * @param sentence {@code People matched of the Home Office, Jul 2015 to Sep 2016: 520 before, 531 now (recount).}
     * @param link     to the page that explains the figure
     * @param on       day of the release that shows it
     */
    public record Correction(String sentence, String link, String on) {}

    /** The newest first, of the newest revision of each edition; what was only added is none. */
    List<Correction> newest(PublicEditions editions, int most) {
        List<Correction> found = new ArrayList<>();
        Set<Quarter> seen = new HashSet<>();
        for (var release : editions.releases()) {
            // an edition is read only where it has still to tell something: its newest version tells of all
            Edition edition = found.size() == most || !seen.add(release.quarter())
                    ? null
                    : editions.find(release.quarter(), release.revision()).orElse(null);
            if (edition != null) {
                revised(edition).stream()
                        .filter(row -> row.text("kind").contains("CORRECTED"))
                        .filter(row -> isOfPeople(row.text("figure")))
                        .limit(most - (long) found.size())
                        .forEach(row -> found.add(new Correction(
                                sentence(edition, row), link(edition, row), Dates.day(edition.releasedAt()))));
            }
        }
        return found;
    }

    /** People and requests, not the levels that follow from them. */
    private static boolean isOfPeople(String figure) {
        return (figure.startsWith("individuals_") && !figure.startsWith("individuals_returned_"))
                || figure.equals("requests_received")
                || figure.equals("requests_led_to_data");
    }

    static List<Row> revised(Edition edition) {
        return edition.table(TABLE).stream().flatMap(Row::of).toList();
    }

    private String sentence(Edition edition, Row row) {
        return label(edition, row) + ", " + names.of(row.text("organisation")) + ", " + row.text("period_label") + ": "
                + row.said("was") + " before, " + row.said("now") + " now (" + row.text("cause") + ").";
    }

    /** What the column is called in its own table. */
    static String label(Edition edition, Row row) {
        return edition.table(row.text("table"))
                .filter(table -> table.indexOf(row.text("figure")) >= 0)
                .map(table ->
                        table.columns().get(table.indexOf(row.text("figure"))).label())
                .orElse(row.text("figure"));
    }

    private static String link(Edition edition, Row row) {
        return Cells.path(edition, row.text("table"), row.text("period"), row.text("organisation"), row.text("figure"));
    }

    /** All of an edition, with kind and cause. */
    Grid of(Edition edition, Table table) {
        List<List<Cell>> lines = Row.of(table)
                .map(row -> List.of(
                        Cell.of(row.text("period_label")),
                        Cell.of(names.of(row.text("organisation"))),
                        new Cell(label(edition, row), link(edition, row), false, ""),
                        new Cell(row.said("was"), null, true, ""),
                        new Cell(row.said("now"), null, true, ""),
                        Cell.of(kind(row.text("kind"))),
                        Cell.of(row.text("cause")),
                        Cell.of(row.text("corrected_in"))))
                .toList();
        return new Grid(
                TABLE,
                "Figures that this edition shows otherwise than before",
                List.of(
                        new Head("Period", false),
                        new Head("Who asked", false),
                        new Head("Figure", false),
                        new Head("Before", true),
                        new Head("Now", true),
                        new Head("Kind", false),
                        new Head("Why", false),
                        new Head("Since", false)),
                lines,
                List.of());
    }

    private static String kind(String codes) {
        return codes.replace("ADDED", "added")
                .replace("CONTINUED", "went on")
                .replace("CORRECTED", "corrected")
                .replace("; ", ", ");
    }
}
