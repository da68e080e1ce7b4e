package org.pupilledger.statement;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Cause;
import org.pupilledger.organisation.OrganisationCode;
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
        return new Statements(known, ledger).find(id).orElseThrow();
    }

    /** @param isStale null for whether they are or not */
    private static StatementsQuery asked(@Nullable Boolean isStale) {
        return new StatementsQuery(null, null, null, null, null, null, null, null, isStale);
    }

    private List<String> stale() {
        return new Statements(known, EMPTY)
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
        assertThat(standing.rightValue()).isEqualTo(520);
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
        assertThat(standing(same).rightValue()).isEqualTo(531);
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
        assertThat(standing(second).rightValue()).isEqualTo(532);
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
                .isEqualTo(533);
        assertThat(standing(corrected).reason()).isEqualTo(Reason.SAME_FIGURE_CORRECTED);
        assertThat(standing(only).rightValue())
                .as("of two on one day, the one recorded last")
                .isEqualTo(533);
        assertThat(standing("statement-0").rightValue()).as("its own").isEqualTo(531);
        assertThat(standing(onTheSameDay).rightValue()).isEqualTo(533);
    }

    @Test
    void whatReliesOnTheLedgerIsStaleWhenTheLedgerHasAnotherFigure() {
        String told = told(made(MATCHED, 520, "2016-10-27", LEDGER));

        assertThat(standing(told, holding(520L)).isStale()).isFalse();
        assertThat(standing(told, holding(531L)).isStale()).isTrue();
        assertThat(standing(told, holding(531L)).reason()).isEqualTo(Reason.LEDGER_CHANGED);
        assertThat(standing(told, holding(531L)).rightValue()).isEqualTo(531);
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
        assertThat(standing.rightValue()).isEqualTo(520);
    }

    @Test
    void whatIsBeingRecordedTakesPartAtOnce() {
        String first = told(MADE);
        String second = told(MADE);
        Statements corrected = new Statements(known, EMPTY).with(first, state(List.of(MADE, CORRECTED)));
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
        assertThat(standing(right).rightValue()).isEqualTo(520);
        assertThat(standing(mistake).statement().state().value())
                .as("stays readable")
                .isEqualTo(530);
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
        assertThat(state.valueToldBy(LocalDate.of(2016, 10, 31))).isEqualTo(520);
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 19))).isEqualTo(520);
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 20))).isEqualTo(531);
        assertThat(state.valueToldBy(LocalDate.of(2017, 11, 30)))
                .as("the later one stands")
                .isEqualTo(531);
    }

    @Test
    void itsReferencesAreAllThatToldIt() {
        StatementState state = state(List.of(MADE, CORRECTED, RETOLD));

        assertThat(state.hasReference("PQ48634")).isTrue();
        assertThat(state.hasReference("HCWS272")).isTrue();
        assertThat(state.hasReference("HCWS27")).isFalse();
    }

    private List<String> conflicts(@Nullable LocalDate toldBy) {
        return new Statements(known, EMPTY)
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
                .containsExactly(
                        Kind.PART_EXCEEDS_WHOLE + " 20 25",
                        Kind.OVERLAP + " 20 24",
                        Kind.PART_EXCEEDS_WHOLE + " 25 24");
    }

    @Test
    void periodsThatOnlyOverlapCannotBothBeChecked() {
        told(requests("2015-07", "2016-09", 20));
        told(requests("2016-09", "2016-12", 25));
        told(requests("2017-01", "2017-02", 3));

        assertThat(conflicts(null)).containsExactly(Kind.OVERLAP + " 20 25");
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
