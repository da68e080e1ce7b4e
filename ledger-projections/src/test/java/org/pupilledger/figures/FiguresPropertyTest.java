package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placement;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.request.Figures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestState;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.spans.SpanHeader;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Why;

/** What holds of the figures whatever officers record, correct and annul. */
class FiguresPropertyTest {
    private static final int TRIES = 100;

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theEventsAddUpToWhatTheRequestsAreInTheEnd(@ForAll Random random) {
        Map<Delta.Key, Tally> expected = new HashMap<>();
        Totals totals = new Totals();
        for (Life life : Lives.random(random)) {
            List<RequestEvent> events = events(List.of(life));
            events.forEach(totals::add);
            RequestState state = state(events);
            if (state.annulment() == null) {
                Figures figures = state.figures();
                Delta.Key key = new Delta.Key(
                        figures.header().received(),
                        figures.header().organisation(),
                        figures.header().why());
                expected.computeIfAbsent(key, absent -> new Tally()).add(Delta.contribution(figures));
            }
        }

        assertThat(notZero(totals)).isEqualTo(notZero(expected));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aCorrectionEqualsRecordingTheRightValueAtOnce(@ForAll Random random) {
        List<Life> lives = Lives.random(random);

        assertThat(notZero(totals(lives)))
                .isEqualTo(notZero(totals(lives.stream().map(Life::rightAtOnce).toList())));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void anAnnulmentEqualsNeverHavingRecorded(@ForAll Random random) {
        List<Life> lives = Lives.random(random);

        assertThat(notZero(totals(lives)))
                .isEqualTo(notZero(
                        totals(lives.stream().filter(life -> !life.isAnnulled()).toList())));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void anAnnulmentTakesBackExactlyWhatWasAdded(@ForAll Random random) {
        List<Life> lives = Lives.random(random);
        Totals totals = totals(lives.stream().map(Life::notAnnulled).toList());
        List<RequestEvent> annulments = events(lives).stream()
                .filter(RequestEvent.Annulled.class::isInstance)
                .toList();
        annulments.forEach(totals::add);

        assertThat(notZero(totals)).isEqualTo(notZero(totals(lives)));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void everyRequestHasExactlyOneOutcomeAtAnyTime(@ForAll Random random) {
        Totals totals = new Totals();
        for (RequestEvent event : events(Lives.random(random))) {
            totals.add(event);

            assertThat(totals.months().values()).allSatisfy(FiguresPropertyTest::assertAddsUp);
        }
    }

    private static void assertAddsUp(Tally tally) {
        assertThat(tally.get(Measure.REQUESTS_RECEIVED))
                .isEqualTo(tally.get(Measure.REQUESTS_APPROVED)
                        + tally.get(Measure.REQUESTS_REFUSED)
                        + tally.get(Measure.REQUESTS_WITHDRAWN)
                        + tally.get(Measure.REQUESTS_OPEN)
                        + tally.get(Measure.NOT_STATED_OPEN));
        assertThat(tally.get(Measure.REQUESTS_DISCLOSED))
                .isEqualTo(Stream.of(Measure.values())
                        .filter(measure -> measure.name().startsWith("LEVEL_"))
                        .mapToLong(tally::get)
                        .sum());
        for (Measure measure : Measure.values()) {
            assertThat(tally.get(measure)).as(measure.name()).isNotNegative();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noMoreRequestsThanPeopleAreAnsweredOrLeadToData(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));

        for (By by : By.values()) {
            assertThat(table(totals, by).rows())
                    .extracting(FiguresTable.Row::tally)
                    .allSatisfy(tally -> {
                        assertNoMore(tally, StatedMeasure.LED_TO_DATA, StatedMeasure.RETURNED);
                        assertNoMore(tally, StatedMeasure.REQUESTS_ANSWERED, StatedMeasure.ANSWERED);
                        assertNoMore(tally, StatedMeasure.LED_TO_DATA, StatedMeasure.REQUESTS_ANSWERED);
                    });
        }
    }

    private static void assertNoMore(Tally tally, StatedMeasure part, StatedMeasure whole) {
        if (!part.isNotStatedIn(tally) && !whole.isNotStatedIn(tally)) {
            assertThat(part.in(tally)).as(part + " of " + tally).isLessThanOrEqualTo(whole.in(tally));
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void peopleByLevelAddUpToThoseReturned(@ForAll Random random) {
        for (FiguresTable.Row row : table(totals(Lives.random(random)), By.YEAR).rows()) {
            Tally tally = row.tally();
            if (StatedMeasure.PEOPLE_BY_LEVEL.stream().noneMatch(measure -> measure.isNotStatedIn(tally))
                    && !StatedMeasure.RETURNED.isNotStatedIn(tally)) {
                assertThat(StatedMeasure.PEOPLE_BY_LEVEL.stream()
                                .mapToLong(measure -> measure.knownIn(tally))
                                .sum())
                        .isEqualTo(StatedMeasure.RETURNED.knownIn(tally));
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void monthsAddUpToQuartersYearsAndTheTotal(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));

        Map<OrganisationCode, Tally> months = sums(totals, By.MONTH);

        assertThat(sums(totals, By.QUARTER)).isEqualTo(months);
        assertThat(sums(totals, By.YEAR)).isEqualTo(months);
        assertThat(sums(totals, By.TOTAL)).isEqualTo(months);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aPeriodIsTheSumOfItsMonths(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));
        for (By by : List.of(By.QUARTER, By.YEAR)) {
            for (FiguresTable.Row row : table(totals, by).rows()) {
                Tally sum = new Tally();
                totals.months().forEach((key, tally) -> {
                    boolean isInPeriod = row.period().contains(key.period())
                            && key.organisation().equals(row.organisation());
                    sum.add(isInPeriod && tally.hasRequests() ? tally : new Tally());
                });

                assertThat(row.tally()).isEqualTo(sum);
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aRolledUpRowIsTheSumOfWhatIsBelowItAndNothingIsCountedTwiceOrLost(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));
        placeAnyhow(totals, random);

        for (By by : By.values()) {
            Map<FiguresTable.Key, Tally> alone =
                    rows(totals, new FiguresQuery(null, null, by, null, null, false, false));
            Map<FiguresTable.Key, Tally> expected = new HashMap<>();
            alone.forEach((key, tally) -> expected.computeIfAbsent(
                            new FiguresTable.Key(key.period(), top(totals, key.organisation())), absent -> new Tally())
                    .add(tally));
            assertThat(rows(totals, new FiguresQuery(null, null, by, null, null, false, true)))
                    .isEqualTo(expected);

            for (OrganisationCode asked : totals.organisations().keySet()) {
                Map<FiguresTable.Key, Tally> below = new HashMap<>();
                alone.forEach((key, tally) -> {
                    if (isBelow(totals, key.organisation(), asked)) {
                        below.computeIfAbsent(new FiguresTable.Key(key.period(), asked), absent -> new Tally())
                                .add(tally);
                    }
                });
                Map<FiguresTable.Key, Tally> row =
                        rows(totals, new FiguresQuery(null, null, by, asked, null, false, true));
                assertThat(row).isEqualTo(below);
            }
        }
    }

    /** Chains of parents of any length, whatever the categories. */
    private static void placeAnyhow(Totals totals, Random random) {
        List<OrganisationCode> all = new ArrayList<>(totals.organisations().keySet());
        all.addAll(List.of(new OrganisationCode("UNIT"), new OrganisationCode("DEPARTMENT")));
        Collections.shuffle(all, random);
        List<Category> categories = List.of(Category.values());
        for (int i = 0; i < all.size(); i++) {
            int parent = random.nextInt(i + 1);
            totals.put(
                    all.get(i),
                    new Placement(
                            categories.get(random.nextInt(categories.size())), parent == i ? null : all.get(parent)));
        }
    }

    private static OrganisationCode top(Totals totals, OrganisationCode organisation) {
        OrganisationCode parent =
                Objects.requireNonNull(totals.organisations().get(organisation)).parent();
        return parent == null ? organisation : top(totals, parent);
    }

    private static boolean isBelow(Totals totals, OrganisationCode organisation, OrganisationCode other) {
        OrganisationCode parent =
                Objects.requireNonNull(totals.organisations().get(organisation)).parent();
        return organisation.equals(other) || (parent != null && isBelow(totals, parent, other));
    }

    private static Map<FiguresTable.Key, Tally> rows(Totals totals, FiguresQuery query) {
        Map<FiguresTable.Key, Tally> rows = new HashMap<>();
        FiguresTable.of(totals, query, null, null).rows().forEach(row -> rows.put(row.key(), row.tally()));
        return rows;
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void theRowsOfACutAddUpToTheWholeRow(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));
        placeAnyhow(totals, random);
        YearMonth first = YearMonth.of(2018, 1).plusMonths(random.nextInt(24));
        totals.add(new PeriodTotalEvent.Recorded(
                new SpanHeader(
                        new OrganisationCode("UNIT"), Period.months(first, first.plusMonths(1 + random.nextInt(20)))),
                new Counts(Map.of(Count.RECEIVED, 5, Count.MATCHED, 3)),
                new Historic(Source.PARLIAMENT, null, null)));

        for (By by : By.values()) {
            for (boolean isRolledUp : new boolean[] {false, true}) {
                Map<FiguresTable.Key, Tally> whole =
                        rows(totals, new FiguresQuery(null, null, by, null, null, false, isRolledUp));
                for (Cut cut : Cut.values()) {
                    Map<FiguresTable.Key, Tally> sums = new HashMap<>();
                    rows(totals, new FiguresQuery(null, null, by, null, null, false, isRolledUp, cut))
                            .forEach((key, tally) -> sums.computeIfAbsent(
                                            new FiguresTable.Key(key.period(), key.organisation()),
                                            absent -> new Tally())
                                    .add(tally));

                    assertThat(sums).as("%s by %s", cut, by).isEqualTo(whole);
                }
            }
        }
    }

    /** The earlier form of their events did not tell why. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void aRequestOfTheEarlierFormIsCountedUnderNotToldUntilItIsCorrected(@ForAll Random random) {
        Totals totals = new Totals();
        Map<Delta.Key, Tally> expected = new HashMap<>();
        for (Life life : Lives.random(random)) {
            Casework casework = new Casework(true);
            life.recordIn(casework);
            casework.events().forEach(totals::add);
            RequestState state = state(casework.events());
            boolean isCorrected = !state.corrections().isEmpty();
            assertThat(state.why()).isEqualTo(isCorrected ? state.ask().why() : Why.UNTOLD);
            if (state.annulment() == null) {
                expected.computeIfAbsent(
                                new Delta.Key(
                                        state.ask().received().month(),
                                        state.ask().organisation(),
                                        state.why()),
                                absent -> new Tally())
                        .add(Delta.contribution(state.figures()));
            }
        }

        assertThat(notZero(totals)).isEqualTo(notZero(expected));
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void totalsAreReadBackFromTheirBytesWithTheirParents(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));
        placeAnyhow(totals, random);

        CanonicalWriter out = new CanonicalWriter();
        TotalsJson.write(out, totals, tally -> true);
        Totals read = TotalsJson.read(new CanonicalReader(out.toByteArray()));

        assertThat(read.organisations()).isEqualTo(totals.organisations());
        assertThat(read.months()).isEqualTo(totals.months());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void rowsOfWhichNothingIsLeftAreNotShown(@ForAll Random random) {
        Totals totals = totals(Lives.random(random));

        for (By by : By.values()) {
            assertThat(table(totals, by).rows()).allMatch(row -> row.tally().hasRequests());
        }
        assertThat(totals.months().values()).allMatch(tally -> tally.hasRequests() || tally.isZero());
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void whatIsRecordedIsReadBackFromItsBytesAsItWas(@ForAll Random random) {
        EventTypes types = EventTypes.current();
        for (RequestEvent event : events(Lives.random(random))) {
            EventTypes.EventType<?> type = Objects.requireNonNull(types.typeOf(event.getClass()));

            assertThat(types.decode(type.name(), type.version(), types.encode(event)))
                    .isEqualTo(event);
        }
    }

    private static Map<OrganisationCode, Tally> sums(Totals totals, By by) {
        Map<OrganisationCode, Tally> sums = new TreeMap<>();
        table(totals, by)
                .rows()
                .forEach(row -> sums.computeIfAbsent(row.organisation(), absent -> new Tally())
                        .add(row.tally()));
        return sums;
    }

    private static FiguresTable table(Totals totals, By by) {
        return FiguresTable.of(totals, new FiguresQuery(null, null, by, null, null, false, false), null, null);
    }

    private static Totals totals(List<Life> lives) {
        Totals totals = new Totals();
        Life.organisations().forEach(totals::put);
        events(lives).forEach(totals::add);
        return totals;
    }

    private static List<RequestEvent> events(List<Life> lives) {
        Casework casework = new Casework();
        lives.forEach(life -> life.recordIn(casework));
        return casework.events();
    }

    private static RequestState state(List<RequestEvent> events) {
        RequestState state = null;
        for (int i = 0; i < events.size(); i++) {
            state = RequestState.after(state, events.get(i), i);
        }
        return Objects.requireNonNull(state);
    }

    private static Map<Delta.Key, Tally> notZero(Totals totals) {
        return notZero(totals.months());
    }

    private static Map<Delta.Key, Tally> notZero(Map<Delta.Key, Tally> rows) {
        Map<Delta.Key, Tally> left = new TreeMap<>(rows);
        left.values().removeIf(Tally::isZero);
        return left;
    }
}
