package org.pupilledger.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pupilledger.statement.Told.ANNULLED;
import static org.pupilledger.statement.Told.CORRECTED;
import static org.pupilledger.statement.Told.HOME_OFFICE;
import static org.pupilledger.statement.Told.ID;
import static org.pupilledger.statement.Told.MADE;
import static org.pupilledger.statement.Told.MATCHED;
import static org.pupilledger.statement.Told.RETOLD;
import static org.pupilledger.statement.Told.SOURCE;
import static org.pupilledger.statement.Told.annul;
import static org.pupilledger.statement.Told.correct;
import static org.pupilledger.statement.Told.made;
import static org.pupilledger.statement.Told.occasion;
import static org.pupilledger.statement.Told.parliament;
import static org.pupilledger.statement.Told.period;
import static org.pupilledger.statement.Told.record;
import static org.pupilledger.statement.Told.retell;
import static org.pupilledger.statement.Told.state;
import static org.pupilledger.statement.Told.telling;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.LedgerFigures.NotStated;
import org.pupilledger.statement.Statement.Recorded;
import org.pupilledger.statement.StatementCommand.AnnulStatement;
import org.pupilledger.statement.StatementCommand.CorrectStatement;
import org.pupilledger.statement.StatementCommand.RecordRecipientsTold;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent.Annulled;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.Made;
import org.pupilledger.statement.StatementEvent.RecipientsTold;
import org.pupilledger.values.SourceReference;

class StatementTest {
    private static final Figure REQUESTS =
            new Figure(PublishedMeasure.REQUESTS_RECEIVED, null, period("2015-07", "2016-09"));

    private static ResultValidator<Statement> when(List<StatementEvent> given, StatementCommand command) {
        return when("approver", given, command);
    }

    /** What was recorded before is the publisher's. */
    private static ResultValidator<Statement> when(String actor, List<StatementEvent> given, StatementCommand command) {
        AggregateTestFixture<Statement> fixture = new AggregateTestFixture<>(Statement.class);
        Map<String, Object> metadata = Map.of(MatchingRequest.ACTOR, actor);
        Map<String, Object> earlier = Map.of(MatchingRequest.ACTOR, "publisher");
        return given.isEmpty()
                ? fixture.givenNoPriorActivity().when(command, metadata)
                : fixture.given(given.stream()
                                .map(event -> new GenericEventMessage<>(event, earlier))
                                .toList())
                        .when(command, metadata);
    }

    @Test
    void nobodyCorrectsTheirOwnNumber() {
        Corrected back = new Corrected(531, 520, parliament("2018-01-15", "HCWS400"), Cause.TRANSCRIPTION);
        for (ResultValidator<Statement> own : List.of(
                when("publisher", List.of(MADE), correct(CORRECTED)),
                when("publisher", List.of(MADE, CORRECTED, RETOLD), correct(back)))) {
            own.expectNoEvents().expectException(Refused.RuleBroken.class);
        }
        when("publisher", List.of(MADE, CORRECTED), correct(CORRECTED)).expectNoEvents();
    }

    @Test
    void aFigureThatWasToldIsRecorded() {
        when(List.of(), record(MADE))
                .expectEvents(MADE)
                .expectResultMessagePayload(new Recorded(state(List.of(MADE)), 0, true));
    }

    @Test
    void aBodyThatWasToldNeedsNoReference() {
        Made told =
                new Made(telling("2016-10", Channel.OTHER, null), HOME_OFFICE, REQUESTS, 25, new Backing.AtPosition(0));

        when(List.of(), record(told, held(25L))).expectEvents(told);
    }

    private static LedgerFigure held(@Nullable Long value) {
        return new LedgerFigure(value, value == null ? new NotStated(2, 24) : null, List.of());
    }

    @Test
    void whoNamesThePositionTellsWhatTheLedgerSaidThere() {
        Made told = made(REQUESTS, 25, "2016-10-27", new Backing.AtPosition(7));
        Made about = told(Amount.about(30), new Backing.AtPosition(7));
        Made atLeast = told(Amount.between(24, null), new Backing.AtPosition(7));

        when(List.of(), record(told, held(25L))).expectEvents(told);
        when(List.of(), record(about, held(25L))).expectEvents(about);
        when(List.of(), record(atLeast, held(null))).expectEvents(atLeast);
        refused(
                when(List.of(), record(told, held(26L))),
                Refused.RuleBroken.class,
                broken -> broken.violations()
                        .equals(List.of(new Violation(
                                Rule.CONTRADICTS_LEDGER,
                                "/value",
                                "The ledger did not say so at that position. It said 26."))));
        refused(
                when(List.of(), record(told, held(null))),
                Refused.RuleBroken.class,
                broken -> broken.violations()
                        .equals(
                                List.of(
                                        new Violation(
                                                Rule.CONTRADICTS_LEDGER,
                                                "/value",
                                                "The ledger did not say so at that position. It did not state it; the known part was 24."))));
    }

    private static Made told(Amount value, Backing backing) {
        return new Made(parliament("2016-10-27", "PQ48634"), null, REQUESTS, value, backing);
    }

    @Test
    void aWrongTellingIsRecordedOnPurposeAndOnlyWhereItIsOne() {
        Made wrong = told(Amount.exactly(25), new Backing.AtPosition(7, true));

        when(List.of(), record(wrong, held(26L))).expectEvents(wrong);
        when(List.of(), record(wrong, held(null))).expectEvents(wrong);
        refused(
                when(List.of(), record(wrong, held(25L))),
                Refused.RuleBroken.class,
                broken -> broken.violations()
                        .equals(List.of(new Violation(Rule.AGREES_WITH_LEDGER, "/backing/wrongTelling"))));
    }

    @Test
    void noPositionStandsBehindWhatTheLedgerDoesNotCount() {
        Figure users = new Figure(PublishedMeasure.USERS_WITH_ACCESS, HOME_OFFICE, MATCHED.period());

        when(List.of(), record(made(users, 19))).expectEvents(made(users, 19));
        refused(
                when(List.of(), record(made(users, 19, "2016-10-27", new Backing.AtPosition(7)))),
                Refused.RuleBroken.class,
                broken ->
                        broken.violations().equals(List.of(new Violation(Rule.NO_LEDGER_FIGURE, "/backing/position"))));
    }

    @Test
    void aCorrectionKeepsTheOldValue() {
        when(List.of(MADE), correct(CORRECTED))
                .expectEvents(CORRECTED)
                .expectResultMessagePayload(new Recorded(state(List.of(MADE, CORRECTED)), 1, true));
        assertThat(state(List.of(MADE, CORRECTED)).made().value()).isEqualTo(Amount.exactly(520));
        assertThat(state(List.of(MADE, CORRECTED)).value()).isEqualTo(Amount.exactly(531));
    }

    @Test
    void recipientsAreToldAnew() {
        when(List.of(MADE, CORRECTED), retell(RETOLD))
                .expectEvents(RETOLD)
                .expectResultMessagePayload(new Recorded(state(List.of(MADE, CORRECTED, RETOLD)), 2, true));
    }

    static Stream<StatementCommand> toldAgain() {
        return Stream.of(
                correct(CORRECTED),
                retell(RETOLD),
                new CorrectStatement(ID, CORRECTED, occasion(9L)),
                new RecordRecipientsTold(ID, RETOLD, occasion(9L)));
    }

    @ParameterizedTest
    @MethodSource
    void toldAgain(StatementCommand command) {
        when(List.of(MADE, CORRECTED, RETOLD), command)
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(state(List.of(MADE, CORRECTED, RETOLD)), 2, false));
    }

    @Test
    void aCorrectionCanBeTakenBackAndMadeAgain() {
        Corrected back = new Corrected(531, 520, parliament("2018-01-15", "HCWS400"), Cause.TRANSCRIPTION);
        Corrected again = new Corrected(520, 531, parliament("2018-01-15", "HCWS401"), Cause.RECOUNT);

        when(List.of(MADE, CORRECTED, back), correct(again)).expectEvents(again);
    }

    @Test
    void whatWasRecordedByMistakeIsAnnulledByASecondPerson() {
        when(List.of(MADE, CORRECTED), annul(ANNULLED))
                .expectEvents(ANNULLED)
                .expectResultMessagePayload(new Recorded(state(List.of(MADE, CORRECTED, ANNULLED)), 2, true));
        when(List.of(MADE, ANNULLED), annul(ANNULLED))
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(state(List.of(MADE, ANNULLED)), 1, false));
        refused(
                when("publisher", List.of(MADE, CORRECTED), annul(ANNULLED)),
                Refused.RuleBroken.class,
                broken -> broken.violations().equals(List.of(new Violation(Rule.SAME_OFFICER, ""))));
    }

    @Test
    void nothingFollowsAnAnnulment() {
        Annulled otherwise = new Annulled(Cause.RECOUNT, null);
        for (StatementCommand command : List.of(annul(otherwise), correct(CORRECTED), retell(RETOLD))) {
            refused(
                    when(List.of(MADE, CORRECTED, RETOLD, ANNULLED), command),
                    Refused.Conflict.class,
                    conflict -> conflict.reason() == Refused.Conflict.Reason.ANNULLED);
        }
        when(List.of(MADE), new AnnulStatement(ID, ANNULLED, occasion(9L)))
                .expectNoEvents()
                .expectException(Refused.StaleVersion.class);
        SourceReference number = new SourceReference("QQ123456C");
        when(List.of(MADE), annul(new Annulled(Cause.OTHER, number)))
                .expectNoEvents()
                .expectException(Refused.PersonalData.class);
    }

    /** One way to break a rule. */
    record Breach(Rule rule, String pointer, List<StatementEvent> given, StatementCommand when) {
        @Override
        public String toString() {
            return rule.code() + " at " + pointer + " in " + when.getClass().getSimpleName();
        }
    }

    static Stream<Breach> breaches() {
        Figure ofNobody = new Figure(MATCHED.measure(), new OrganisationCode("NOBODY"), MATCHED.period());
        Made toNobody = new Made(MADE.telling(), new OrganisationCode("NOBODY"), MATCHED, 520, SOURCE);
        return Stream.of(
                new Breach(Rule.UNKNOWN_CODE, "/organisation", List.of(), record(made(ofNobody, 520))),
                new Breach(Rule.UNKNOWN_CODE, "/body", List.of(), record(toNobody)),
                new Breach(
                        Rule.UNIT_DOES_NOT_FIT,
                        "/unit",
                        List.of(),
                        new RecordStatement(ID, MADE, Unit.REQUESTS, null, occasion())),
                new Breach(Rule.DATE_IN_FUTURE, "/toldOn", List.of(), record(made(MATCHED, 520, "2024-07-01", SOURCE))),
                new Breach(
                        Rule.DATES_OUT_OF_ORDER,
                        "/toldOn",
                        List.of(),
                        record(made(MATCHED, 520, "2015-06-30", SOURCE))),
                new Breach(
                        Rule.DATE_IN_FUTURE,
                        "/toldOn",
                        List.of(MADE),
                        correct(new Corrected(520, 531, parliament("2024-07-01", "HCWS272"), Cause.RECOUNT))),
                new Breach(
                        Rule.DATES_OUT_OF_ORDER,
                        "/toldOn",
                        List.of(MADE),
                        correct(new Corrected(520, 531, parliament("2016-10-26", "HCWS272"), Cause.RECOUNT))),
                new Breach(
                        Rule.DATES_OUT_OF_ORDER,
                        "/toldOn",
                        List.of(MADE, CORRECTED),
                        correct(new Corrected(531, 532, parliament("2017-11-26", "HCWS271"), Cause.RECOUNT))),
                new Breach(
                        Rule.NOTHING_TO_CORRECT,
                        "/now",
                        List.of(MADE),
                        correct(new Corrected(520, 520, parliament("2017-11-27", "HCWS272"), Cause.RECOUNT))),
                new Breach(
                        Rule.DATE_IN_FUTURE,
                        "/toldOn",
                        List.of(MADE),
                        retell(new RecipientsTold(parliament("2024-07", "HCWS272"), 531))),
                new Breach(
                        Rule.DATES_OUT_OF_ORDER,
                        "/toldOn",
                        List.of(MADE),
                        retell(new RecipientsTold(parliament("2016-09", "HCWS272"), 531))),
                new Breach(
                        Rule.DATES_OUT_OF_ORDER,
                        "/toldOn",
                        List.of(MADE, RETOLD),
                        retell(new RecipientsTold(parliament("2017-12-03", "HCWS272"), 532))));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aBreachOfARuleIsRefused(Breach breach) {
        refused(
                when(breach.given(), breach.when()),
                Refused.RuleBroken.class,
                broken -> broken.violations().equals(List.of(new Violation(breach.rule(), breach.pointer()))));
    }

    @Test
    void allThatIsBrokenIsToldAtOnce() {
        Made told = new Made(
                parliament("2024-07-01", "PQ1"),
                new OrganisationCode("NOBODY"),
                new Figure(MATCHED.measure(), new OrganisationCode("NOBODY"), MATCHED.period()),
                1,
                SOURCE);

        refused(
                when(List.of(), new RecordStatement(ID, told, Unit.REQUESTS, null, occasion())),
                Refused.RuleBroken.class,
                broken -> broken.violations()
                        .equals(List.of(
                                new Violation(Rule.UNKNOWN_CODE, "/body"),
                                new Violation(Rule.UNKNOWN_CODE, "/organisation"),
                                new Violation(Rule.UNIT_DOES_NOT_FIT, "/unit"),
                                new Violation(Rule.DATE_IN_FUTURE, "/toldOn"))));
    }

    @Test
    void aMonthBreaksADateRuleOnlyWhereNoneOfItsDaysCouldKeepIt() {
        Corrected inTheMonth = new Corrected(520, 531, parliament("2016-10", "HCWS272"), Cause.RECOUNT);
        Made thisMonth = made(MATCHED, 520, "2024-06", SOURCE);
        Made firstMonth = made(MATCHED, 520, "2015-07", SOURCE);

        when(List.of(MADE), correct(inTheMonth)).expectEvents(inTheMonth);
        when(List.of(), record(thisMonth)).expectEvents(thisMonth);
        when(List.of(), record(firstMonth)).expectEvents(firstMonth);
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"PARLIAMENT", "FOI", "EDITION"})
    void whatIsPublicHasAReference(Channel channel) {
        Telling without = telling("2017-11-27", channel, null);

        incomplete(when(List.of(), record(new Made(without, HOME_OFFICE, MATCHED, 520, SOURCE))));
        incomplete(when(List.of(MADE), correct(new Corrected(520, 531, without, Cause.RECOUNT))));
        incomplete(when(List.of(MADE), retell(new RecipientsTold(without, 531))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"PRESS", "OTHER"})
    void somebodyWasTold(Channel channel) {
        incomplete(when(List.of(), record(new Made(telling("2017-11-27", channel, null), null, MATCHED, 520, SOURCE))));
    }

    private static void incomplete(ResultValidator<Statement> result) {
        refused(result, Refused.Incomplete.class, refusal -> refusal.pointers().equals(List.of("/reference")));
    }

    @Test
    void theOldValueMustBeTheCurrentOne() {
        for (Corrected correction : List.of(
                new Corrected(519, 531, CORRECTED.telling(), Cause.RECOUNT),
                new Corrected(519, 519, CORRECTED.telling(), Cause.RECOUNT))) {
            refused(
                    when(List.of(MADE), correct(correction)),
                    Refused.Conflict.class,
                    conflict -> conflict.reason() == Refused.Conflict.Reason.STALE_WAS);
        }
        refused(
                when(
                        List.of(MADE, CORRECTED),
                        correct(new Corrected(520, 532, parliament("2018-01-15", "HCWS400"), Cause.RECOUNT))),
                Refused.Conflict.class,
                conflict -> conflict.reason() == Refused.Conflict.Reason.STALE_WAS);
    }

    @Test
    void aChangeOfAnotherVersionIsStale() {
        refused(
                when(List.of(MADE), new CorrectStatement(ID, CORRECTED, occasion(1L))),
                Refused.StaleVersion.class,
                stale -> true);
        refused(
                when(List.of(MADE), new RecordRecipientsTold(ID, RETOLD, occasion(1L))),
                Refused.StaleVersion.class,
                stale -> true);
        when(List.of(MADE), new CorrectStatement(ID, CORRECTED, occasion(0L))).expectEvents(CORRECTED);
        when(List.of(MADE), new RecordRecipientsTold(ID, RETOLD, occasion(0L))).expectEvents(RETOLD);
    }

    @Test
    void aReferenceThatLooksLikeAnIdentityIsRefused() {
        String identity = "QQ123456C";
        Telling telling = parliament("2017-11-27", identity);
        Backing backing = new Backing.NamedSource(Source.FILE, new SourceReference(identity));
        for (ResultValidator<Statement> result : List.of(
                when(List.of(), record(new Made(telling, null, MATCHED, 520, SOURCE))),
                when(List.of(), record(made(MATCHED, 520, "2016-10-27", backing))),
                when(List.of(MADE), correct(new Corrected(520, 531, telling, Cause.RECOUNT))),
                when(List.of(MADE), retell(new RecipientsTold(telling, 531))))) {
            refused(
                    result,
                    Refused.PersonalData.class,
                    found -> found.finding() == Guard.Finding.NATIONAL_INSURANCE_NUMBER);
        }
    }

    @Test
    void aNumberIsNeitherNegativeNorBeyondAllPeople() {
        for (int value : new int[] {-1, StatementEvent.MAX_VALUE + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> made(MATCHED, value));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Corrected(value, 1, CORRECTED.telling(), Cause.OTHER));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Corrected(1, value, CORRECTED.telling(), Cause.OTHER));
            assertThatIllegalArgumentException().isThrownBy(() -> new RecipientsTold(CORRECTED.telling(), value));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Backing.AtPosition(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> period("2016-09", "2015-07"));
    }

    @ParameterizedTest
    @EnumSource
    void aMeasureCountsWhatItsNameSays(PublishedMeasure measure) {
        boolean isOfPeople = measure.code().startsWith("individuals_");
        if (measure.isFigure()) {
            assertThat(measure.unit()).isEqualTo(isOfPeople ? Unit.INDIVIDUALS : Unit.REQUESTS);
            assertThat(measure.label()).matches("(requests|individuals) [a-z ]+");
        } else {
            assertThat(measure.label()).startsWith(measure.unit().label());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Channel.class, Unit.class, PublishedMeasure.class})
    void labelsDiffer(Class<? extends Enum<?>> list) {
        assertThat(Arrays.stream(list.getEnumConstants()).map(constant -> ((Code) constant).label()))
                .doesNotHaveDuplicates()
                .allMatch(label -> !label.isBlank());
    }

    private static <R extends Refused> void refused(
            ResultValidator<Statement> result, Class<R> type, Predicate<R> isMeant) {
        result.expectNoEvents().expectException(type).expectException(that(type, isMeant));
    }

    private static <R> Matcher<Throwable> that(Class<R> type, Predicate<R> isMeant) {
        return new BaseMatcher<>() {
            @Override
            public boolean matches(Object refusal) {
                return type.isInstance(refusal) && isMeant.test(type.cast(refusal));
            }

            @Override
            public void describeTo(Description text) {
                text.appendText("the refusal that is meant");
            }
        };
    }
}
