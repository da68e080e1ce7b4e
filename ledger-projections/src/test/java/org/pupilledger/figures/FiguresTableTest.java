package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.pupilledger.figures.Cases.DWP;
import static org.pupilledger.figures.Cases.DWP_CASES;
import static org.pupilledger.figures.Cases.HOME_OFFICE;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.codes.Outcome;
import org.pupilledger.coverage.Coverages.Extent;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.figures.FiguresQuery.Problem;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.request.Figures;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.values.Requests;
import org.pupilledger.values.Why;

@Isolated("it changes the locale of the process")
class FiguresTableTest {
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");

    // The real requests of the DWP

    @Test
    void theRealRequestsByQuarterAreThosePublished() {
        assertThat(legible(table(By.QUARTER)))
                .containsExactly(
                        "2018-Q2 Apr to Jun 2018: 185 submitted, 1 matched, Y-only returned",
                        "2023-Q2 Apr to Jun 2023: 12 submitted, matched not stated,"
                                + " record held and date last collected returned for 12",
                        "2023-Q3 Jul to Sep 2023: 9 submitted, 3 matched,"
                                + " address and school returned for 1; school returned for 2",
                        "2023-Q4 Oct to Dec 2023: 2 submitted, 0 matched, nothing returned");
        assertThat(table(By.QUARTER).rows())
                .extracting(
                        row -> row.tally().get(Measure.REQUESTS_RECEIVED),
                        row -> row.tally().get(Measure.INDIVIDUALS_SUBMITTED),
                        row -> row.tally().get(Measure.INDIVIDUALS_RETURNED))
                .containsExactly(tuple(1L, 185L, 0L), tuple(1L, 12L, 12L), tuple(5L, 9L, 3L), tuple(1L, 2L, 0L));
    }

    @Test
    void theRealRequestsOf2023KeepWhatIsKnownOfTheMatches() {
        FiguresTable.Row year = table(By.YEAR).rows().getLast();

        assertThat(year.period()).hasToString("2023");
        assertThat(year.category()).isEqualTo(Category.OTHER_GOVERNMENT);
        assertThat(year.tally().get(Measure.REQUESTS_RECEIVED)).isEqualTo(7);
        assertThat(year.tally().get(Measure.INDIVIDUALS_SUBMITTED)).isEqualTo(23);
        assertThat(year.tally().get(Measure.INDIVIDUALS_RETURNED)).isEqualTo(15);
        assertThat(year.tally().get(Measure.NOT_STATED_MATCHED)).isEqualTo(1);
        assertThat(year.tally().get(Measure.INDIVIDUALS_MATCHED)).isEqualTo(3);
        assertThat(Summary.of(year.tally()))
                .isEqualTo("23 submitted, matched not stated, address and school returned for 1; school returned for 2;"
                        + " record held and date last collected returned for 12");
    }

    private static FiguresTable table(By by) {
        return table(Cases.totals(DWP_CASES), query(null, null, by));
    }

    // Periods and labels

    @ParameterizedTest
    @CsvSource({
        "MONTH,   2018-04, 2018-04, 2018-04,         Apr 2018",
        "MONTH,   2023-09, 2023-09, 2023-09,         Sep 2023",
        "QUARTER, 2018-01, 2018-03, 2018-Q1,         Jan to Mar 2018",
        "QUARTER, 2018-04, 2018-06, 2018-Q2,         Apr to Jun 2018",
        "QUARTER, 2023-07, 2023-09, 2023-Q3,         Jul to Sep 2023",
        "QUARTER, 2023-10, 2023-12, 2023-Q4,         Oct to Dec 2023",
        "YEAR,    2018-01, 2018-12, 2018,            2018",
        "TOTAL,   2018-04, 2018-06, 2018-04/2018-06, Apr 2018 to Jun 2018",
        "TOTAL,   2018-04, 2018-04, 2018-04/2018-04, Apr 2018"
    })
    void aPeriodIsWrittenTheSameInEveryCountry(By by, YearMonth from, YearMonth to, String period, String label) {
        Locale before = Locale.getDefault();
        try {
            for (String locale : List.of("en-GB", "tr-TR", "de-DE", "th-TH", "th-TH-u-ca-buddhist-nu-thai", "ar-EG")) {
                Locale.setDefault(Locale.forLanguageTag(locale));

                assertThat(new Period(by, from, to)).hasToString(period);
                assertThat(Period.parse(period)).contains(new Period(by, from, to));
                assertThat(new Period(by, from, to).label()).isEqualTo(label);
                assertThat(by.startOf(from)).isEqualTo(from);
                assertThat(by.code()).isEqualTo(by.name().toLowerCase(Locale.ROOT));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "th-TH-u-ca-buddhist-nu-thai"})
    void theFiguresAreTheSameInEveryCountry(String locale) {
        Locale before = Locale.getDefault();
        List<String> here = legible(table(By.QUARTER));
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));

            assertThat(legible(table(By.QUARTER))).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> legible(FiguresTable table) {
        return table.rows().stream()
                .map(row -> row.period() + " " + row.period().label() + ": " + Summary.of(row.tally()))
                .toList();
    }

    @Test
    void everyMonthHasThreeLetters() {
        assertThat(Stream.iterate(YearMonth.of(2023, 1), month -> month.plusMonths(1))
                        .limit(12)
                        .map(month -> Period.of(By.MONTH, month).label()))
                .containsExactly(
                        "Jan 2023",
                        "Feb 2023",
                        "Mar 2023",
                        "Apr 2023",
                        "May 2023",
                        "Jun 2023",
                        "Jul 2023",
                        "Aug 2023",
                        "Sep 2023",
                        "Oct 2023",
                        "Nov 2023",
                        "Dec 2023");
    }

    // Rows

    @Test
    void rowsAreOrderedByPeriodThenOrganisation() {
        assertThat(rows(query(null, null, By.MONTH)))
                .containsExactly(
                        "2023-01 DWP", "2023-01 HOME_OFFICE", "2023-03 DWP", "2023-12 HOME_OFFICE", "2024-01 DWP");
        assertThat(rows(query(null, null, By.TOTAL)))
                .containsExactly("2023-01/2024-01 DWP", "2023-01/2024-01 HOME_OFFICE");
    }

    @Test
    void aRangeLeavesOutWhatIsNotInIt() {
        assertThat(rows(query("2023-02", "2023-12", By.MONTH))).containsExactly("2023-03 DWP", "2023-12 HOME_OFFICE");
        assertThat(rows(query("2023-03", "2023-12", By.TOTAL)))
                .containsExactly("2023-03/2023-12 DWP", "2023-03/2023-12 HOME_OFFICE");
        assertThat(rows(query("2025-01", null, By.MONTH))).isEmpty();
        assertThat(rows(query(null, "2022-12", By.YEAR))).isEmpty();
    }

    @Test
    void aFilterLeavesOutTheRowsOfOthers() {
        assertThat(rows(new FiguresQuery(null, null, By.YEAR, HOME_OFFICE, null, false, false)))
                .containsExactly("2023 HOME_OFFICE");
        assertThat(rows(new FiguresQuery(null, null, By.YEAR, null, Category.OTHER_GOVERNMENT, false, false)))
                .containsExactly("2023 DWP", "2024 DWP");
        assertThat(rows(new FiguresQuery(null, null, By.YEAR, HOME_OFFICE, Category.COURT, false, false)))
                .isEmpty();
        assertThat(rows(new FiguresQuery(null, null, By.YEAR, POLICE, null, false, false)))
                .isEmpty();
    }

    @Test
    void aCompleteTableHasARowForEachPeriodOfWhoHasOne() {
        assertThat(rows(new FiguresQuery(
                        YearMonth.of(2023, 1), YearMonth.of(2023, 6), By.QUARTER, null, null, true, false)))
                .containsExactly("2023-Q1 DWP", "2023-Q1 HOME_OFFICE", "2023-Q2 DWP", "2023-Q2 HOME_OFFICE");
        assertThat(rows(new FiguresQuery(
                        YearMonth.of(2025, 1), YearMonth.of(2025, 2), By.MONTH, POLICE, null, true, false)))
                .containsExactly("2025-01 POLICE", "2025-02 POLICE");
        assertThat(table(totals(), new FiguresQuery(null, null, By.TOTAL, POLICE, null, true, false))
                        .rows())
                .extracting(row -> Summary.of(row.tally()))
                .containsExactly("no requests");
    }

    @Test
    void aPeriodIsNotRecordedUnlessAllOfItIsDeclared() {
        Totals totals = totals();
        totals.coverage().add(new CoveredMonths(DWP, YearMonth.of(2023, 3), YearMonth.of(2023, 7)), 1);
        FiguresQuery quarters =
                new FiguresQuery(YearMonth.of(2023, 1), YearMonth.of(2023, 12), By.QUARTER, null, null, true, false);

        assertThat(table(totals, quarters).rows())
                .extracting(
                        row -> row.period() + " " + row.organisation() + " " + row.coverage() + ": " + Summary.of(row))
                .containsExactly(
                        "2023-Q1 DWP PART: recorded in part",
                        "2023-Q1 HOME_OFFICE NOT_DECLARED: 5 submitted, open",
                        "2023-Q2 DWP COMPLETE: no requests",
                        "2023-Q2 HOME_OFFICE NOT_DECLARED: not recorded",
                        "2023-Q3 DWP PART: recorded in part",
                        "2023-Q3 HOME_OFFICE NOT_DECLARED: not recorded",
                        "2023-Q4 DWP NONE: not recorded",
                        "2023-Q4 HOME_OFFICE NOT_DECLARED: 5 submitted, open");
    }

    @Test
    void whatIsPublishedHasAllPeriodsOfWhoHasDeclaredAny() {
        Totals totals = totals();
        totals.coverage().add(new CoveredMonths(POLICE, YearMonth.of(2023, 7), null), 1);

        assertThat(FiguresTable.published(totals, YearMonth.of(2023, 12), By.QUARTER, null, month -> true)
                        .rows())
                .extracting(row -> row.period() + " " + row.organisation() + " " + row.coverage())
                .containsExactly(
                        "2023-Q1 DWP NOT_DECLARED",
                        "2023-Q1 HOME_OFFICE NOT_DECLARED",
                        "2023-Q1 POLICE NONE",
                        "2023-Q2 POLICE NONE",
                        "2023-Q3 POLICE COMPLETE",
                        "2023-Q4 HOME_OFFICE NOT_DECLARED",
                        "2023-Q4 POLICE COMPLETE");
    }

    @Test
    void aRolledUpRowIsCoveredAsFarAsAllThatItCountsIs() {
        OrganisationCode essex = new OrganisationCode("ESSEX");
        OrganisationCode kent = new OrganisationCode("KENT");
        Totals totals = new Totals();
        totals.put(POLICE, new Placement(Category.POLICE, null));
        totals.put(essex, new Placement(Category.POLICE, POLICE));
        totals.put(kent, new Placement(Category.POLICE, POLICE));
        YearMonth month = YearMonth.of(2023, 1);
        totals.add(new Delta.Key(month, essex, Why.UNSTATED), open());
        totals.coverage().add(new CoveredMonths(essex, month, null), 1);

        assertThat(rolledUp(totals)).isEqualTo(Extent.COMPLETE);

        totals.add(new Delta.Key(month, kent, Why.UNSTATED), open());
        assertThat(rolledUp(totals)).isEqualTo(Extent.NOT_DECLARED);

        totals.coverage().add(new CoveredMonths(kent, month.plusMonths(1), null), 1);
        assertThat(rolledUp(totals)).isEqualTo(Extent.PART);

        totals.coverage().add(new CoveredMonths(kent, month, month), 1);
        assertThat(rolledUp(totals)).isEqualTo(Extent.COMPLETE);
    }

    /** As where a force was placed below another organisation after both had been recorded. */
    @Test
    void aRolledUpRowStatesNothingThatATotalAboveMayCountAlready() {
        OrganisationCode kent = new OrganisationCode("KENT");
        Totals totals = new Totals();
        totals.put(POLICE, new Placement(Category.POLICE, null));
        totals.put(kent, new Placement(Category.POLICE, null));
        Period span = Period.months(YearMonth.of(2012, 4), YearMonth.of(2016, 10));
        totals.add(
                new Delta.Key(span, POLICE, Why.UNSTATED),
                Delta.contribution(new Counts(Map.of(Count.RECEIVED, 33, Count.RETURNED, 62))));
        totals.add(new Delta.Key(YearMonth.of(2014, 5), kent, Why.UNSTATED), open());
        assertThat(received(totals, POLICE)).isEqualTo(33);

        totals.put(kent, new Placement(Category.POLICE, POLICE));
        assertThat(received(totals, POLICE)).isNull();
        assertThat(received(totals, kent)).as("alone it is what it is").isEqualTo(1);
    }

    /** As of a monthly series that is published without its requests. */
    @Test
    void aTotalOfOneMonthIsATotalAsALongerOneIs() {
        YearMonth month = YearMonth.of(2016, 10);
        Totals totals = new Totals();
        totals.put(HOME_OFFICE, new Placement(Category.HOME_OFFICE, null));
        totals.coverage().add(new CoveredMonths(HOME_OFFICE, month.plusMonths(1), month.plusMonths(1)), 1);
        totals.add(
                new Delta.Key(Period.range(month, month), HOME_OFFICE, Why.UNSTATED),
                Delta.contribution(new Counts(Map.of(Count.SUBMITTED, 216))));

        FiguresTable.Row row = table(totals, new FiguresQuery(null, null, By.MONTH, null, null, false, false))
                .rows()
                .getFirst();

        assertThat(row.period().label()).isEqualTo("Oct 2016");
        assertThat(row.coverage()).isEqualTo(Extent.COMPLETE);
        assertThat(StatedMeasure.SUBMITTED.in(row)).isEqualTo(216);
        assertThat(totals.spans()).hasSize(1);
        assertThat(totals.ofMonths(any -> any.isAfter(month)).spans()).isEmpty();
    }

    /** The department publishes months with 0 as 0. */
    @Test
    void aTotalOfNoneIsNoneAndNotNothing() {
        YearMonth month = YearMonth.of(2019, 2);
        Totals totals = new Totals();
        totals.put(HOME_OFFICE, new Placement(Category.HOME_OFFICE, null));
        totals.coverage().add(new CoveredMonths(HOME_OFFICE, month.plusMonths(1), month.plusMonths(1)), 1);
        Counts none = new Counts(Map.of(Count.RECEIVED, 0, Count.SUBMITTED, 0));
        totals.add(new Delta.Key(Period.range(month, month), HOME_OFFICE, Why.UNSTATED), Delta.contribution(none));

        FiguresTable.Row row = table(totals, new FiguresQuery(null, null, By.MONTH, null, null, false, false))
                .rows()
                .getFirst();
        assertThat(row.coverage()).isEqualTo(Extent.COMPLETE);
        assertThat(row.isRecorded()).isTrue();
        assertThat(StatedMeasure.RECEIVED.in(row)).isZero();
        assertThat(Summary.of(row)).isEqualTo("no requests");

        totals.add(
                new Delta.Key(Period.range(month, month), HOME_OFFICE, Why.UNSTATED),
                Delta.contribution(none).negated());
        assertThat(totals.spans()).as("annulled").isEmpty();
    }

    /** A declaration that goes on and on says nothing of what is to come. */
    @Test
    void whatIsNotKnownYetIsNotCovered() {
        Totals totals = totals();
        totals.coverage().add(new CoveredMonths(DWP, YearMonth.of(2023, 7), null), 1);
        YearMonth present = YearMonth.of(2023, 11);
        FiguresQuery query =
                new FiguresQuery(YearMonth.of(2023, 7), YearMonth.of(2024, 3), By.QUARTER, DWP, null, true, false);

        assertThat(FiguresTable.of(totals, query, null, null, month -> !month.isAfter(present))
                        .rows())
                .extracting(row -> row.period().toString(), FiguresTable.Row::coverage)
                .containsExactly(
                        tuple("2023-Q3", Extent.COMPLETE),
                        tuple("2023-Q4", Extent.PART),
                        tuple("2024-Q1", Extent.NONE));
    }

    private static @Nullable Long received(Totals totals, OrganisationCode organisation) {
        FiguresQuery query = new FiguresQuery(null, null, By.TOTAL, organisation, null, false, true);
        return StatedMeasure.RECEIVED.in(table(totals, query).rows().getFirst());
    }

    private static Tally open() {
        return new Tally().add(Measure.REQUESTS_RECEIVED, 1).add(Measure.REQUESTS_OPEN, 1);
    }

    private static Extent rolledUp(Totals totals) {
        YearMonth month = YearMonth.of(2023, 1);
        return table(totals, new FiguresQuery(month, month, By.MONTH, null, null, false, true)).rows().stream()
                .filter(row -> row.organisation().equals(POLICE))
                .findFirst()
                .orElseThrow()
                .coverage();
    }

    /** A sum of months is claimed only where each month is. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void noPeriodClaimsMoreThanItsMonths(@ForAll Random random) {
        Totals totals = totals();
        for (int i = random.nextInt(4); i >= 0; i--) {
            YearMonth from = YearMonth.of(2023, 1).plusMonths(random.nextInt(14));
            YearMonth to = random.nextInt(5) == 0 ? null : from.plusMonths(random.nextInt(8));
            totals.coverage().add(new CoveredMonths(random.nextBoolean() ? DWP : HOME_OFFICE, from, to), 1);
        }
        Map<FiguresTable.Key, FiguresTable.Row> months = new HashMap<>();
        YearMonth first = YearMonth.of(2023, 1);
        YearMonth last = YearMonth.of(2024, 12);
        table(totals, new FiguresQuery(first, last, By.MONTH, null, null, true, false))
                .rows()
                .forEach(row -> months.put(row.key(), row));
        for (By by : List.of(By.QUARTER, By.YEAR, By.TOTAL)) {
            for (FiguresTable.Row row : table(totals, new FiguresQuery(first, last, by, null, null, true, false))
                    .rows()) {
                List<FiguresTable.Row> parts = row.period()
                        .months()
                        .map(month -> months.get(new FiguresTable.Key(Period.of(By.MONTH, month), row.organisation())))
                        .toList();
                if (row.coverage() != Extent.NOT_DECLARED) {
                    assertThat(row.isRecorded()).isEqualTo(parts.stream().allMatch(FiguresTable.Row::isRecorded));
                }
                assertThat(row.tally().get(Measure.REQUESTS_RECEIVED))
                        .isEqualTo(parts.stream()
                                .mapToLong(part -> part.tally().get(Measure.REQUESTS_RECEIVED))
                                .sum());
            }
        }
    }

    @Test
    void theRangeIsThatOfTheLedgerUnlessAskedFor() {
        FiguresTable quarters = table(totals(), query(null, null, By.QUARTER));
        FiguresTable since = table(totals(), query("2023-07", null, By.YEAR));

        assertThat(quarters.from()).isEqualTo(YearMonth.of(2023, 1));
        assertThat(quarters.to()).isEqualTo(YearMonth.of(2024, 3));
        assertThat(since.to()).isEqualTo(YearMonth.of(2024, 12));
    }

    @Test
    void anEmptyLedgerHasAnEmptyTable() {
        assertThat(table(new Totals(), query(null, null, By.MONTH)))
                .isEqualTo(new FiguresTable(null, null, By.MONTH, 41L, "2024-05-01", List.of()));
    }

    @Test
    void figuresOfAnOrganisationThatNobodyRegisteredAreAFault() {
        Totals totals = new Totals();
        Figures request = request(POLICE, "2023-01");
        totals.add(new Delta.Key(YearMonth.of(2023, 1), POLICE, Why.UNSTATED), Delta.contribution(request));

        assertThatIllegalStateException().isThrownBy(() -> table(totals, query(null, null, By.MONTH)));
    }

    // Ranges that cannot be answered

    @ParameterizedTest
    @CsvSource({
        "QUARTER, 2018-05, 2018-06, FROM_NOT_ALIGNED",
        "QUARTER, 2018-04, 2018-05, TO_NOT_ALIGNED",
        "YEAR,    2018-04, 2018-12, FROM_NOT_ALIGNED",
        "YEAR,    2018-01, 2018-06, TO_NOT_ALIGNED",
        "MONTH,   2018-05, 2018-04, FROM_AFTER_TO",
        "TOTAL,   2018-05, 2018-04, FROM_AFTER_TO",
        "MONTH,   1900-01, 2000-01, TOO_MANY_PERIODS",
        "QUARTER, 1700-01, 2000-03, TOO_MANY_PERIODS"
    })
    void aRangeThatCannotBeAnsweredSaysWhy(By by, String from, String to, Problem problem) {
        assertThat(query(from, to, by).problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH,   1900-01, 1999-12",
        "QUARTER, 2018-04, 2018-06",
        "YEAR,    0900-01, 2099-12",
        "TOTAL,   0001-01, 9999-12",
        "TOTAL,   2018-02, 2018-02"
    })
    void anyOtherRangeCanBeAnswered(By by, String from, String to) {
        assertThat(query(from, to, by).problem()).isNull();
        assertThat(query(from, null, by).problem()).isNull();
        assertThat(query(null, to, by).problem()).isNull();
    }

    private static List<String> rows(FiguresQuery query) {
        return table(totals(), query).rows().stream()
                .map(row -> row.period() + " " + row.organisation())
                .toList();
    }

    private static Totals totals() {
        Totals totals = Cases.totals(List.of(
                request(HOME_OFFICE, "2023-12"),
                request(DWP, "2024-01"),
                request(DWP, "2023-03"),
                request(HOME_OFFICE, "2023-01"),
                request(DWP, "2023-01")));
        totals.put(POLICE, new Placement(Category.POLICE, null));
        return totals;
    }

    private static Figures request(OrganisationCode organisation, String received) {
        return new Figures(
                new RequestHeader(organisation, YearMonth.parse(received), new Requests(1)),
                Outcome.OPEN,
                Cases.people(5),
                null,
                null);
    }

    private static FiguresTable table(Totals totals, FiguresQuery query) {
        return FiguresTable.of(totals, query, 41L, "2024-05-01");
    }

    private static FiguresQuery query(@Nullable String from, @Nullable String to, By by) {
        return new FiguresQuery(
                from == null ? null : YearMonth.parse(from),
                to == null ? null : YearMonth.parse(to),
                by,
                null,
                null,
                false,
                false);
    }
}
