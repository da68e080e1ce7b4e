package org.pupilledger.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.DataClassification;
import org.pupilledger.figures.DwpFigures;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.period.By;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Column.Kind;

/** Documents to try the formats with. */
public final class Documents {
    /** What markup, a spreadsheet and CSV each have a meaning for, with what none of them can hold. */
    static final String HOSTILE =
            "=SUM(A1) <script>alert('&')</script> \"quoted\", \u00e9\u4e2d\ud83d\ude00 &#55357;&#56832;\u0000\u0007\ufffe\ud800end";

    /** {@link #HOSTILE} as it is published. */
    public static final String HARMLESS =
            "=SUM(A1) <script>alert('&')</script> \"quoted\", \u00e9\u4e2d\ud83d\ude00 &#55357;&#56832;end";

    private Documents() {}

    /** The real requests of the DWP by quarter, with all that a publication has. */
    public static Document dwp() {
        Table figures = FiguresTables.table(
                "figures",
                "Requests and people, England, Apr 2018 to Dec 2023",
                DwpFigures.by(By.QUARTER),
                Set.of(DwpFigures.cell("2018-Q2", "DWP", "individuals_matched")),
                EditionRules.NEWEST);
        Table levels = FiguresTables.returnLevels(
                "outcomes-by-return-level-of-all-kinds",
                "Requests by return level, England, Apr 2018 to Dec 2023",
                DwpFigures.by(By.QUARTER),
                Set.of(),
                EditionRules.NEWEST);
        return new Document(
                "pupil-matching-2023-Q4",
                "Requests to match people with the National Pupil Database, Apr 2018 to Dec 2023",
                List.of(new Document.Line("Released", "14 March 2024"), new Document.Line("Ledger position", "41")),
                List.of("Requests and people are never added to each other.", "[x] is not available."),
                List.of(figures, levels, DataClassification.table()),
                new Chart(
                        "People submitted, matched and returned",
                        "Most people were submitted in the second quarter of 2018.",
                        "figures",
                        "period_label",
                        List.of("individuals_submitted", "individuals_matched", "individuals_returned")));
    }

    /** Text of every kind that could go wrong, numbers at their limits, and no chart. */
    public static Document hostile() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(Arrays.asList(HOSTILE, "+1", 0L, null));
        rows.add(Arrays.asList("-2", "@here", -1_234_567L, "2023-06-15"));
        rows.add(Arrays.asList("two\r\nlines\tand  a tab ", "", 9_007_199_254_740_991L, "2023-06-16"));
        rows.add(Arrays.asList(null, null, null, null));
        return new Document(
                "hostile",
                HOSTILE,
                List.of(new Document.Line("<b>", HOSTILE)),
                List.of(HOSTILE),
                List.of(new Table(
                        "cover",
                        HOSTILE,
                        HOSTILE,
                        List.of(
                                new Column("text", HOSTILE, Kind.TEXT, HOSTILE),
                                new Column("code", "Code", Kind.CODE, "A code."),
                                new Column("count", "Count", Kind.COUNT, "A count."),
                                new Column("day", "Day", Kind.DATE, "A day.")),
                        rows)),
                null);
    }

    /** Ten years by month for 17 organisations: nine tables, the largest of 2,040 rows and 27 columns. */
    static Document tenYears() {
        List<Table> tables = new ArrayList<>();
        tables.add(large("history", 2_040));
        IntStream.range(0, 8).forEach(i -> tables.add(large("table-" + i, 120)));
        return new Document(
                "ten-years",
                "Ten years",
                List.of(),
                List.of("One note."),
                tables,
                new Chart("Ten years", "A line for each measure.", "table-0", "text_0", List.of("count_3", "count_4")));
    }

    private static Table large(String name, int rowCount) {
        List<Column> columns = Stream.concat(
                        IntStream.range(0, 3).mapToObj(i -> new Column("text_" + i, "Text " + i, Kind.TEXT, "Text.")),
                        IntStream.range(3, 27)
                                .mapToObj(i ->
                                        new Column("count_" + i, "Count of something " + i, Kind.COUNT, "A count.")))
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < rowCount; row++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                if (column < 3) {
                    cells.add("Row " + row);
                } else {
                    cells.add(row % 7 == 3 && column == 3 ? null : (Long) (row * 31L + column));
                }
            }
            rows.add(cells);
        }
        return new Table(name, "Title of " + name, "Description of " + name + ".", columns, rows);
    }
}
