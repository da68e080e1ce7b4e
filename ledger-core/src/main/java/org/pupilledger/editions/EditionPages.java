package org.pupilledger.editions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionState;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Column.Kind;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.Table;

/** Pages about editions that hold no figures: when one is due, and the calendar of all. */
public final class EditionPages {
    private EditionPages() {}

    /** Name of the file that is the page of an edition. */
    public static String page(Quarter quarter) {
        return EditionDocument.name(quarter) + ".html";
    }

    /** For an edition that is not released. */
    public static byte[] due(EditionState edition) {
        return DocumentHtml.of(new Document(
                EditionDocument.name(edition.quarter()),
                "Pupil matching: " + edition.quarter().label(),
                List.of(
                        new Document.Line("Due", EditionDocument.day(edition.releaseOn())),
                        new Document.Line("State", "not released yet")),
                List.of("The figures of this quarter are released on the date that is announced here, to everybody at"
                        + " the same time."),
                List.of(),
                null));
    }

    /**
     * The calendar.
     *
     * @param editions in the order in which they are shown
     */
    public static byte[] calendar(List<EditionState> editions) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (EditionState edition : editions) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(edition.quarter().toString());
            row.add(edition.quarter().label());
            row.add(EditionDocument.day(edition.releaseOn()));
            row.add(state(edition));
            row.add((long) edition.revisions().size());
            rows.add(row);
        }
        Table table = new Table(
                "editions",
                "Editions by quarter, newest first",
                "When each quarter was or will be released, and how often it was revised.",
                List.of(
                        new Column("quarter", "Quarter", Kind.CODE, "The quarter, as a code."),
                        new Column("quarter_label", "Months", Kind.TEXT, "The quarter, as it is read."),
                        new Column("release_date", "Release date", Kind.TEXT, "The date that is announced."),
                        new Column("state", "State", Kind.TEXT, "How far the edition has come."),
                        new Column("revisions", "Releases", Kind.COUNT, "The first release and its revisions.")),
                rows);
        return DocumentHtml.of(new Document(
                "pupil-matching-editions",
                "Pupil matching: release calendar",
                List.of(),
                List.of(),
                List.of(table),
                null));
    }

    private static String state(EditionState edition) {
        return switch (edition.status()) {
            case SCHEDULED, PREVIEWED -> "announced";
            case RELEASED -> "released";
            case REVISED -> "released, revised";
        };
    }
}
