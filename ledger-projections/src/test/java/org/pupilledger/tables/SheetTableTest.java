package org.pupilledger.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.tables.Column.Kind;

class SheetTableTest {
    private static final List<Column> COLUMNS = List.of(
            FigureColumns.PERIOD,
            FigureColumns.PERIOD_LABEL,
            FigureColumns.ORGANISATION,
            new Column("category", "Category", Kind.CODE, "Kind of organisation."),
            FigureColumns.COVERAGE,
            new Column("individuals_submitted", "Individuals submitted", Kind.PEOPLE, "People."),
            new Column("individuals_matched", "Individuals matched", Kind.PEOPLE, "People."),
            new Column("summary", "Summary", Kind.TEXT, "In words."),
            StatusColumn.of("[x] not available"));

    private static SheetTable forPaper(List<List<@Nullable Object>> rows) {
        Table table = new Table("quarters", "Quarters", "Requests by quarter.", COLUMNS, rows);
        return SheetTable.forPaper(FigureColumns.named(table, Map.of("DWP", "Department for Work and Pensions")));
    }

    private static List<@Nullable Object> row(
            String coverage, @Nullable Long submitted, @Nullable Long matched, @Nullable String status) {
        return Arrays.asList(
                "2023-Q3", "Jul to Sep 2023", "DWP", "OTHER", coverage, submitted, matched, "in words", status);
    }

    @Test
    void saysWhatARowIsOfAndThenHowManyPeople() {
        SheetTable shown = forPaper(List.of(row("COMPLETE", 9L, 3L, null)));

        assertThat(shown.columns())
                .extracting(Column::name)
                .containsExactly(
                        "period_label",
                        "organisation_name",
                        "individuals_submitted",
                        "individuals_matched",
                        "organisation",
                        "coverage",
                        "summary");
        assertThat(shown.keys()).isEqualTo(2);
        assertThat(shown.rows())
                .containsExactly(List.of(
                        "Jul to Sep 2023", "Department for Work and Pensions", 9L, 3L, "DWP", "COMPLETE", "in words"));
    }

    @Test
    void shorthandStandsInTheCellThatItIsAbout() {
        SheetTable shown = forPaper(List.of(
                row("COMPLETE", 9L, null, "[x] individuals matched; [r] individuals submitted"),
                row("NONE", null, null, "[x] not recorded"),
                row("COMPLETE", 1L, 0L, null)));

        assertThat(shown.rows())
                .extracting(row -> row.get(2), row -> row.get(3), List::getLast)
                .containsExactly(
                        tuple(9L, "[x]", "[r] individuals submitted"), tuple("[x]", "[x]", null), tuple(1L, 0L, null));
        assertThat(shown.columns().getLast().label()).isEqualTo("Marks");
    }

    @Test
    void aTableWithoutRowsSaysSo() {
        assertThat(forPaper(List.of()).rows()).containsExactly(List.of("There is nothing in this table."));
    }
}
