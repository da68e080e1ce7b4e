package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Item;
import org.pupilledger.editions.DataClassification;
import org.pupilledger.export.TableCsv;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.tables.Chart;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Document;
import org.pupilledger.tables.Table;
import org.pupilledger.values.Why;

class FiguresTablesTest {
    private static final String NO_LEVELS = "[x] level nothing; [x] level match indicator; [x] level record held;"
            + " [x] level school; [x] level address; [x] level address and school";

    private static @Nullable Object cell(Table table, int row, String column) {
        return table.rows().get(row).get(table.indexOf(column));
    }

    @Test
    void haveTheColumnsOfTheCsvAndAStatus() {
        Table table = FiguresTables.table("figures", "Figures", DwpFigures.by(By.QUARTER));
        List<String> names = table.columns().stream().map(Column::name).toList();
        String header = TableCsv.text(FiguresTables.answered(DwpFigures.by(By.QUARTER)))
                .lines()
                .findFirst()
                .orElseThrow();
        List<String> csv = List.of(header.split(",", -1));

        assertThat(names.subList(0, names.size() - 2))
                .as("people first")
                .startsWith("period", "period_label", "organisation", "category", "coverage", "individuals_submitted")
                .containsExactlyInAnyOrderElementsOf(csv.subList(0, csv.size() - 2));
        assertThat(names.subList(names.size() - 2, names.size())).containsExactly("summary", "status");
        assertThat(table.rows())
                .extracting(row -> row.subList(1, 4), row -> row.get(table.indexOf("individuals_submitted")))
                .containsExactly(
                        tuple(List.of("Apr to Jun 2018", "DWP", "OTHER_GOVERNMENT"), 185L),
                        tuple(List.of("Apr to Jun 2023", "DWP", "OTHER_GOVERNMENT"), 12L),
                        tuple(List.of("Jul to Sep 2023", "DWP", "OTHER_GOVERNMENT"), 9L),
                        tuple(List.of("Oct to Dec 2023", "DWP", "OTHER_GOVERNMENT"), 2L));
    }

    @Test
    void sayInShorthandWhatIsNotAvailableOrRevised() {
        Table table = FiguresTables.table(
                "figures",
                "Figures",
                DwpFigures.by(By.QUARTER),
                Set.of(
                        DwpFigures.cell("2023-Q2", "DWP", "individuals_submitted"),
                        DwpFigures.cell("2023-Q3", "DWP", "requests_received"),
                        DwpFigures.cell("2023-Q4", "HMRC", "requests_received"),
                        DwpFigures.cell("2023-Q4", "DWP", "requests_unheard_of")),
                EditionRules.NEWEST);

        assertThat(cell(table, 0, "status")).isNull();
        assertThat(cell(table, 1, "status"))
                .isEqualTo("[r] individuals submitted; [x] individuals matched; [x] individuals ambiguous;"
                        + " [x] individuals unmatched");
        assertThat(cell(table, 1, "individuals_matched")).isNull();
        assertThat(cell(table, 2, "status"))
                .isEqualTo("[r] requests received; [x] requests answered; [x] requests led to data; " + NO_LEVELS);
        assertThat(cell(table, 3, "status")).isNull();
    }

    @Test
    void addUpToTheRequestsAnsweredAtEachLevel() {
        Table table = FiguresTables.returnLevels(
                "levels",
                "Levels",
                DwpFigures.by(By.QUARTER),
                Set.of(DwpFigures.cell("2023-Q3", "DWP", "level_school")),
                EditionRules.NEWEST);

        assertThat(table.columns())
                .extracting(Column::name)
                .containsExactly(
                        "period",
                        "period_label",
                        "organisation",
                        "coverage",
                        "requests_answered",
                        "requests_led_to_data",
                        "level_nothing",
                        "level_match_indicator",
                        "level_record_held",
                        "level_school",
                        "level_address",
                        "level_address_and_school",
                        "level_not_stated",
                        "individuals_returned_record_held",
                        "individuals_returned_school",
                        "individuals_returned_address",
                        "individuals_returned_address_and_school",
                        "individuals_returned_level_not_stated",
                        "summary",
                        "status");
        assertThat(table.rows().get(2))
                .containsExactly(
                        "2023-Q3",
                        "Jul to Sep 2023",
                        "DWP",
                        "NOT_DECLARED",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        3L,
                        0L,
                        2L,
                        0L,
                        1L,
                        0L,
                        "9 submitted, 3 matched, address and school returned for 1; school returned for 2",
                        "[x] requests answered; [x] requests led to data; "
                                + NO_LEVELS.replace("[x] level school", "[x] level school; [r] level school"));
    }

    /** A source that says of nobody what was told leaves open how many were told each. */
    @Test
    void sayNothingOfLevelsOfWhichATotalSaysNothing() {
        OrganisationCode police = new OrganisationCode("POLICE");
        Totals totals = new Totals();
        totals.put(police, new Placement(Category.POLICE, null));
        totals.add(
                new Delta.Key(Period.months(YearMonth.of(2012, 4), YearMonth.of(2016, 10)), police, Why.UNSTATED),
                Delta.contribution(new Counts(Map.of(Count.RECEIVED, 33, Count.RETURNED, 62))));
        FiguresQuery all = new FiguresQuery(null, null, By.TOTAL, null, null, false, false);
        FiguresTable figures = FiguresTable.of(totals, all, null, null);

        for (Table table :
                List.of(FiguresTables.answered(figures), FiguresTables.table("figures", "Figures", figures))) {
            assertThat(cell(table, 0, "individuals_returned")).isEqualTo(62L);
            assertThat(cell(table, 0, "individuals_returned_level_not_stated")).isEqualTo(62L);
            for (Column column : table.columns()) {
                boolean isOfLevel = column.name().matches("level_.*|individuals_returned_(record|school|address).*");
                assertThat(isOfLevel && cell(table, 0, column.name()) != null)
                        .as(column.name())
                        .isFalse();
            }
        }
    }

    /** JSON says no more of a level than a table does: whoever's level is not stated may be one more of it. */
    @Test
    void aLevelIsNotStatedWhereSomebodysLevelIsNot() {
        OrganisationCode police = new OrganisationCode("POLICE");
        YearMonth month = YearMonth.of(2016, 10);
        Totals totals = new Totals();
        totals.put(police, new Placement(Category.POLICE, null));
        totals.add(
                new Delta.Key(Period.range(month, month), police, Why.UNSTATED),
                Delta.contribution(new Counts(Map.of(Count.RECEIVED, 2, Count.RETURNED, 2))));
        totals.add(
                new Delta.Key(month, police, Why.UNSTATED),
                new Tally()
                        .add(Measure.REQUESTS_RECEIVED, 1)
                        .add(Measure.INDIVIDUALS_RETURNED, 3)
                        .add(Measure.TOLD_SCHOOL, 3));
        FiguresQuery all = new FiguresQuery(null, null, By.MONTH, null, null, false, false);
        FiguresTable figures = FiguresTable.of(totals, all, null, null);

        FiguresView.Row row = FiguresView.of(figures).rows().getFirst();
        assertThat(row.individuals().returned()).isEqualTo(5);
        assertThat(row.individuals().returnedByLevel())
                .containsEntry("SCHOOL", null)
                .containsEntry("NOT_STATED", 2L);
        assertThat(row.notStated()).containsEntry("returnedByLevel.SCHOOL", new FiguresView.NotStated(2, 3));
        assertThat(cell(FiguresTables.answered(figures), 0, "individuals_returned_school"))
                .isNull();
    }

    @Test
    void areADocumentOfTheirOwn() {
        Document document = FiguresDocument.of(DwpFigures.by(By.QUARTER));

        assertThat(document.title())
                .isEqualTo("Requests to match people with the National Pupil Database and people in them, England,"
                        + " Apr 2018 to Dec 2023, by calendar quarter and organisation");
        assertThat(document.cover())
                .extracting(line -> line.label() + ": " + line.value())
                .containsExactly(
                        "Requests received: Apr 2018 to Dec 2023",
                        "Periods: calendar quarter",
                        "Ledger position: up to and including 9",
                        "Source: Pupil-matching ledger");
        assertThat(document.tables()).hasSize(1);
        Chart chart = Objects.requireNonNull(document.chart());
        assertThat(chart.labelColumn()).isEqualTo("period_label");
        assertThat(chart.series())
                .containsExactly("individuals_submitted", "individuals_matched", "individuals_returned");
        assertThat(document.notes()).anyMatch(note -> note.contains("[x]")).anyMatch(note -> note.contains("[r]"));
    }

    @Test
    void haveNoChartWhereThereIsNothingToShow() {
        Document document = FiguresDocument.of(DwpFigures.none());

        assertThat(document.chart()).isNull();
        assertThat(document.tables().getFirst().rows()).isEmpty();
        assertThat(document.cover()).extracting(Document.Line::value).contains("none", "no entry is counted");
    }

    @Test
    void classifyEveryItemOnBothScales() {
        Table table = DataClassification.table();

        assertThat(table.rows())
                .extracting(List::getFirst)
                .containsExactly(Arrays.stream(Item.values()).map(Item::name).toArray());
        for (int row = 0; row < table.rows().size(); row++) {
            assertThat((String) cell(table, row, "identification_risk")).matches("[1-6]");
            assertThat((String) cell(table, row, "sensitivity")).matches("[A-E]");
            assertThat((String) cell(table, row, "identification_risk_meaning")).isNotBlank();
            assertThat((String) cell(table, row, "sensitivity_meaning")).isNotBlank();
        }
    }
}
