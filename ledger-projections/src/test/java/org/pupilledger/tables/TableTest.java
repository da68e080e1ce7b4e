package org.pupilledger.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.tables.Column.Kind;

class TableTest {
    private static final Column PERIOD = new Column("period", "Period", Kind.CODE, "A month.");
    private static final Column PEOPLE = new Column("people", "People", Kind.PEOPLE, "People.");

    private static Table table(List<List<@Nullable Object>> rows) {
        return new Table("a-table", "A table", "A description.", List.of(PERIOD, PEOPLE), rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return new ArrayList<@Nullable Object>(Arrays.asList(cells));
    }

    @Test
    void keepsACopyOfItsRowsThatNobodyChanges() {
        List<@Nullable Object> row = row("2018-04", null);
        List<List<@Nullable Object>> rows = new ArrayList<>(List.of(row));
        Table table = table(rows);
        row.set(0, "2018-05");
        rows.clear();

        assertThat(table.rows()).containsExactly(row("2018-04", null));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> table.rows().removeFirst());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> table.rows().getFirst().removeFirst());
    }

    @Test
    void hasOneCellOfTheRightKindForEachColumn() {
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(row("2018-04"))));
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(row("2018-04", 1L, 1L))));
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(row("2018-04", "1"))));
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(row(1L, 1L))));
        assertThatIllegalArgumentException().isThrownBy(() -> table(List.of(row("2018-04", 1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("a", "A", "A.", List.of(PERIOD, PERIOD), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("a", "A", "A.", List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A-table", "a_table", "a table", "-a", "a-", "../a", "a.csv"})
    void hasANameThatAFileCanHave(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table(name, "A", "A.", List.of(PERIOD), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Column(name + "-", "A", Kind.TEXT, "A."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a/b", "..", "a b"})
    void isInADocumentWithANameThatAFileCanHave(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Document(name, "A", List.of(), List.of(), List.of(), null));
    }

    @Test
    void isAloneWithItsNameInADocument() {
        Table table = table(List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Document("a", "A", List.of(), List.of(), List.of(table, table), null));
    }

    @Test
    void isChartedOnlyByColumnsThatItHas() {
        assertThat(document(new Chart("A", "A.", "a-table", "period", List.of("people")))
                        .chart())
                .isNotNull();
        for (Chart bad : List.of(
                new Chart("A", "A.", "another", "period", List.of("people")),
                new Chart("A", "A.", "a-table", "another", List.of("people")),
                new Chart("A", "A.", "a-table", "period", List.of("another")),
                new Chart("A", "A.", "a-table", "period", List.of("period")))) {
            assertThatIllegalArgumentException().isThrownBy(() -> document(bad));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Chart("A", "A.", "a-table", "period", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chart("A", "A.", "a", "b", List.of("a", "b", "c", "d", "e")));
    }

    private static Document document(Chart chart) {
        return new Document("a", "A", List.of(), List.of(), List.of(table(List.of())), chart);
    }

    @Test
    void hasTextThatEveryFormatCanCarry() {
        Table table = Documents.hostile().tables().getFirst();

        assertThat(table.title()).isEqualTo(Documents.HARMLESS);
        assertThat(table.rows().getFirst()).startsWith(Documents.HARMLESS);
        assertThat(table.rows().get(2)).startsWith("two lines and a tab");
        assertThat(PublishedText.of(" \u0085\u2028a\udc00\ud83d\ude00\ufdd0\ud83f\udffe\n"))
                .isEqualTo("\u2028a\ud83d\ude00");
    }
}
