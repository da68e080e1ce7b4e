package org.pupilledger.spans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pupilledger.spans.Count.AMBIGUOUS;
import static org.pupilledger.spans.Count.ANSWERED;
import static org.pupilledger.spans.Count.LED_TO_DATA;
import static org.pupilledger.spans.Count.MATCHED;
import static org.pupilledger.spans.Count.RECEIVED;
import static org.pupilledger.spans.Count.REFUSED;
import static org.pupilledger.spans.Count.RETURNED;
import static org.pupilledger.spans.Count.SUBMITTED;
import static org.pupilledger.spans.Count.UNMATCHED;
import static org.pupilledger.spans.Count.WITHDRAWN;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.CustomTypeSafeMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.period.Period;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;
import org.pupilledger.spans.PeriodTotalCommand.AnnulPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.CorrectPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent.Annulled;
import org.pupilledger.spans.PeriodTotalEvent.Corrected;
import org.pupilledger.spans.PeriodTotalEvent.Recorded;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Historic;
import org.pupilledger.values.SourceReference;

class PeriodTotalTest {
    private static final PeriodTotalId ID = new PeriodTotalId(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final SpanHeader SPAN = span("2015-07", "2016-09");
    private static final Counts TOLD =
            counts(RECEIVED, 25, WITHDRAWN, 2, SUBMITTED, 2_462, MATCHED, 520, UNMATCHED, 1_942);
    private static final Counts RIGHT =
            counts(RECEIVED, 25, WITHDRAWN, 2, SUBMITTED, 2_461, MATCHED, 531, UNMATCHED, 1_930);
    private static final SourceReference AUTHORITY = new SourceReference("HCWS272");
    private static final Recorded RECORDED = recorded(SPAN, TOLD);
    private static final Corrected CORRECTED = new Corrected(SPAN, TOLD, RIGHT, Cause.RECOUNT, AUTHORITY);
    private static final Annulled ANNULLED = new Annulled(SPAN, TOLD, Cause.TRANSCRIPTION, AUTHORITY);

    private static Counts counts(Object... countsAndNumbers) {
        Map<Count, Integer> stated = new EnumMap<>(Count.class);
        for (int i = 0; i < countsAndNumbers.length; i += 2) {
            stated.put((Count) countsAndNumbers[i], (Integer) countsAndNumbers[i + 1]);
        }
        return new Counts(stated);
    }

    private static SpanHeader span(String from, String to) {
        return new SpanHeader(HOME_OFFICE, Period.months(YearMonth.parse(from), YearMonth.parse(to)));
    }

    private static Recorded recorded(SpanHeader span, Counts counts) {
        return recorded(span, counts, "2016-10-27");
    }

    private static Recorded recorded(SpanHeader span, Counts counts, String published) {
        return new Recorded(
                span,
                counts,
                new Historic(
                        Source.PARLIAMENT,
                        new SourceReference("PQ52645"),
                        BusinessDate.parse(published).orElseThrow()));
    }

    private static Occasion occasion(@Nullable Set<Long> ifMatch) {
        OrganisationProfile profile = new OrganisationProfile("Home Office", Category.HOME_OFFICE, null);
        return new Occasion(
                LocalDate.of(2024, 6, 1),
                LocalDate.of(2024, 1, 1),
                code -> code.equals(HOME_OFFICE) ? Optional.of(profile) : Optional.empty(),
                reference -> Optional.empty(),
                ifMatch);
    }

    private static RecordPeriodTotal record(Recorded total) {
        return new RecordPeriodTotal(ID, total, span -> false, occasion(null));
    }

    private static CorrectPeriodTotal correct(Counts was, Counts now) {
        return new CorrectPeriodTotal(ID, was, now, Cause.RECOUNT, AUTHORITY, occasion(null));
    }

    private static AnnulPeriodTotal annul() {
        return new AnnulPeriodTotal(ID, Cause.TRANSCRIPTION, AUTHORITY, occasion(null));
    }

    private static ResultValidator<PeriodTotal> when(List<PeriodTotalEvent> given, PeriodTotalCommand command) {
        return when("approver", given, command);
    }

    /** What was recorded before is the recorder's. */
    private static ResultValidator<PeriodTotal> when(
            String actor, List<PeriodTotalEvent> given, PeriodTotalCommand command) {
        AggregateTestFixture<PeriodTotal> fixture = new AggregateTestFixture<>(PeriodTotal.class);
        Map<String, Object> metadata = Map.of(MatchingRequest.ACTOR, actor);
        Map<String, Object> earlier = Map.of(MatchingRequest.ACTOR, "recorder");
        return given.isEmpty()
                ? fixture.givenNoPriorActivity().when(command, metadata)
                : fixture.given(given.stream()
                                .map(event -> new GenericEventMessage<>(event, earlier))
                                .toList())
                        .when(command, metadata);
    }

    private static PeriodTotal.Recorded result(boolean isChanged, PeriodTotalEvent... events) {
        PeriodTotalState state = null;
        long sequence = -1;
        for (PeriodTotalEvent event : events) {
            state = PeriodTotalState.after(state, event, ++sequence);
        }
        return new PeriodTotal.Recorded(Objects.requireNonNull(state), sequence, isChanged);
    }

    @Test
    void whatASourceSaysOfManyMonthsIsRecorded() {
        when(List.of(), record(RECORDED)).expectEvents(RECORDED).expectResultMessagePayload(result(true, RECORDED));
    }

    @Test
    void aCorrectionKeepsTheOldCounts() {
        when(List.of(RECORDED), correct(TOLD, RIGHT))
                .expectEvents(CORRECTED)
                .expectResultMessagePayload(result(true, RECORDED, CORRECTED));
    }

    @Test
    void aTotalRecordedByMistakeIsAnnulled() {
        when(List.of(RECORDED), annul())
                .expectEvents(ANNULLED)
                .expectResultMessagePayload(result(true, RECORDED, ANNULLED));
        when(List.of(RECORDED, CORRECTED), annul())
                .expectEvents(new Annulled(SPAN, RIGHT, Cause.TRANSCRIPTION, AUTHORITY));
    }

    @Test
    void theSameAgainIsNoEvent() {
        when("recorder", List.of(RECORDED, CORRECTED), correct(TOLD, RIGHT))
                .expectNoEvents()
                .expectResultMessagePayload(result(false, RECORDED, CORRECTED));
        when("recorder", List.of(RECORDED, ANNULLED), annul())
                .expectNoEvents()
                .expectResultMessagePayload(result(false, RECORDED, ANNULLED));
    }

    @Test
    void nobodyCorrectsOrAnnulsTheirOwn() {
        for (PeriodTotalCommand command : List.of(correct(TOLD, RIGHT), annul())) {
            refused("recorder", List.of(RECORDED), command, new Violation(Rule.SAME_OFFICER, ""));
        }
        refused("recorder", List.of(RECORDED, CORRECTED), annul(), new Violation(Rule.SAME_OFFICER, ""));
    }

    @Test
    void nothingFollowsAnAnnulment() {
        when(List.of(RECORDED, ANNULLED), correct(TOLD, RIGHT))
                .expectNoEvents()
                .expectException(Refused.Conflict.class)
                .expectExceptionMessage(Reason.ANNULLED.detail());
        when(List.of(RECORDED, ANNULLED), new AnnulPeriodTotal(ID, Cause.OTHER, null, occasion(null)))
                .expectNoEvents()
                .expectException(Refused.Conflict.class)
                .expectExceptionMessage(Reason.ANNULLED.detail());
    }

    @Test
    void aCorrectionMustKnowWhatItCorrects() {
        when(List.of(RECORDED), correct(RIGHT, TOLD))
                .expectNoEvents()
                .expectException(Refused.Conflict.class)
                .expectExceptionMessage(Reason.STALE_WAS.detail());
        when(List.of(RECORDED), new CorrectPeriodTotal(ID, TOLD, RIGHT, Cause.RECOUNT, null, occasion(Set.of(7L))))
                .expectNoEvents()
                .expectException(Refused.StaleVersion.class);
        refused("approver", List.of(RECORDED), correct(TOLD, TOLD), new Violation(Rule.NOTHING_TO_CORRECT, "/now"));
        refused(
                "approver",
                List.of(RECORDED),
                correct(TOLD, counts(SUBMITTED, 1, MATCHED, 2)),
                new Violation(Rule.MATCHED_EXCEEDS_SUBMITTED, "/now/individuals/matched"));
    }

    @Test
    void aMonthIsCountedOnce() {
        refused(
                "recorder",
                List.of(),
                new RecordPeriodTotal(ID, RECORDED, SPAN::equals, occasion(null)),
                new Violation(Rule.COVERED_BY_TOTAL, "/from"));
    }

    @Test
    void aTotalIsHistoricAndOfAnOrganisationThatIsKnown() {
        refused(
                "recorder",
                List.of(),
                record(recorded(span("2023-07", "2024-01"), TOLD)),
                new Violation(Rule.NOT_HISTORIC, "/to"));
        refused(
                "recorder",
                List.of(),
                record(recorded(new SpanHeader(new OrganisationCode("NOBODY"), SPAN.period()), TOLD)),
                new Violation(Rule.UNKNOWN_CODE, "/organisation"));
        refused(
                "recorder",
                List.of(),
                record(recorded(SPAN, TOLD, "2024-06-02")),
                new Violation(Rule.DATE_IN_FUTURE, "/published"));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(counts(), Rule.COUNTS_DO_NOT_ADD, RECEIVED),
                Arguments.of(counts(RECEIVED, 3, REFUSED, 2, WITHDRAWN, 2), Rule.COUNTS_DO_NOT_ADD, RECEIVED),
                Arguments.of(counts(RECEIVED, 3, WITHDRAWN, 2, LED_TO_DATA, 2), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA),
                Arguments.of(counts(RECEIVED, 0, SUBMITTED, 1), Rule.COUNTS_DO_NOT_ADD, RECEIVED),
                Arguments.of(counts(SUBMITTED, 3, MATCHED, 4), Rule.MATCHED_EXCEEDS_SUBMITTED, MATCHED),
                Arguments.of(counts(SUBMITTED, 3, MATCHED, 2, UNMATCHED, 2), Rule.COUNTS_DO_NOT_ADD, SUBMITTED),
                Arguments.of(
                        counts(SUBMITTED, 5, MATCHED, 2, UNMATCHED, 2, AMBIGUOUS, 0),
                        Rule.COUNTS_DO_NOT_ADD,
                        SUBMITTED),
                Arguments.of(counts(SUBMITTED, 3, ANSWERED, 4), Rule.ANSWERED_EXCEEDS_SUBMITTED, ANSWERED),
                Arguments.of(counts(ANSWERED, 3, RETURNED, 4), Rule.RETURNED_EXCEEDS_ANSWERED, RETURNED),
                Arguments.of(counts(MATCHED, 3, RETURNED, 4), Rule.RETURNED_EXCEEDS_MATCHED, RETURNED),
                Arguments.of(counts(SUBMITTED, 3, RETURNED, 4), Rule.COUNTS_DO_NOT_ADD, RETURNED),
                Arguments.of(counts(LED_TO_DATA, 21, RETURNED, 20), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA),
                Arguments.of(counts(LED_TO_DATA, 2, ANSWERED, 1), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA),
                Arguments.of(counts(LED_TO_DATA, 2, MATCHED, 1), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA),
                Arguments.of(counts(LED_TO_DATA, 2, SUBMITTED, 1), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA),
                Arguments.of(counts(RECEIVED, 2, WITHDRAWN, 2, ANSWERED, 1), Rule.COUNTS_DO_NOT_ADD, ANSWERED),
                Arguments.of(counts(RECEIVED, 2, REFUSED, 2, RETURNED, 1), Rule.COUNTS_DO_NOT_ADD, RETURNED),
                Arguments.of(counts(RECEIVED, 2, REFUSED, 2, MATCHED, 1), Rule.COUNTS_DO_NOT_ADD, MATCHED),
                Arguments.of(counts(LED_TO_DATA, 0, RETURNED, 1), Rule.COUNTS_DO_NOT_ADD, LED_TO_DATA));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void countsThatContradictEachOtherAreRefused(Counts counts, Rule rule, Count place) {
        refused("recorder", List.of(), record(recorded(SPAN, counts)), new Violation(rule, place.pointer()));
    }

    @Test
    void whatTheOthersFixIsDerivedAndNothingElse() {
        assertThat(TOLD.derived().get(AMBIGUOUS)).isZero();
        assertThat(RIGHT.derived().get(AMBIGUOUS)).isZero();
        assertThat(counts(MATCHED, 2, UNMATCHED, 3, AMBIGUOUS, 1).derived().get(SUBMITTED))
                .isEqualTo(6);
        assertThat(counts(SUBMITTED, 6, MATCHED, 2).derived()).isEqualTo(counts(SUBMITTED, 6, MATCHED, 2));
        assertThat(counts(RETURNED, 0).derived()).isEqualTo(counts(RETURNED, 0, LED_TO_DATA, 0));
        assertThat(counts(LED_TO_DATA, 0).derived()).isEqualTo(counts(RETURNED, 0, LED_TO_DATA, 0));
        assertThat(counts(RECEIVED, 31, LED_TO_DATA, 21).derived()).isEqualTo(counts(RECEIVED, 31, LED_TO_DATA, 21));
    }

    @Test
    void aCountIsAWholeNumberOfRequestsOrPeople() {
        assertThatIllegalArgumentException().isThrownBy(() -> counts(RECEIVED, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> counts(SUBMITTED, 100_000_001));
    }

    @Test
    void aSourceThatLooksLikeAnIdentityIsRefused() {
        Recorded told = new Recorded(SPAN, TOLD, new Historic(Source.OTHER, new SourceReference("QQ123456C"), null));

        when("recorder", List.of(), record(told)).expectNoEvents().expectException(Refused.PersonalData.class);
    }

    private static void refused(
            String actor, List<PeriodTotalEvent> given, PeriodTotalCommand command, Violation violation) {
        when(actor, given, command)
                .expectNoEvents()
                .expectException(new CustomTypeSafeMatcher<Refused.RuleBroken>(violation.toString()) {
                    @Override
                    protected boolean matchesSafely(Refused.RuleBroken refused) {
                        return refused.violations().equals(List.of(violation));
                    }
                });
    }
}
