package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.request.Samples.date;
import static org.pupilledger.request.Samples.people;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.request.Field.Misfit;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Why;

/** Every field can be read, corrected and corrected back, and no other field moves with it. */
class FieldTest {
    /** More than any one request can have: each stage, with each of its values. */
    private static final RequestState FULL = new RequestState(
            Samples.with(
                    Samples.with(
                            Samples.with(Samples.HISTORIC, "lawfulBasis", LawfulBasis.PUBLIC_TASK),
                            "requestedItems",
                            List.of(Item.SCHOOL)),
                    "submitted",
                    Samples.LIVE.submitted()),
            Why.UNTOLD,
            List.of(),
            null,
            new Decision(
                    Outcome.REFUSED,
                    date("2023-06-01"),
                    RefusalReason.OTHER,
                    new CourtOrder(Samples.FAMILY_COURT, date("2023-05"))),
            new Withdrawal(date("2023-06-02")),
            Samples.MATCH,
            Samples.DISCLOSURE,
            Samples.DESTRUCTION,
            Samples.CLOSURE,
            List.of(),
            null);

    @ParameterizedTest
    @EnumSource
    void aFieldIsCorrectedAndCorrectedBack(Field field) {
        Object was = field.get(FULL);
        Object now = FieldValues.of(field);

        RequestState corrected = field.set(FULL, now);

        assertThat(field.misfit(was)).isEmpty();
        assertThat(field.misfit(now)).isEmpty();
        assertThat(field.get(corrected)).isEqualTo(now).isNotEqualTo(was);
        assertThat(field.set(corrected, was)).isEqualTo(FULL);
        for (Field other : Field.values()) {
            if (other != field) {
                assertThat(other.get(corrected)).as(other.path()).isEqualTo(other.get(FULL));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFieldThatIsNotRequiredCanBeMadeUnknown(Field field) {
        if (field.isRequired()) {
            assertThat(field.misfit(null)).contains(Misfit.MALFORMED);
        } else {
            assertThat(field.misfit(null)).isEmpty();
            assertThat(field.get(field.set(FULL, null))).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFieldIsFoundByItsPath(Field field) {
        assertThat(Field.parse(field.path())).contains(field);
        assertThat(field.pointer()).isEqualTo("/" + field.path().replace(".", "/"));
        assertThat(field.isIn(FULL)).isTrue();
    }

    @Test
    void nothingElseIsAField() {
        for (String path :
                List.of("", "id", "decision.override", "match", "Match.matched", "match.matched ", "/match/matched")) {
            assertThat(Field.parse(path)).isEmpty();
        }
    }

    @Test
    void aFieldOfAStageIsInARequestOnlyWithThatStage() {
        assertThat(fieldsOf(RequestState.of(Samples.LIVE)))
                .containsExactly(
                        "references",
                        "organisation",
                        "unit",
                        "received",
                        "purposes",
                        "gateway",
                        "lawfulBasis",
                        "agreement",
                        "recipient",
                        "submitted.individuals",
                        "submitted.items",
                        "submitted.rowsReceived",
                        "submitted.duplicates",
                        "submitted.invalid",
                        "requestedItems");
        assertThat(fieldsOf(RequestState.of(Samples.LIVE).with(Samples.APPROVAL)))
                .contains("decision.outcome", "decision.on", "decision.reason")
                .doesNotContain("decision.courtOrder.court", "decision.courtOrder.made");
        assertThat(fieldsOf(RequestState.of(Samples.HISTORIC)))
                .contains("historic.source", "historic.reference", "historic.published");
    }

    private static List<String> fieldsOf(RequestState state) {
        return Arrays.stream(Field.values())
                .filter(field -> field.isIn(state))
                .map(Field::path)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitAFieldIsTold(Field field, Object value, Misfit misfit) {
        assertThat(field.misfit(value)).contains(misfit);
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                Arguments.of(Field.MATCHED, -1L, Misfit.MALFORMED),
                Arguments.of(Field.MATCHED, 100_000_001L, Misfit.MALFORMED),
                Arguments.of(Field.MATCHED, 4_294_967_296L, Misfit.MALFORMED),
                Arguments.of(Field.MATCHED, "5", Misfit.MALFORMED),
                Arguments.of(Field.MATCHED, true, Misfit.MALFORMED),
                Arguments.of(Field.MATCHED, List.of(5L), Misfit.MALFORMED),
                Arguments.of(Field.RECEIVED, "2024-02-30", Misfit.MALFORMED),
                Arguments.of(Field.RECEIVED, 2024L, Misfit.MALFORMED),
                Arguments.of(Field.GATEWAY, "EA96_537A", Misfit.UNKNOWN_CODE),
                Arguments.of(Field.GATEWAY, "other", Misfit.UNKNOWN_CODE),
                Arguments.of(Field.GATEWAY, 5L, Misfit.MALFORMED),
                Arguments.of(Field.ORGANISATION, "home office", Misfit.UNKNOWN_CODE),
                Arguments.of(Field.ORGANISATION, 5L, Misfit.MALFORMED),
                Arguments.of(Field.DECISION_OUTCOME, "OPEN", Misfit.UNKNOWN_CODE),
                Arguments.of(Field.DECISION_OUTCOME, "WITHDRAWN", Misfit.UNKNOWN_CODE),
                Arguments.of(Field.DECISION_OUTCOME, 1L, Misfit.MALFORMED),
                Arguments.of(Field.HISTORIC_REFERENCE, "two words", Misfit.MALFORMED),
                Arguments.of(Field.HISTORIC_REFERENCE, 5L, Misfit.MALFORMED),
                Arguments.of(Field.DISCLOSURE_ITEMS, List.of("SCHOOL", "SHOE_SIZE"), Misfit.UNKNOWN_CODE),
                Arguments.of(Field.DISCLOSURE_ITEMS, List.of("SCHOOL", "SCHOOL"), Misfit.MALFORMED),
                Arguments.of(Field.DISCLOSURE_ITEMS, List.of(5L), Misfit.MALFORMED),
                Arguments.of(Field.DISCLOSURE_ITEMS, Arrays.asList((Object) null), Misfit.MALFORMED),
                Arguments.of(Field.DISCLOSURE_ITEMS, "SCHOOL", Misfit.MALFORMED),
                Arguments.of(Field.REFERENCES, List.of("2024-1", "2024-1"), Misfit.MALFORMED),
                Arguments.of(Field.REFERENCES, List.of("two words 1"), Misfit.MALFORMED),
                Arguments.of(Field.REFERENCES, "2024-1", Misfit.MALFORMED),
                Arguments.of(Field.REFERENCES, references(51), Misfit.MALFORMED));
    }

    @Test
    void fiftyReferencesFit() {
        assertThat(Field.REFERENCES.misfit(references(50))).isEmpty();
    }

    @Test
    void listsAreTheSameInAnyOrder() {
        assertThat(Field.same(List.of("A", "B"), List.of("B", "A"))).isTrue();
        assertThat(Field.same(List.of("A"), List.of("A", "B"))).isFalse();
        assertThat(Field.same(List.of("A", "B"), List.of("A", "C"))).isFalse();
        assertThat(Field.same(null, List.of())).isFalse();
        assertThat(Field.same(null, null)).isTrue();
        assertThat(Field.same(5L, 5L)).isTrue();
        assertThat(Field.same(5L, "5")).isFalse();
    }

    @Test
    void aCountThatWasNotStatedIsNoZero() {
        RequestState unknown = Field.MATCHED.set(FULL, null);

        assertThat(Field.same(Field.MATCHED.get(unknown), 0L)).isFalse();
        assertThat(Field.MATCHED.get(Field.MATCHED.set(unknown, 0L))).isEqualTo(0L);
        assertThat(people(0)).isNotEqualTo(Individuals.notStated());
    }

    private static List<String> references(int count) {
        return IntStream.range(0, count).mapToObj(i -> "2024-" + i).collect(Collectors.toList());
    }
}
