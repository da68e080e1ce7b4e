package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Why;

/** Totals of longer periods, one after the other, of one organisation. */
class SpansPropertyTest {
    private static final int TRIES = 300;
    private static final int MAX_TOTALS = 6;
    private static final int MAX_MONTHS = 20;
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final YearMonth FIRST = YearMonth.of(2012, 4);

    /** Totals that do not overlap, with gaps between them or none. */
    private static List<SpanHeader> spans(Random random) {
        List<SpanHeader> spans = new ArrayList<>();
        YearMonth from = FIRST;
        for (int i = random.nextInt(MAX_TOTALS); i >= 0; i--) {
            from = from.plusMonths(random.nextInt(4));
            YearMonth to = from.plusMonths(random.nextInt(MAX_MONTHS));
            spans.add(new SpanHeader(POLICE, Period.months(from, to)));
            from = to.plusMonths(1);
        }
        return spans;
    }

    /** Counts that do not contradict each other, each stated or not. */
    private static Counts counts(Random random) {
        int returned = random.nextInt(20);
        int matched = returned + random.nextInt(20);
        int ambiguous = random.nextInt(5);
        int unmatched = random.nextInt(50);
        int ledToData = returned == 0 ? 0 : 1 + random.nextInt(returned);
        int refused = random.nextInt(3);
        int withdrawn = random.nextInt(3);
        Map<Count, Integer> all = new EnumMap<>(Count.class);
        all.put(Count.RECEIVED, 1 + ledToData + refused + withdrawn + random.nextInt(3));
        all.put(Count.WITHDRAWN, withdrawn);
        all.put(Count.REFUSED, refused);
        all.put(Count.LED_TO_DATA, ledToData);
        all.put(Count.SUBMITTED, matched + ambiguous + unmatched);
        all.put(Count.MATCHED, matched);
        all.put(Count.UNMATCHED, unmatched);
        all.put(Count.AMBIGUOUS, ambiguous);
        all.put(Count.ANSWERED, matched);
        all.put(Count.RETURNED, returned);
        all.keySet().removeIf(count -> random.nextInt(4) == 0);
        return new Counts(all);
    }

    private static PeriodTotalEvent.Recorded recorded(SpanHeader span, Counts counts) {
        return new PeriodTotalEvent.Recorded(span, counts, new Historic(Source.PARLIAMENT, null, null));
    }

    /** Editions of before were made so, and are made again. */
    @Test
    void byEarlierRulesATotalOfOneMonthIsInTheRowOfThatMonth() {
        YearMonth month = YearMonth.of(2016, 10);
        PeriodTotalEvent event =
                recorded(new SpanHeader(POLICE, Period.months(month, month)), new Counts(Map.of(Count.RECEIVED, 0)));

        Delta.Row before = Delta.of(event, EditionRules.EDITION_2).rows().getFirst();
        Delta.Row now = Delta.of(event).rows().getFirst();

        assertThat(before.key()).isEqualTo(new Delta.Key(month, POLICE, Why.UNSTATED));
        assertThat(before.tally().hasRequests()).isFalse();
        assertThat(now.key().isOfTotal()).isTrue();
        assertThat(now.tally().hasRequests()).isTrue();
    }

    private static Totals totals(List<? extends PeriodTotalEvent> events) {
        Totals totals = new Totals();
        totals.put(POLICE, new Placement(Category.POLICE, null));
        events.forEach(totals::add);
        return totals;
    }

    private static List<PeriodTotalEvent.Recorded> random(Random random) {
        return spans(random).stream()
                .map(span -> recorded(span, counts(random)))
                .toList();
    }

    private static List<FiguresTable.Row> rows(Totals totals, By by, @Nullable YearMonth from, @Nullable YearMonth to) {
        return FiguresTable.of(totals, new FiguresQuery(from, to, by, null, null, false, false), null, null)
                .rows();
    }

    private static long known(List<FiguresTable.Row> rows, StatedMeasure measure) {
        return rows.stream().mapToLong(row -> measure.knownIn(row.tally())).sum();
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noPeriodClaimsMoreThanItsPartsAndAllOfItHasAll(@ForAll Random random) {
        List<PeriodTotalEvent.Recorded> events = random(random);
        Totals totals = totals(events);
        List<FiguresTable.Row> whole = rows(totals, By.TOTAL, null, null);
        Tally sum = new Tally();
        events.forEach(event -> sum.add(Delta.contribution(event.counts())));

        assertThat(whole)
                .singleElement()
                .satisfies(row -> assertThat(row.tally()).isEqualTo(sum));
        for (By by : List.of(By.MONTH, By.QUARTER, By.YEAR)) {
            List<FiguresTable.Row> parts = rows(totals, by, null, null);
            for (StatedMeasure measure : StatedMeasure.values()) {
                assertThat(known(parts, measure))
                        .as("%s by %s", measure, by)
                        .isLessThanOrEqualTo(known(whole, measure));
                if (parts.stream().noneMatch(row -> measure.isNotStatedIn(row.tally()))) {
                    assertThat(known(parts, measure))
                            .as("%s by %s, all stated", measure, by)
                            .isEqualTo(known(whole, measure));
                }
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aPeriodStatesWhatIsInItAndNothingOfWhatIsPartlyInIt(@ForAll Random random) {
        List<PeriodTotalEvent.Recorded> events = random(random);
        YearMonth from = FIRST.plusMonths(random.nextInt(40));
        YearMonth to = from.plusMonths(random.nextInt(40));
        Period asked = Period.range(from, to);
        List<FiguresTable.Row> rows = rows(totals(events), By.TOTAL, from, to);

        for (StatedMeasure measure : StatedMeasure.PEOPLE) {
            long inside = 0;
            boolean isNotStated = false;
            for (PeriodTotalEvent.Recorded event : events) {
                Tally tally = Delta.contribution(event.counts());
                if (asked.contains(event.header().period())) {
                    inside += measure.knownIn(tally);
                    isNotStated |= measure.isNotStatedIn(tally);
                } else if (asked.overlaps(event.header().period())) {
                    isNotStated |= measure.isNotStatedIn(tally) || measure.knownIn(tally) > 0;
                }
            }
            assertThat(known(rows, measure)).as("%s", measure).isEqualTo(inside);
            assertThat(rows.stream().anyMatch(row -> measure.isNotStatedIn(row.tally())))
                    .as("%s", measure)
                    .isEqualTo(isNotStated);
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aStatedLedToDataNeverExceedsThoseReturned(@ForAll Random random) {
        Totals totals = totals(random(random));
        for (By by : By.values()) {
            for (FiguresTable.Row row : rows(totals, by, null, null)) {
                Long ledToData = StatedMeasure.LED_TO_DATA.in(row.tally());
                Long returned = StatedMeasure.RETURNED.in(row.tally());
                if (ledToData != null && returned != null) {
                    assertThat(ledToData).isLessThanOrEqualTo(returned);
                }
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aCorrectionEqualsRecordingTheRightCountsAndAnAnnulmentNoneAtAll(@ForAll Random random) {
        List<PeriodTotalEvent> life = new ArrayList<>();
        List<PeriodTotalEvent> atOnce = new ArrayList<>();
        for (PeriodTotalEvent.Recorded first : random(random)) {
            Counts now = first.counts();
            life.add(first);
            for (int i = random.nextInt(3); i > 0; i--) {
                Counts right = counts(random);
                life.add(new PeriodTotalEvent.Corrected(first.header(), now, right, Cause.RECOUNT, null));
                now = right;
            }
            if (random.nextBoolean()) {
                life.add(new PeriodTotalEvent.Annulled(first.header(), now, Cause.OTHER, null));
            } else {
                atOnce.add(recorded(first.header(), now));
            }
        }

        assertThat(notZero(totals(life))).isEqualTo(notZero(totals(atOnce)));
        assertThat(rows(totals(life), By.QUARTER, null, null)).isEqualTo(rows(totals(atOnce), By.QUARTER, null, null));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void totalsAreReadAsTheyWereWritten(@ForAll Random random) {
        Totals totals = totals(random(random));
        CanonicalWriter out = new CanonicalWriter();
        TotalsJson.write(out, totals, tally -> true);

        assertThat(TotalsJson.read(new CanonicalReader(out.toByteArray())).months())
                .isEqualTo(totals.months());
    }

    private static Map<Delta.Key, Tally> notZero(Totals totals) {
        Map<Delta.Key, Tally> left = new TreeMap<>(totals.months());
        left.values().removeIf(Tally::isZero);
        return left;
    }
}
