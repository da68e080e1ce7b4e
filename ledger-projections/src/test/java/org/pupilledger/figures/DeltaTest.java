package org.pupilledger.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pupilledger.figures.Cases.DWP;
import static org.pupilledger.figures.Cases.HOME_OFFICE;
import static org.pupilledger.figures.Cases.people;
import static org.pupilledger.figures.Measure.INDIVIDUALS_AMBIGUOUS;
import static org.pupilledger.figures.Measure.INDIVIDUALS_ANSWERED;
import static org.pupilledger.figures.Measure.INDIVIDUALS_MATCHED;
import static org.pupilledger.figures.Measure.INDIVIDUALS_RETURNED;
import static org.pupilledger.figures.Measure.INDIVIDUALS_SUBMITTED;
import static org.pupilledger.figures.Measure.INDIVIDUALS_UNMATCHED;
import static org.pupilledger.figures.Measure.LEVEL_ADDRESS_AND_SCHOOL;
import static org.pupilledger.figures.Measure.LEVEL_MATCH_INDICATOR;
import static org.pupilledger.figures.Measure.LEVEL_NOTHING;
import static org.pupilledger.figures.Measure.LEVEL_NOT_STATED;
import static org.pupilledger.figures.Measure.LEVEL_SCHOOL;
import static org.pupilledger.figures.Measure.NOT_STATED_AMBIGUOUS;
import static org.pupilledger.figures.Measure.NOT_STATED_ANSWERED;
import static org.pupilledger.figures.Measure.NOT_STATED_LED_TO_DATA;
import static org.pupilledger.figures.Measure.NOT_STATED_MATCHED;
import static org.pupilledger.figures.Measure.NOT_STATED_REQUESTS_ANSWERED;
import static org.pupilledger.figures.Measure.NOT_STATED_RETURNED;
import static org.pupilledger.figures.Measure.NOT_STATED_SUBMITTED;
import static org.pupilledger.figures.Measure.NOT_STATED_UNMATCHED;
import static org.pupilledger.figures.Measure.REQUESTS_ANSWERED;
import static org.pupilledger.figures.Measure.REQUESTS_APPROVED;
import static org.pupilledger.figures.Measure.REQUESTS_DISCLOSED;
import static org.pupilledger.figures.Measure.REQUESTS_LED_TO_DATA;
import static org.pupilledger.figures.Measure.REQUESTS_MATCHED;
import static org.pupilledger.figures.Measure.REQUESTS_OPEN;
import static org.pupilledger.figures.Measure.REQUESTS_RECEIVED;
import static org.pupilledger.figures.Measure.REQUESTS_REFUSED;
import static org.pupilledger.figures.Measure.REQUESTS_WITHDRAWN;
import static org.pupilledger.figures.Measure.TOLD_ADDRESS_AND_SCHOOL;
import static org.pupilledger.figures.Measure.TOLD_ITEMS_NOT_STATED;
import static org.pupilledger.figures.Measure.TOLD_MATCH_INDICATOR;
import static org.pupilledger.figures.Measure.TOLD_NOT_STATED_ITEMS_NOT_STATED;
import static org.pupilledger.figures.Measure.TOLD_SCHOOL;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.Ask;
import org.pupilledger.request.Figures;
import org.pupilledger.request.Figures.MatchFigures;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestHeader;
import org.pupilledger.request.Stage;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.Telling;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;
import org.pupilledger.values.Why;

/** What each kind of event adds to the figures; three letters, seven children. */
class DeltaTest {
    private static final YearMonth MONTH = YearMonth.of(2023, 8);
    private static final Why WHY = new Why("OTHER", "OTHER", Why.NOT_STATED);
    private static final RequestHeader HEADER = new RequestHeader(DWP, MONTH, new Requests(3), WHY);
    private static final RequestHeader SINGLE = new RequestHeader(DWP, MONTH, new Requests(1), WHY);
    private static final Reference LETTER = new Reference("2023-0028902");
    private static final Delta.Key ROW = new Delta.Key(MONTH, DWP, WHY);

    @Test
    void aRequestReceivedIsOpen() {
        assertDelta(
                received(people(7)),
                new Tally().add(REQUESTS_RECEIVED, 3).add(REQUESTS_OPEN, 3).add(INDIVIDUALS_SUBMITTED, 7));
        assertDelta(
                received(people(null)),
                new Tally().add(REQUESTS_RECEIVED, 3).add(REQUESTS_OPEN, 3).add(NOT_STATED_SUBMITTED, 3));
    }

    @Test
    void aDecisionMovesItToAnotherOutcome() {
        assertDelta(
                decided(Outcome.APPROVED), new Tally().add(REQUESTS_OPEN, -3).add(REQUESTS_APPROVED, 3));
        assertDelta(decided(Outcome.REFUSED), new Tally().add(REQUESTS_OPEN, -3).add(REQUESTS_REFUSED, 3));
    }

    @Test
    void aReferenceThatComesLaterIsOneMore() {
        assertDelta(
                new RequestEvent.ReferenceAdded(HEADER, LETTER),
                new Tally().add(REQUESTS_RECEIVED, 1).add(REQUESTS_OPEN, 1));
    }

    @Test
    void aReferenceThatIsRefusedAloneIsRefusedAndStaysReceived() {
        RefusedReference refused = new RefusedReference(LETTER, new BusinessDate(MONTH, 20), null);

        assertDelta(
                new RequestEvent.ReferenceRefused(HEADER, Outcome.OPEN, refused),
                new Tally().add(REQUESTS_OPEN, -1).add(REQUESTS_REFUSED, 1));
        assertDelta(
                new RequestEvent.ReferenceRefused(HEADER, Outcome.APPROVED, refused),
                new Tally().add(REQUESTS_APPROVED, -1).add(REQUESTS_REFUSED, 1));
    }

    @Test
    void whatWasRefusedAloneMovesWithTheRest() {
        RequestHeader elsewhere = new RequestHeader(HOME_OFFICE, MONTH, new Requests(1), WHY);
        Figures was = new Figures(SINGLE, Outcome.APPROVED, people(7), null, null, 2);
        Figures now = new Figures(elsewhere, Outcome.APPROVED, people(7), null, null, 2);
        Tally all = new Tally()
                .add(REQUESTS_RECEIVED, 3)
                .add(REQUESTS_APPROVED, 1)
                .add(REQUESTS_REFUSED, 2)
                .add(INDIVIDUALS_SUBMITTED, 7);

        assertThat(Delta.of(corrected(was, now)))
                .isEqualTo(new Delta(List.of(
                        new Delta.Row(ROW, all.negated()),
                        new Delta.Row(new Delta.Key(MONTH, HOME_OFFICE, WHY), all))));
        assertDelta(new RequestEvent.Annulled(was, Cause.OTHER, null), all.negated());
    }

    @Test
    void aWithdrawalMovesItFromWhereItWas() {
        assertDelta(withdrawn(Outcome.OPEN), new Tally().add(REQUESTS_OPEN, -3).add(REQUESTS_WITHDRAWN, 3));
        assertDelta(
                withdrawn(Outcome.APPROVED),
                new Tally().add(REQUESTS_APPROVED, -3).add(REQUESTS_WITHDRAWN, 3));
    }

    @Test
    void aMatchCountsWhoWasFoundAndWhoWasNot() {
        assertDelta(
                matched(Outcome.APPROVED, 7, 2, 1),
                new Tally()
                        .add(REQUESTS_MATCHED, 3)
                        .add(INDIVIDUALS_MATCHED, 2)
                        .add(INDIVIDUALS_AMBIGUOUS, 1)
                        .add(INDIVIDUALS_UNMATCHED, 4));
    }

    @Test
    void aMatchWithoutADecisionCountsAsApproval() {
        assertDelta(
                matched(Outcome.OPEN, 7, 2, 5),
                new Tally()
                        .add(REQUESTS_OPEN, -3)
                        .add(REQUESTS_APPROVED, 3)
                        .add(REQUESTS_MATCHED, 3)
                        .add(INDIVIDUALS_MATCHED, 2)
                        .add(INDIVIDUALS_AMBIGUOUS, 5));
    }

    @Test
    void whoWasNotFoundIsNotStatedWhereAnyOfTheThreeIsNot() {
        assertDelta(
                matched(Outcome.APPROVED, null, 2, 1),
                new Tally()
                        .add(REQUESTS_MATCHED, 3)
                        .add(INDIVIDUALS_MATCHED, 2)
                        .add(INDIVIDUALS_AMBIGUOUS, 1)
                        .add(NOT_STATED_UNMATCHED, 3));
        assertDelta(
                matched(Outcome.APPROVED, 7, null, 1),
                new Tally()
                        .add(REQUESTS_MATCHED, 3)
                        .add(NOT_STATED_MATCHED, 3)
                        .add(INDIVIDUALS_AMBIGUOUS, 1)
                        .add(NOT_STATED_UNMATCHED, 3));
        assertDelta(
                matched(Outcome.APPROVED, 7, 2, null),
                new Tally()
                        .add(REQUESTS_MATCHED, 3)
                        .add(INDIVIDUALS_MATCHED, 2)
                        .add(NOT_STATED_AMBIGUOUS, 3)
                        .add(NOT_STATED_UNMATCHED, 3));
    }

    @Test
    void aDisclosureCountsTheRequestByWhatItLedTo() {
        assertDelta(
                disclosed(SINGLE, people(3), people(2), List.of(Item.SCHOOL)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(REQUESTS_LED_TO_DATA, 1)
                        .add(INDIVIDUALS_ANSWERED, 3)
                        .add(INDIVIDUALS_RETURNED, 2)
                        .add(LEVEL_SCHOOL, 1)
                        .add(TOLD_SCHOOL, 2));
        assertDelta(
                disclosed(SINGLE, people(1), people(0), List.of(Item.MATCH_INDICATOR)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(INDIVIDUALS_ANSWERED, 1)
                        .add(LEVEL_MATCH_INDICATOR, 1)
                        .add(TOLD_MATCH_INDICATOR, 1));
        assertDelta(
                disclosed(SINGLE, people(4), people(0), List.of()),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(INDIVIDUALS_ANSWERED, 4)
                        .add(LEVEL_NOTHING, 1));
    }

    @Test
    void aDisclosureToSeveralRequestsDoesNotSayWhichOfThemLedToIt() {
        assertDelta(
                disclosed(HEADER, people(3), people(2), List.of(Item.SCHOOL)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 3)
                        .add(NOT_STATED_REQUESTS_ANSWERED, 3)
                        .add(NOT_STATED_LED_TO_DATA, 3)
                        .add(INDIVIDUALS_ANSWERED, 3)
                        .add(INDIVIDUALS_RETURNED, 2)
                        .add(LEVEL_NOT_STATED, 3)
                        .add(TOLD_SCHOOL, 2));
        assertDelta(
                disclosed(HEADER, people(1), people(0), List.of(Item.MATCH_INDICATOR)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 3)
                        .add(NOT_STATED_REQUESTS_ANSWERED, 3)
                        .add(INDIVIDUALS_ANSWERED, 1)
                        .add(LEVEL_NOT_STATED, 3)
                        .add(TOLD_MATCH_INDICATOR, 1));
        assertDelta(
                disclosed(HEADER, people(4), people(0), List.of()),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 3)
                        .add(NOT_STATED_REQUESTS_ANSWERED, 3)
                        .add(INDIVIDUALS_ANSWERED, 4)
                        .add(LEVEL_NOTHING, 3));
    }

    @Test
    void aNilReturnHoldsForEachOfSeveralRequests() {
        assertDelta(
                disclosed(HEADER, people(0), people(0), List.of()),
                new Tally().add(REQUESTS_DISCLOSED, 3).add(LEVEL_NOTHING, 3));
    }

    @Test
    void whatIsToldByReferenceIsCountedByReference() {
        assertDelta(
                new RequestEvent.Disclosed(
                        HEADER,
                        new Stage.Disclosure(
                                null,
                                people(3),
                                people(2),
                                List.of(Item.SCHOOL, Item.MATCH_INDICATOR),
                                null,
                                List.of(
                                        new Stage.OfReference(
                                                new Reference("2023-0"), people(2), people(2), List.of(Item.SCHOOL)),
                                        new Stage.OfReference(
                                                new Reference("2023-1"),
                                                people(1),
                                                people(0),
                                                List.of(Item.MATCH_INDICATOR)),
                                        new Stage.OfReference(
                                                new Reference("2023-2"), people(0), people(0), List.of())),
                                null)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 3)
                        .add(REQUESTS_ANSWERED, 2)
                        .add(REQUESTS_LED_TO_DATA, 1)
                        .add(INDIVIDUALS_ANSWERED, 3)
                        .add(INDIVIDUALS_RETURNED, 2)
                        .add(LEVEL_SCHOOL, 1)
                        .add(LEVEL_MATCH_INDICATOR, 1)
                        .add(LEVEL_NOTHING, 1)
                        .add(TOLD_SCHOOL, 2)
                        .add(TOLD_MATCH_INDICATOR, 1));
    }

    /** Nothing is known by reference; how many were returned is. */
    @Test
    void referencesOfWhichNothingIsToldLeaveThePeopleOfTheWhole() {
        Tally tally = new Tally();
        Delta.of(new RequestEvent.Disclosed(
                        HEADER,
                        new Stage.Disclosure(
                                null,
                                people(3),
                                people(2),
                                null,
                                null,
                                Stream.of("2023-0", "2023-1", "2023-2")
                                        .map(Reference::new)
                                        .map(one -> new Stage.OfReference(
                                                one, Individuals.notStated(), Individuals.notStated(), null))
                                        .toList(),
                                null)))
                .rows()
                .forEach(row -> tally.add(row.tally()));

        assertThat(tally.get(INDIVIDUALS_RETURNED)).isEqualTo(2);
        assertThat(tally.get(Measure.TOLD_ITEMS_NOT_STATED)).isEqualTo(2);
        assertThat(tally.get(Measure.TOLD_NOT_STATED_ITEMS_NOT_STATED)).isZero();
    }

    @Test
    void returnsOfDifferentLevelsAreTheirPeople() {
        assertDelta(
                new RequestEvent.Disclosed(
                        SINGLE,
                        new Stage.Disclosure(
                                null,
                                people(61),
                                people(61),
                                List.of(Item.ADDRESS, Item.SCHOOL),
                                List.of(
                                        new Stage.Return(people(40), List.of(Item.ADDRESS, Item.SCHOOL)),
                                        new Stage.Return(people(21), List.of(Item.SCHOOL))),
                                null,
                                null)),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(REQUESTS_LED_TO_DATA, 1)
                        .add(INDIVIDUALS_ANSWERED, 61)
                        .add(INDIVIDUALS_RETURNED, 61)
                        .add(LEVEL_ADDRESS_AND_SCHOOL, 1)
                        .add(TOLD_ADDRESS_AND_SCHOOL, 40)
                        .add(TOLD_SCHOOL, 21));
    }

    @Test
    void whoWasSubmittedFollowsFromWhoWasFoundAndWhoWasNot() {
        assertDelta(
                new RequestEvent.Matched(
                        HEADER,
                        Outcome.NOT_STATED,
                        people(null),
                        new Stage.Match(null, people(531), people(0), people(1_930))),
                new Tally()
                        .add(Measure.NOT_STATED_OPEN, -3)
                        .add(Measure.NOT_STATED_APPROVED, -3)
                        .add(Measure.NOT_STATED_REFUSED, -3)
                        .add(Measure.NOT_STATED_WITHDRAWN, -3)
                        .add(REQUESTS_APPROVED, 3)
                        .add(REQUESTS_MATCHED, 3)
                        .add(Measure.NOT_STATED_SUBMITTED, -3)
                        .add(INDIVIDUALS_SUBMITTED, 2_461)
                        .add(INDIVIDUALS_MATCHED, 531)
                        .add(INDIVIDUALS_UNMATCHED, 1_930));
    }

    @Test
    void aDisclosureThatDoesNotStateIsNoZero() {
        assertDelta(
                disclosed(SINGLE, people(null), people(null), null),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(NOT_STATED_REQUESTS_ANSWERED, 1)
                        .add(NOT_STATED_LED_TO_DATA, 1)
                        .add(NOT_STATED_ANSWERED, 1)
                        .add(NOT_STATED_RETURNED, 1)
                        .add(LEVEL_NOT_STATED, 1)
                        .add(TOLD_NOT_STATED_ITEMS_NOT_STATED, 1));
        assertDelta(
                disclosed(SINGLE, people(2), people(2), null),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(REQUESTS_LED_TO_DATA, 1)
                        .add(INDIVIDUALS_ANSWERED, 2)
                        .add(INDIVIDUALS_RETURNED, 2)
                        .add(LEVEL_NOT_STATED, 1)
                        .add(TOLD_ITEMS_NOT_STATED, 2));
        assertDelta(
                disclosed(SINGLE, people(2), people(0), null),
                new Tally()
                        .add(REQUESTS_DISCLOSED, 1)
                        .add(REQUESTS_ANSWERED, 1)
                        .add(INDIVIDUALS_ANSWERED, 2)
                        .add(LEVEL_NOTHING, 1));
    }

    @Test
    void aCorrectionAddsTheDifferenceOnce() {
        Tally sum = new Tally();
        Delta.of(corrected(homeOffice(2_462, 520), homeOffice(2_461, 531)))
                .rows()
                .forEach(row -> sum.add(row.tally()));

        assertThat(sum)
                .isEqualTo(new Tally()
                        .add(INDIVIDUALS_SUBMITTED, -1)
                        .add(INDIVIDUALS_MATCHED, 11)
                        .add(INDIVIDUALS_UNMATCHED, -12));
    }

    /** PQ 48634 as corrected by HCWS272: 2,462, 520 and 1,942 became 2,461, 531 and 1,930. */
    @Test
    void theRealCorrectionGivesTheRealFigures() {
        Tally row = Delta.contribution(homeOffice(2_462, 520));

        assertPeople(row, 2_462, 520, 1_942);

        Delta.of(corrected(homeOffice(2_462, 520), homeOffice(2_461, 531)))
                .rows()
                .forEach(delta -> row.add(delta.tally()));

        assertPeople(row, 2_461, 531, 1_930);
    }

    private static void assertPeople(Tally row, int submitted, int matched, int unmatched) {
        assertThat(row)
                .isEqualTo(new Tally()
                        .add(REQUESTS_RECEIVED, 25)
                        .add(REQUESTS_APPROVED, 25)
                        .add(REQUESTS_MATCHED, 25)
                        .add(INDIVIDUALS_SUBMITTED, submitted)
                        .add(INDIVIDUALS_MATCHED, matched)
                        .add(INDIVIDUALS_UNMATCHED, unmatched));
    }

    @Test
    void aCorrectionMovesARequestToAnotherRow() {
        Figures was = new Figures(HEADER, Outcome.OPEN, people(7), null, null);
        RequestHeader elsewhere = new RequestHeader(HOME_OFFICE, MONTH.plusMonths(1), new Requests(1));
        Figures now = new Figures(elsewhere, Outcome.OPEN, people(7), null, null);

        assertThat(Delta.of(corrected(was, now)))
                .isEqualTo(new Delta(List.of(
                        new Delta.Row(
                                ROW,
                                new Tally()
                                        .add(REQUESTS_RECEIVED, -3)
                                        .add(REQUESTS_OPEN, -3)
                                        .add(INDIVIDUALS_SUBMITTED, -7)),
                        new Delta.Row(
                                new Delta.Key(MONTH.plusMonths(1), HOME_OFFICE, Why.UNTOLD),
                                new Tally()
                                        .add(REQUESTS_RECEIVED, 1)
                                        .add(REQUESTS_OPEN, 1)
                                        .add(INDIVIDUALS_SUBMITTED, 7)))));
    }

    @Test
    void anAnnulmentSubtractsEverything() {
        assertDelta(
                new RequestEvent.Annulled(
                        new Figures(
                                HEADER, Outcome.WITHDRAWN, people(7), new MatchFigures(people(2), people(null)), null),
                        Cause.OTHER,
                        null),
                new Tally()
                        .add(REQUESTS_RECEIVED, -3)
                        .add(REQUESTS_WITHDRAWN, -3)
                        .add(REQUESTS_MATCHED, -3)
                        .add(INDIVIDUALS_SUBMITTED, -7)
                        .add(INDIVIDUALS_MATCHED, -2)
                        .add(NOT_STATED_AMBIGUOUS, -3)
                        .add(NOT_STATED_UNMATCHED, -3));
    }

    @Test
    void whatIsNoFigureAddsNothing() {
        OrganisationProfile profile = new OrganisationProfile("DWP", Category.OTHER_GOVERNMENT, null);

        assertThat(List.of(
                        new RequestEvent.Destroyed(HEADER, new Stage.Destruction(null, DestructionMethod.SECURE_ERASE)),
                        new RequestEvent.Closed(HEADER, new Stage.Closure(null)),
                        new LedgerEvent.Opened(LocalDate.of(2024, 1, 1)),
                        new LedgerEvent.KeyIntroduced("name+hash+base64"),
                        new LedgerEvent.KeyRetired("name+hash+base64"),
                        new StatementEvent.RecipientsTold(
                                new Telling(BusinessDate.parse("2017-12").orElseThrow(), Channel.OTHER, null), 531),
                        new OrganisationEvent.Registered(DWP, profile),
                        new OrganisationEvent.Changed(DWP, profile, profile),
                        new OrganisationEvent.ChangeProposed(DWP, profile, profile)))
                .allSatisfy(event -> assertThat(Delta.of(event)).isEqualTo(new Delta(List.of())));
    }

    @Test
    void whatIsNoEventIsAFault() {
        assertThatIllegalArgumentException().isThrownBy(() -> Delta.of("text"));
    }

    private static void assertDelta(RequestEvent event, Tally tally) {
        assertThat(Delta.of(event)).isEqualTo(new Delta(List.of(new Delta.Row(ROW, tally))));
    }

    private static RequestEvent received(Individuals submitted) {
        return new RequestEvent.Received(new Ask(
                IntStream.range(0, 3).mapToObj(i -> new Reference("2023-" + i)).toList(),
                DWP,
                new BusinessDate(MONTH, 17),
                Purpose.OTHER,
                Gateway.OTHER,
                null,
                null,
                new Submitted(submitted, null, people(9), people(1), people(1)),
                null,
                null));
    }

    private static RequestEvent decided(Outcome outcome) {
        return new RequestEvent.Decided(HEADER, Outcome.OPEN, new Stage.Decision(outcome, null, null, null));
    }

    private static RequestEvent withdrawn(Outcome was) {
        return new RequestEvent.Withdrawn(HEADER, was, new Stage.Withdrawal(null));
    }

    private static RequestEvent matched(
            Outcome was, @Nullable Integer submitted, @Nullable Integer matched, @Nullable Integer ambiguous) {
        return new RequestEvent.Matched(
                HEADER, was, people(submitted), new Stage.Match(null, people(matched), people(ambiguous)));
    }

    private static RequestEvent disclosed(
            RequestHeader header, Individuals answered, Individuals returned, @Nullable List<Item> items) {
        return new RequestEvent.Disclosed(header, new Stage.Disclosure(null, answered, returned, items));
    }

    private static RequestEvent corrected(Figures was, Figures now) {
        return new RequestEvent.Corrected(was, now, List.of(), Cause.RECOUNT, new SourceReference("HCWS272"));
    }

    private static Figures homeOffice(int submitted, int matched) {
        return new Figures(
                new RequestHeader(HOME_OFFICE, YearMonth.of(2016, 9), new Requests(25)),
                Outcome.APPROVED,
                people(submitted),
                new MatchFigures(people(matched), people(0)),
                null);
    }
}
