package org.pupilledger.totals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.figures.Casework;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Life;
import org.pupilledger.figures.Lives;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.LedgerFigures.NotStated;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.values.Why;

class PresentFiguresTest {
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final YearMonth MARCH = YearMonth.of(2016, 3);
    private static final YearMonth MAY = YearMonth.of(2016, 5);

    private final Totals totals = new Totals();

    private void add(YearMonth month, OrganisationCode organisation, Measure measure, int amount) {
        totals.put(organisation, new Placement(Category.OTHER, null));
        totals.add(
                new Delta.Key(month, organisation, Why.UNSTATED),
                new Tally().add(Measure.REQUESTS_RECEIVED, 1).add(measure, amount));
    }

    private LedgerFigure figure(PublishedMeasure measure, @Nullable OrganisationCode organisation, String to) {
        Period period = Period.range(YearMonth.of(2016, 1), YearMonth.parse(to));
        return new PresentFigures(totals).of(new Figure(measure, organisation, period));
    }

    @Test
    void addsUpTheMonthsOfThePeriodAndNamesThoseWithRequests() {
        add(MARCH, DWP, Measure.INDIVIDUALS_MATCHED, 5);
        add(MAY, DWP, Measure.INDIVIDUALS_MATCHED, 7);
        add(MAY, POLICE, Measure.INDIVIDUALS_MATCHED, 11);

        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-05"))
                .isEqualTo(new LedgerFigure(12L, null, List.of(MARCH, MAY)));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-04"))
                .isEqualTo(new LedgerFigure(5L, null, List.of(MARCH)));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, null, "2016-12"))
                .isEqualTo(new LedgerFigure(23L, null, List.of(MARCH, MAY)));
        assertThat(figure(PublishedMeasure.REQUESTS_RECEIVED, null, "2016-12").value())
                .isEqualTo(3);
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, null, "2016-01"))
                .as("nobody has said that there were none")
                .isEqualTo(new LedgerFigure(null, new NotStated(0, 0), List.of()));
    }

    @Test
    void whatIsDeclaredIsZeroWhereThereIsNoneAndNoFigureGoesBeyondIt() {
        add(MARCH, DWP, Measure.INDIVIDUALS_MATCHED, 5);
        totals.coverage().add(new CoveredMonths(DWP, YearMonth.of(2016, 1), MARCH), 1);

        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-02"))
                .isEqualTo(new LedgerFigure(0L, null, List.of()));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-03"))
                .isEqualTo(new LedgerFigure(5L, null, List.of(MARCH)));
        for (OrganisationCode organisation : Arrays.asList(DWP, null)) {
            assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, organisation, "2016-04"))
                    .as("April is not recorded")
                    .isEqualTo(new LedgerFigure(null, new NotStated(0, 5), List.of(MARCH)));
        }
    }

    @Test
    void whatSomeRequestDoesNotStateIsNotStatedAndTheKnownPartIsBeside() {
        add(MARCH, DWP, Measure.INDIVIDUALS_MATCHED, 5);
        add(MAY, DWP, Measure.NOT_STATED_MATCHED, 3);
        add(MAY, DWP, Measure.LEVEL_NOT_STATED, 2);
        add(MAY, DWP, Measure.LEVEL_SCHOOL, 4);

        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-05"))
                .isEqualTo(new LedgerFigure(null, new NotStated(3, 5), List.of(MARCH, MAY)));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-04").value())
                .isEqualTo(5);
        assertThat(figure(PublishedMeasure.LEVEL_SCHOOL, DWP, "2016-05"))
                .isEqualTo(new LedgerFigure(null, new NotStated(2, 4), List.of(MARCH, MAY)));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_SUBMITTED, DWP, "2016-05")
                        .value())
                .isZero();
    }

    @Test
    void whatIsBelowAnOrganisationIsInItsFigure() {
        add(MARCH, DWP, Measure.INDIVIDUALS_MATCHED, 5);
        add(MAY, POLICE, Measure.INDIVIDUALS_MATCHED, 7);
        totals.put(new OrganisationCode("FORCES"), new Placement(Category.POLICE, null));
        totals.put(POLICE, new Placement(Category.OTHER, new OrganisationCode("FORCES")));
        totals.put(DWP, new Placement(Category.OTHER, POLICE));

        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, new OrganisationCode("FORCES"), "2016-05"))
                .isEqualTo(new LedgerFigure(12L, null, List.of(MARCH, MAY)));
        assertThat(figure(PublishedMeasure.INDIVIDUALS_MATCHED, DWP, "2016-05").value())
                .isEqualTo(5);
    }

    @Test
    void whatWasAnnulledIsNotLoaded() {
        totals.put(DWP, new Placement(Category.OTHER, null));
        totals.add(new Delta.Key(MAY, DWP, Why.UNSTATED), new Tally());

        assertThat(figure(PublishedMeasure.REQUESTS_RECEIVED, DWP, "2016-05"))
                .isEqualTo(new LedgerFigure(null, new NotStated(0, 0), List.of()));
    }

    @ParameterizedTest
    @MethodSource("figures")
    void aPublishedMeasureIsAColumnOfTheTotals(PublishedMeasure published) {
        assertThat(PresentFigures.measure(published).column()).isEqualTo(published.code());
        Measure notStated = PresentFigures.notStated(published);
        if (published.code().startsWith("individuals_")) {
            assertThat(notStated)
                    .isEqualTo(Measure.valueOf("NOT_STATED_" + published.name().substring("INDIVIDUALS_".length())));
        } else {
            assertThat(notStated)
                    .isEqualTo(
                            switch (published) {
                                case REQUESTS_ANSWERED -> Measure.NOT_STATED_REQUESTS_ANSWERED;
                                default ->
                                    published.code().startsWith("level_")
                                            ? Measure.LEVEL_NOT_STATED
                                            : Measure.valueOf("NOT_STATED_"
                                                    + published.name().substring("REQUESTS_".length()));
                            });
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void isWhatTheTableOfFiguresHasForTheSamePeriod(@ForAll Random random) {
        Totals all = new Totals();
        Life.organisations().forEach(all::put);
        Casework casework = new Casework();
        Lives.random(random).forEach(life -> life.recordIn(casework));
        casework.events().forEach(all::add);
        YearMonth from = YearMonth.of(2010 + random.nextInt(20), 1 + random.nextInt(12));
        YearMonth to = from.plusMonths(random.nextInt(240));
        FiguresTable table =
                FiguresTable.of(all, new FiguresQuery(from, to, By.TOTAL, null, null, false, false), null, null);

        for (FiguresTable.Row row : table.rows()) {
            for (PublishedMeasure measure : figures()) {
                LedgerFigure figure =
                        new PresentFigures(all).of(new Figure(measure, row.organisation(), Period.range(from, to)));
                long known = row.tally().get(PresentFigures.measure(measure));

                assertThat(figure.value() == null ? figure.notStated() : figure.value())
                        .isEqualTo(
                                figure.value() == null
                                        ? new NotStated(notStated(row.tally(), measure), known)
                                        : (Object) known);
                assertThat(figure.value() == null).isEqualTo(notStated(row.tally(), measure) > 0);
            }
        }
    }

    static List<PublishedMeasure> figures() {
        return Stream.of(PublishedMeasure.values())
                .filter(PublishedMeasure::isFigure)
                .toList();
    }

    private static long notStated(Tally tally, PublishedMeasure measure) {
        Measure notStated = PresentFigures.notStated(measure);
        return notStated == null ? 0 : tally.get(notStated);
    }
}
