package org.pupilledger.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.statement.Amount.exactly;
import static org.pupilledger.statement.Told.ANNULLED;
import static org.pupilledger.statement.Told.CORRECTED;
import static org.pupilledger.statement.Told.HOME_OFFICE;
import static org.pupilledger.statement.Told.MADE;
import static org.pupilledger.statement.Told.MATCHED;
import static org.pupilledger.statement.Told.RETOLD;
import static org.pupilledger.statement.Told.SOURCE;
import static org.pupilledger.statement.Told.made;
import static org.pupilledger.statement.Told.parliament;
import static org.pupilledger.statement.Told.period;
import static org.pupilledger.statement.Told.state;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Cause;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.statement.Conflict.Kind;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.LedgerFigures.NotStated;
import org.pupilledger.statement.Standing.Reason;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.statement.Statements.Known;

class StatementsTest {
    private static final LedgerFigures EMPTY = figure -> new LedgerFigure(0L, null, List.of());
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final OrganisationCode FORCE = new OrganisationCode("FORCE");
    private static final Organisations ORGANISATIONS = code ->
            Optional.of(new OrganisationProfile("An organisation", Category.OTHER, code.equals(FORCE) ? POLICE : null));
    private static final Backing LEDGER = new Backing.AtPosition(41);

    private final List<Known> known = new ArrayList<>();
    private long position = 100;

    /** Records a statement; what follows is recorded after it. */
    private String told(StatementEvent... events) {
        List<Long> positions =
                LongStream.range(position, position + events.length).boxed().toList();
        position += events.length;
        String id = "statement-" + known.size();
        known.add(new Known(id, state(List.of(events)), positions));
        return id;
    }

    private Standing standing(String id) {
        return standing(id, EMPTY);
    }

    private Standing standing(String id, LedgerFigures ledger) {
        return new Statements(known, ledger, ORGANISATIONS).find(id).orElseThrow();
    }

    /** @param isStale null for whether they are or not */
    private static StatementsQuery asked(@Nullable Boolean isStale) {
        return new StatementsQuery(null, null, null, null, null, null, null, null, isStale);
    }

    private List<String> stale() {
        return new Statements(known, EMPTY, ORGANISATIONS)
                .standings(asked(true))
                .map(standing -> standing.statement().id())
                .toList();
    }

    private static LedgerFigures holding(@Nullable Long value) {
        NotStated notStated = value == null ? new NotStated(1, 500) : null;
        return figure -> new LedgerFigure(value, notStated, List.of());
    }

    @Test
    void whatWasNeverCorrectedIsNotStale() {
        Standing standing = standing(told(MADE));

        assertThat(standing.isStale()).isFalse();
        assertThat(standing.rightValue()).isEqualTo(exactly(520));
    }

    @Test
    void aCorrectionMakesAllWhoWereToldTheFigureStale() {
        String corrected = told(MADE, CORRECTED);
        String same = told(MADE);
        String otherPeriod = told(made(new Figure(MATCHED.measure(), HOME_OFFICE, period("2015-07", "2016-08")), 520));
        String otherMeasure =
                told(made(new Figure(PublishedMeasure.INDIVIDUALS_RETURNED, HOME_OFFICE, MATCHED.period()), 520));
        String ofAll = told(made(new Figure(MATCHED.measure(), null, MATCHED.period()), 520));

        assertThat(stale()).containsExactly(corrected, same).doesNotContain(otherPeriod, otherMeasure, ofAll);
        assertThat(standing(corrected).reason()).isEqualTo(Reason.CORRECTED);
        assertThat(standing(same).reason()).isEqualTo(Reason.SAME_FIGURE_CORRECTED);
        assertThat(standing(same).rightValue()).isEqualTo(exactly(531));
        Standing.Source source = Objects.requireNonNull(standing(same).correction());
        assertThat(source.statement().id()).isEqualTo(corrected);
        assertThat(source.correction().corrected()).isEqualTo(CORRECTED);
    }

    @Test
    void whoIsToldTheRightValueIsNoLongerStale() {
        told(MADE, CORRECTED, RETOLD);
        String toldWrongly = told(MADE, new RecipientsTold(parliament("2017-12-04", "HCWS272"), 530));
        told(MADE, RETOLD);

        assertThat(stale()).containsExactly(toldWrongly);
    }

    @Test
    void whoWasToldTheRightValueInTheFirstPlaceIsNotStale() {
        told(MADE, CORRECTED, RETOLD);
        told(made(MATCHED, 531));

        assertThat(stale()).isEmpty();
    }

    @Test
    void aFurtherCorrectionMakesThemStaleAgain() {
        Corrected further = new Corrected(531, 532, parliament("2018-02-01", "HCWS400"), Cause.RECOUNT);
        String first = told(MADE, CORRECTED, RETOLD, further);
        String second = told(MADE, RETOLD);

        assertThat(stale()).containsExactly(first, second);
        assertThat(standing(second).rightValue()).isEqualTo(exactly(532));
    }

    @Test
    void theCorrectionThatWasToldLastCounts() {
        Corrected earlier = new Corrected(520, 525, parliament("2017-06", "HCWS100"), Cause.RECOUNT);
        Corrected sameDay = new Corrected(520, 533, CORRECTED.telling(), Cause.TRANSCRIPTION);
        told(MADE, CORRECTED);
        String corrected = told(MADE, earlier);
        String only = told(MADE);
        String onTheSameDay = told(MADE, sameDay);

        assertThat(standing(corrected).rightValue())
                .as("recorded last, but told before")
                .isEqualTo(exactly(533));
        assertThat(standing(corrected).reason()).isEqualTo(Reason.SAME_FIGURE_CORRECTED);
        assertThat(standing(only).rightValue())
                .as("of two on one day, the one recorded last")
                .isEqualTo(exactly(533));
        assertThat(standing("statement-0").rightValue()).as("its own").isEqualTo(exactly(531));
        assertThat(standing(onTheSameDay).rightValue()).isEqualTo(exactly(533));
    }

    /** Where the ledger does not state it, "at least" is all that can be told. */
    @Test
    void atLeastWhatTheLedgerKnowsIsRightForAsLongAsItKnowsNoMore() {
        String told = told(new Made(MADE.telling(), null, MATCHED, Amount.between(400, null), LEDGER));

        assertThat(standing(told, holding(null)).isStale()).isFalse();
        assertThat(standing(told, holding(531L)).isStale())
                .as("it can mean that")
                .isFalse();
        assertThat(standing(told, holding(300L)).isStale()).isTrue();
    }

    @Test
    void whatReliesOnTheLedgerIsStaleWhenTheLedgerHasAnotherFigure() {
        String told = told(made(MATCHED, 520, "2016-10-27", LEDGER));

        assertThat(standing(told, holding(520L)).isStale()).isFalse();
        assertThat(standing(told, holding(531L)).isStale()).isTrue();
        assertThat(standing(told, holding(531L)).reason()).isEqualTo(Reason.LEDGER_CHANGED);
        assertThat(standing(told, holding(531L)).rightValue()).isEqualTo(exactly(531));
        assertThat(standing(told, holding(null)).isStale()).isTrue();
        assertThat(standing(told, holding(null)).reason()).isEqualTo(Reason.LEDGER_NOT_STATED);
        assertThat(standing(told, holding(null)).rightValue()).isNull();
    }

    @Test
    void whatHasASourceDoesNotFollowTheLedger() {
        assertThat(standing(told(MADE), holding(531L)).isStale()).isFalse();
    }

    @Test
    void aCorrectionCountsMoreThanTheLedger() {
        String told = told(made(MATCHED, 520, "2016-10-27", LEDGER), CORRECTED, RETOLD);

        assertThat(standing(told, holding(520L)).isStale()).isFalse();
    }

    @Test
    void recipientsWhoWereToldSomethingElseAreStale() {
        Standing standing = standing(told(MADE, RETOLD));

        assertThat(standing.isStale()).isTrue();
        assertThat(standing.reason()).isEqualTo(Reason.TOLD_OTHERWISE);
        assertThat(standing.rightValue()).isEqualTo(exactly(520));
    }

    @Test
    void whatIsBeingRecordedTakesPartAtOnce() {
        String first = told(MADE);
        String second = told(MADE);
        Statements corrected = new Statements(known, EMPTY, ORGANISATIONS).with(first, state(List.of(MADE, CORRECTED)));
        Statements more = corrected.with("new", state(List.of(MADE)));

        assertThat(corrected.find(second).orElseThrow().isStale()).isTrue();
        assertThat(corrected
                        .standings(asked(null))
                        .map(standing -> standing.statement().id()))
                .containsExactly(first, second);
        assertThat(more.find("new").orElseThrow().isStale()).isTrue();
        assertThat(more.find("new").orElseThrow().statement().firstPosition()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatWasRecordedByMistakeCountsNowhere() {
        String mistake =
                told(made(MATCHED, 529), new Corrected(529, 530, CORRECTED.telling(), Cause.RECOUNT), ANNULLED);
        String right = told(MADE);

        assertThat(stale()).isEmpty();
        assertThat(standing(right).rightValue()).isEqualTo(exactly(520));
        assertThat(standing(mistake).statement().state().value())
                .as("stays readable")
                .isEqualTo(exactly(530));
        assertThat(standing(mistake).statement().state().valueToldBy(LocalDate.of(2020, 1, 1)))
                .isNull();
        assertThat(conflicts(null)).isEmpty();
    }

    @Test
    void aMonthCountsAsToldFromItsLastDay() {
        StatementState state = state(List.of(
                made(MATCHED, 520, "2016-10", SOURCE),
                new Corrected(520, 525, parliament("2017-11", "HCWS272"), Cause.RECOUNT),
                new Corrected(525, 531, parliament("2017-11-20", "HCWS273"), Cause.RECOUNT)));

        assertThat(state.valueToldBy(LocalDate.of(2016, 10, 30))).isNull();
        assertThat(state.valueToldBy(LocalDate.of(2016, 10, 31))).isEqualTo(exactly(520));
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 19))).isEqualTo(exactly(520));
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 20))).isEqualTo(exactly(531));
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 30)))
                .as("the later one stands")
                .isEqualTo(exactly(531));
    }

    @Test
    void itsReferencesAreAllThatToldIt() {
        StatementState state = state(List.of(MADE, CORRECTED, RETOLD));

        assertThat(state.hasReference("PQ48634")).isTrue();
        assertThat(state.hasReference("HCWS272")).isTrue();
        assertThat(state.hasReference("HCWS27")).isFalse();
    }

    private List<String> conflicts(@Nullable LocalDate toldBy) {
        return new Statements(known, EMPTY, ORGANISATIONS)
                .conflicts(toldBy).stream()
                        .map(conflict -> conflict.kind()
                                + conflict.statements().stream()
                                        .map(said -> " " + said.value())
                                        .reduce("", String::concat))
                        .toList();
    }

    private static Made requests(String from, String to, int value) {
        return requests(from, to, value, "2016-10-27");
    }

    private static Made requests(String from, String to, int value, String toldOn) {
        return made(
                new Figure(PublishedMeasure.REQUESTS_RECEIVED, HOME_OFFICE, period(from, to)), value, toldOn, SOURCE);
    }

    @Test
    void twoAnswersAboutOnePeriodContradictEachOther() {
        told(requests("2015-07", "2016-09", 20));
        told(requests("2015-07", "2016-09", 25));
        told(requests("2015-07", "2016-09", 25));

        assertThat(conflicts(null)).containsExactly(Kind.SAME_PERIOD + " 20 25 25");
    }

    @Test
    void aPartCannotExceedTheWhole() {
        told(requests("2015-07", "2016-09", 20));
        told(requests("2016-01", "2016-03", 25));
        told(requests("2015-01", "2016-12", 24));

        assertThat(conflicts(null))
                .containsExactly(Kind.PART_EXCEEDS_WHOLE + " 20 25", Kind.PART_EXCEEDS_WHOLE + " 25 24");
    }

    @Test
    void aPartThatDoesNotExceedTheWholeByItselfIsNotNamed() {
        told(requests("2015-07", "2016-09", 3));
        told(requests("2015-07", "2016-09", 5));
        told(requests("2016-01", "2016-03", 2));
        told(requests("2016-01", "2016-03", 4));

        assertThat(conflicts(null))
                .containsExactly(
                        Kind.SAME_PERIOD + " 3 5", Kind.PART_EXCEEDS_WHOLE + " 3 4", Kind.SAME_PERIOD + " 2 4");
    }

    @Test
    void aPartThatIsSmallerThanItsWholeIsNoConflictNorArePeriodsThatOnlyOverlap() {
        told(requests("2015-07", "2016-09", 20));
        told(requests("2016-01", "2016-03", 19));
        told(requests("2016-09", "2016-12", 25));

        assertThat(conflicts(null)).isEmpty();
    }

    @Test
    void aPeriodThatEndsWithinAMonthIsPartOfTheMonth() {
        Figure upTo27 = new Figure(
                PublishedMeasure.REQUESTS_RECEIVED,
                null,
                HOME_OFFICE,
                period("2015-07", "2016-09"),
                LocalDate.of(2016, 9, 27));
        told(made(upTo27, 21));
        told(requests("2015-07", "2016-09", 20));
        told(requests("2015-07", "2016-08", 21));

        assertThat(conflicts(null))
                .containsExactly(Kind.PART_EXCEEDS_WHOLE + " 21 20", Kind.PART_EXCEEDS_WHOLE + " 20 21");
        assertThat(new Figure(
                        PublishedMeasure.REQUESTS_RECEIVED,
                        null,
                        HOME_OFFICE,
                        period("2015-07", "2016-09"),
                        LocalDate.of(2016, 9, 30)))
                .as("the whole month")
                .isEqualTo(new Figure(PublishedMeasure.REQUESTS_RECEIVED, HOME_OFFICE, period("2015-07", "2016-09")));
    }

    @Test
    void whatIsBelowAnOrganisationIsPartOfIt() {
        told(ofOrganisation(POLICE, 20));
        told(ofOrganisation(FORCE, 21));
        told(ofOrganisation(null, 20));
        told(ofOrganisation(HOME_OFFICE, 21));

        assertThat(conflicts(null))
                .containsExactly(
                        Kind.PART_EXCEEDS_WHOLE + " 20 21",
                        Kind.PART_EXCEEDS_WHOLE + " 21 20",
                        Kind.PART_EXCEEDS_WHOLE + " 20 21");
    }

    private static Made ofOrganisation(@Nullable OrganisationCode organisation, int value) {
        return made(new Figure(PublishedMeasure.REQUESTS_RECEIVED, organisation, MATCHED.period()), value);
    }

    private static Made told(Amount value) {
        return new Made(MADE.telling(), null, MATCHED, value, SOURCE);
    }

    @Test
    void whatWasNotToldExactlyContradictsOnlyWhatItCannotMean() {
        told(told(Amount.about(500)));
        told(told(exactly(549)));
        told(told(Amount.between(500, null)));

        assertThat(conflicts(null)).isEmpty();

        told(told(exactly(450)));

        assertThat(conflicts(null)).containsExactly(Kind.SAME_PERIOD + " about 500 549 at least 500 450");
    }

    @Test
    void whoWasToldWhatCanMeanTheRightValueNeedNotBeToldAnew() {
        String corrected = told(MADE, CORRECTED);
        told(told(Amount.about(500)));
        String tooFew = told(told(Amount.between(500, 530L)));

        assertThat(stale()).containsExactly(corrected, tooFew);
    }

    @Test
    void whoWasToldWhatACorrectionCanMeanNeedNotBeToldAnew() {
        String corrected =
                told(MADE, new Corrected(exactly(520), Amount.about(530), CORRECTED.telling(), Cause.RECOUNT));
        told(made(MATCHED, 531));
        told(told(Amount.between(500, 530L)));
        String tooMany = told(made(MATCHED, 535));

        assertThat(stale()).containsExactly(corrected, tooMany);
    }

    @Test
    void numbersOfAgreementsAreComparedOnlyOnOneDay() {
        Figure year = new Figure(PublishedMeasure.AGREEMENTS_IN_FORCE, HOME_OFFICE, period("2016-01", "2016-12"));
        Figure month = new Figure(PublishedMeasure.AGREEMENTS_IN_FORCE, HOME_OFFICE, period("2016-06", "2016-06"));
        told(made(year, 2));
        told(made(month, 3));
        assertThat(conflicts(null)).isEmpty();

        told(made(month, 4));

        assertThat(conflicts(null)).containsExactly(Kind.SAME_PERIOD + " 3 4");
    }

    private static Made toBody(String toldOn, int value) {
        return new Made(Told.telling(toldOn, Channel.OTHER, null), FORCE, MATCHED, value, SOURCE);
    }

    @Test
    void aStatementThatTellsTheSameBodyWhatIsRightClearsWhatItWasToldBefore() {
        told(MADE, CORRECTED, RETOLD);
        String first = told(toBody("2016-11-01", 520));
        String other = told(new Made(Told.telling("2016-11-01", Channel.OTHER, null), POLICE, MATCHED, 520, SOURCE));
        String wrong = told(toBody("2017-12-01", 530));
        assertThat(stale()).containsExactly(first, other, wrong);

        String right = told(toBody("2017-12-04", 531));

        assertThat(stale()).containsExactly(other);
        assertThat(Objects.requireNonNull(standing(first).toldAnewBy()).id()).isEqualTo(right);
        assertThat(standing(first).toldValue()).isEqualTo(exactly(531));

        told(MADE, new Corrected(520, 532, parliament("2018-02-01", "HCWS400"), Cause.RECOUNT));

        assertThat(stale()).contains(first, other, wrong, right);
    }

    @Test
    void whatWasToldBeforeClearsNothing() {
        told(MADE, CORRECTED, RETOLD);
        told(toBody("2016-10-31", 531));
        String later = told(toBody("2016-11-01", 520));

        assertThat(stale()).containsExactly(later);
    }

    @Test
    void aWrongTellingIsStaleFromTheBeginning() {
        String wrong = told(made(MATCHED, 520, "2016-10-27", new Backing.AtPosition(41, true)));

        assertThat(standing(wrong, holding(531L)).isStale()).isTrue();
        assertThat(standing(wrong, holding(531L)).reason()).isEqualTo(Reason.TOLD_WRONGLY);
        assertThat(standing(wrong, holding(531L)).rightValue()).isEqualTo(exactly(531));
    }

    @Test
    void ofAMonthThatIsNotOverNobodyKnowsWhatWasCounted() {
        Figure upTo27 = new Figure(
                PublishedMeasure.INDIVIDUALS_MATCHED,
                null,
                HOME_OFFICE,
                period("2016-08", "2016-09"),
                LocalDate.of(2016, 9, 27));
        LedgerFigures monthly = figure -> figure.measure() == PublishedMeasure.REQUESTS_RECEIVED
                ? new LedgerFigure(3L, null, List.of(YearMonth.of(2016, 9)))
                : new LedgerFigure(
                        figure.period().months().count() * 10,
                        null,
                        figure.period().months().toList());

        assertThat(monthly.holds(upTo27))
                .isEqualTo(new LedgerFigure(
                        null, new NotStated(3, 10), List.of(YearMonth.of(2016, 8), YearMonth.of(2016, 9))));
        assertThat(Objects.requireNonNull(holding(7L).holds(MATCHED)).value()).isEqualTo(7);
        assertThat(holding(7L).holds(new Figure(PublishedMeasure.USERS_WITH_ACCESS, null, MATCHED.period())))
                .isNull();
    }

    @Test
    void theSameNumberIsNoConflict() {
        told(requests("2015-07", "2016-09", 20));
        told(requests("2015-07", "2016-09", 20));
        told(requests("2015-07", "2016-12", 20));

        assertThat(conflicts(null)).isEmpty();
    }

    @Test
    void requestsAreNotComparedWithPeopleNorOneOrganisationWithAnother() {
        told(requests("2015-07", "2016-09", 25));
        told(MADE);
        told(made(new Figure(PublishedMeasure.REQUESTS_RECEIVED, null, MATCHED.period()), 40));
        told(made(
                new Figure(PublishedMeasure.REQUESTS_RECEIVED, new OrganisationCode("POLICE"), MATCHED.period()), 30));

        assertThat(conflicts(null)).isEmpty();
    }

    @Test
    void conflictsAreThoseOfTheDateThatIsAskedFor() {
        told(MADE, CORRECTED);
        told(made(MATCHED, 520, "2017-01-31", SOURCE));

        assertThat(conflicts(LocalDate.of(2016, 12, 31))).isEmpty();
        assertThat(conflicts(LocalDate.of(2017, 11, 26))).isEmpty();
        assertThat(conflicts(LocalDate.of(2017, 11, 27))).containsExactly(Kind.SAME_PERIOD + " 531 520");
        assertThat(conflicts(null)).containsExactly(Kind.SAME_PERIOD + " 531 520");
    }
}
