package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.request.RequestStory.APPROVER;
import static org.pupilledger.request.RequestStory.RECORDER;
import static org.pupilledger.request.RequestStory.assertBroken;
import static org.pupilledger.request.RequestStory.assertConflict;
import static org.pupilledger.request.RequestStory.assertIncomplete;
import static org.pupilledger.request.RequestStory.given;
import static org.pupilledger.request.Samples.APPROVAL;
import static org.pupilledger.request.Samples.CLOSURE;
import static org.pupilledger.request.Samples.DESTRUCTION;
import static org.pupilledger.request.Samples.DISCLOSURE;
import static org.pupilledger.request.Samples.HISTORIC;
import static org.pupilledger.request.Samples.HISTORIC_DISCLOSURE;
import static org.pupilledger.request.Samples.HISTORIC_MATCH;
import static org.pupilledger.request.Samples.ID;
import static org.pupilledger.request.Samples.LIVE;
import static org.pupilledger.request.Samples.MATCH;
import static org.pupilledger.request.Samples.OVERRIDE;
import static org.pupilledger.request.Samples.REFUSAL;
import static org.pupilledger.request.Samples.WITHDRAWAL;
import static org.pupilledger.request.Samples.annul;
import static org.pupilledger.request.Samples.change;
import static org.pupilledger.request.Samples.correct;
import static org.pupilledger.request.Samples.date;
import static org.pupilledger.request.Samples.event;
import static org.pupilledger.request.Samples.historic;
import static org.pupilledger.request.Samples.ifMatch;
import static org.pupilledger.request.Samples.live;
import static org.pupilledger.request.Samples.notStated;
import static org.pupilledger.request.Samples.people;
import static org.pupilledger.request.Samples.record;
import static org.pupilledger.request.Samples.stage;
import static org.pupilledger.request.Samples.state;
import static org.pupilledger.request.Samples.submitted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.codes.Status;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.request.MatchingRequest.Recorded;
import org.pupilledger.request.RequestCommand.AddReference;
import org.pupilledger.request.RequestCommand.AnnulRequest;
import org.pupilledger.request.RequestCommand.CorrectRequest;
import org.pupilledger.request.RequestCommand.DiscloseFurther;
import org.pupilledger.request.RequestCommand.RecordStage;
import org.pupilledger.request.RequestCommand.RefuseReference;
import org.pupilledger.request.RequestEvent.Annulled;
import org.pupilledger.request.RequestEvent.Corrected;
import org.pupilledger.request.RequestEvent.Decided;
import org.pupilledger.request.RequestEvent.Disclosed;
import org.pupilledger.request.RequestEvent.Matched;
import org.pupilledger.request.RequestEvent.Received;
import org.pupilledger.request.RequestEvent.Withdrawn;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;

/** The life of a request, told as officers tell it. What each rule refuses is in {@link RefusalTest}. */
class MatchingRequestTest {
    private static final String OTHER = "52c80d1f";

    // The whole life

    @Test
    void aRequestIsRecordedAsItCame() {
        given().when(record(LIVE))
                .expectEvents(new Received(LIVE))
                .expectResultMessagePayload(new Recorded(RequestState.of(LIVE), 0, true));
    }

    @Test
    void aRequestGoesThroughEachStageInTurn() {
        List<Stage> stages = List.of(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION, CLOSURE);
        List<Status> reached = new ArrayList<>();
        for (int told = 0; told < stages.size(); told++) {
            List<RequestEvent> before = live(stages.subList(0, told).toArray(Stage[]::new));
            List<RequestEvent> after = live(stages.subList(0, told + 1).toArray(Stage[]::new));
            RequestState state = state(after);

            given(before)
                    .when(stage(stages.get(told)))
                    .expectEvents(after.getLast())
                    .expectResultMessagePayload(new Recorded(state, told + 1, true));
            reached.add(state.status());
        }

        assertThat(reached)
                .containsExactly(Status.APPROVED, Status.MATCHED, Status.ANSWERED, Status.ANSWERED, Status.CLOSED);
    }

    @Test
    void aNilReturnIsADisclosure() {
        Match nobody = new Match(date("2024-03-06"), people(0), people(0));
        Disclosure nil = new Disclosure(date("2024-03-07"), people(0), people(0), List.of());

        given(live(APPROVAL, nobody)).when(stage(nil)).expectEvents(new Disclosed(LIVE.header(), nil));
    }

    @Test
    void aRequestAboutNobodyIsARequest() {
        Ask empty = Samples.with(
                LIVE, "submitted", new Submitted(people(0), List.of(Item.NAME), people(5), people(2), people(3)));

        given().when(record(empty)).expectEvents(new Received(empty));
    }

    @Test
    void threeLettersAreOneRequestThatCountsAsThree() {
        Ask three = Samples.with(
                LIVE,
                "references",
                List.of(new Reference("2023-0028896"), new Reference("2023-0028898"), new Reference("2023-0028900")));

        given().when(record(three)).expectEvents(new Received(three));
        assertThat(three.requests()).isEqualTo(new Requests(3));
        assertThat(Samples.with(three, "references", List.of()).requests()).isEqualTo(new Requests(1));
    }

    @Test
    void aRefusedRequestIsClosedWithoutDestruction() {
        given(live(REFUSAL)).when(stage(CLOSURE)).expectEvents(event(LIVE, Outcome.REFUSED, CLOSURE));
    }

    @Test
    void aWithdrawnRequestIsClosedWithoutDestruction() {
        given(live(APPROVAL, WITHDRAWAL)).when(stage(CLOSURE)).expectEvents(event(LIVE, Outcome.WITHDRAWN, CLOSURE));
    }

    @Test
    void theFileOfARefusedRequestCanBeDestroyed() {
        given(live(REFUSAL)).when(stage(DESTRUCTION)).expectEvents(event(LIVE, Outcome.REFUSED, DESTRUCTION));
    }

    @Test
    void aRequestIsWithdrawnUntilItIsAnswered() {
        given(live()).when(stage(WITHDRAWAL)).expectEvents(new Withdrawn(LIVE.header(), Outcome.OPEN, WITHDRAWAL));
        given(live(APPROVAL))
                .when(stage(WITHDRAWAL))
                .expectEvents(new Withdrawn(LIVE.header(), Outcome.APPROVED, WITHDRAWAL));
        given(live(APPROVAL, MATCH))
                .when(stage(WITHDRAWAL))
                .expectEvents(new Withdrawn(LIVE.header(), Outcome.APPROVED, WITHDRAWAL));

        assertThat(state(live(APPROVAL, MATCH, WITHDRAWAL)).figures())
                .isEqualTo(new Figures(
                        LIVE.header(),
                        Outcome.WITHDRAWN,
                        people(2_461),
                        new Figures.MatchFigures(people(520), people(17)),
                        null));
    }

    @Test
    void aCourtOrderComesBeforeTheDecision() {
        Decision ordered = new Decision(
                Outcome.APPROVED, date("2024-03-05"), null, new CourtOrder(Samples.FAMILY_COURT, date("2024-02")));

        given(live()).when(stage(ordered)).expectEvents(new Decided(LIVE.header(), LIVE.outcome(), ordered));
    }

    @Test
    void aLiveRequestMayHaveBeenReceivedBeforeTheLedgerBegan() {
        Ask early = Samples.with(LIVE, "received", date("2023-12"));

        given().when(record(early)).expectEvents(new Received(early));
    }

    // Told again

    @ParameterizedTest
    @MethodSource("stagesInTurn")
    void aStageToldAgainIsNoEvent(List<Stage> told) {
        List<RequestEvent> events = live(told.toArray(Stage[]::new));

        given(events)
                .when(stage(told.getLast()))
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(state(events), events.size() - 1L, false));
    }

    static Stream<List<Stage>> stagesInTurn() {
        return Stream.of(
                List.of(APPROVAL),
                List.of(REFUSAL),
                List.of(WITHDRAWAL),
                List.of(APPROVAL, MATCH),
                List.of(APPROVAL, MATCH, DISCLOSURE),
                List.of(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION),
                List.of(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION, CLOSURE));
    }

    @Test
    void aStageToldAgainAfterClosureIsNoEvent() {
        given(live(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION, CLOSURE))
                .when(stage(MATCH))
                .expectNoEvents();
    }

    @Test
    void aStageToldAgainByTheRecorderOrForAnOldVersionIsNoEvent() {
        given(live(APPROVAL))
                .when(RECORDER, stage(APPROVAL))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
        given(live(APPROVAL))
                .when(new RecordStage(ID, APPROVAL, ifMatch(0L)))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void itemsToldAgainInAnotherOrderAreTheSame() {
        Disclosure reversed =
                new Disclosure(DISCLOSURE.on(), people(520), people(510), List.of(Item.SCHOOL, Item.ADDRESS));

        given(live(APPROVAL, MATCH, DISCLOSURE)).when(stage(reversed)).expectNoEvents();
    }

    @ParameterizedTest
    @MethodSource("otherTellings")
    void aStageToldDifferentlyIsAConflict(Stage stage) {
        assertConflict(
                given(live(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION)).when(stage(stage)), Reason.TOLD_DIFFERENTLY);
        assertConflict(
                given(live(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION, CLOSURE)).when(stage(stage)), Reason.CLOSED);
    }

    static Stream<Stage> otherTellings() {
        return Stream.of(
                REFUSAL,
                new Decision(Outcome.APPROVED, date("2024-03"), null, null),
                new Match(MATCH.on(), people(521), people(17)),
                new Match(MATCH.on(), people(520), people(16)),
                new Match(date("2024-03-07"), people(520), people(17)),
                new Disclosure(DISCLOSURE.on(), people(519), people(510), DISCLOSURE.items()),
                new Disclosure(DISCLOSURE.on(), people(520), people(509), DISCLOSURE.items()),
                new Disclosure(DISCLOSURE.on(), people(520), people(510), List.of(Item.ADDRESS)),
                new Disclosure(DISCLOSURE.on(), people(520), people(510), null),
                new Stage.Destruction(DESTRUCTION.on(), DestructionMethod.RETURNED));
    }

    // Out of turn

    @Test
    void aStepThatCannotFollowIsAConflict() {
        assertConflict(given(live(WITHDRAWAL)).when(stage(APPROVAL)), Reason.OUT_OF_TURN);
        assertConflict(given(live(REFUSAL)).when(stage(WITHDRAWAL)), Reason.OUT_OF_TURN);
        assertConflict(given(live(APPROVAL, MATCH, DISCLOSURE)).when(stage(WITHDRAWAL)), Reason.OUT_OF_TURN);
        assertConflict(given(live()).when(stage(DESTRUCTION)), Reason.OUT_OF_TURN);
        assertConflict(given(live(APPROVAL)).when(stage(DESTRUCTION)), Reason.OUT_OF_TURN);
        assertConflict(given(live(APPROVAL, MATCH)).when(stage(DESTRUCTION)), Reason.OUT_OF_TURN);
        assertConflict(given(live()).when(stage(CLOSURE)), Reason.OUT_OF_TURN);
        assertConflict(given(live(APPROVAL, MATCH)).when(stage(CLOSURE)), Reason.OUT_OF_TURN);
        assertConflict(given(historic(HISTORIC_MATCH)).when(stage(APPROVAL)), Reason.OUT_OF_TURN);
    }

    @Test
    void aClosedRequestTakesNoFurtherStage() {
        Closure closure = new Closure(date("2024-04-03"));

        assertConflict(given(live(REFUSAL, closure)).when(stage(DESTRUCTION)), Reason.CLOSED);
        assertConflict(given(live(REFUSAL, closure)).when(stage(WITHDRAWAL)), Reason.CLOSED);
        assertConflict(given(live(WITHDRAWAL, closure)).when(stage(APPROVAL)), Reason.CLOSED);
        assertConflict(given(live(REFUSAL, closure)).when(stage(MATCH)), Reason.CLOSED);
        assertConflict(given(live(REFUSAL, closure)).when(stage(DISCLOSURE)), Reason.CLOSED);
    }

    // Versions

    @Test
    void aStepForTheNewestVersionIsTaken() {
        given(live(APPROVAL))
                .when(new RecordStage(ID, MATCH, ifMatch(0L, 1L)))
                .expectEvents(new Matched(LIVE.header(), Outcome.APPROVED, people(2_461), MATCH));
    }

    @Test
    void aStepForAnOtherVersionIsStale() {
        assertStale(given(live(APPROVAL)).when(new RecordStage(ID, MATCH, ifMatch(0L))));
        assertStale(given(live(APPROVAL)).when(new RecordStage(ID, MATCH, ifMatch(2L))));
        assertStale(given(live(APPROVAL)).when(new RecordStage(ID, MATCH, ifMatch())));
        assertStale(given(live())
                .when(new CorrectRequest(
                        ID, List.of(change(Field.GATEWAY, "EA96-537A", "OTHER")), Cause.OTHER, null, ifMatch(1L))));
        assertStale(given(live()).when(new AnnulRequest(ID, Cause.OTHER, null, ifMatch(1L))));
    }

    private static void assertStale(ResultValidator<MatchingRequest> result) {
        result.expectNoEvents().expectException(Refused.StaleVersion.class);
    }

    // Four eyes

    @Test
    void theRecorderMayNotDecideCorrectOrAnnul() {
        assertBroken(given(live()).when(RECORDER, stage(APPROVAL)), Rule.SAME_OFFICER, "");
        assertBroken(given(live()).when(RECORDER, stage(REFUSAL)), Rule.SAME_OFFICER, "");
        assertBroken(
                given(live()).when(RECORDER, correct(change(Field.GATEWAY, "EA96-537A", "OTHER"))),
                Rule.SAME_OFFICER,
                "");
        assertBroken(given(live()).when(RECORDER, annul(Cause.OTHER)), Rule.SAME_OFFICER, "");
    }

    @Test
    void whoRecordedAStageMayNotCorrectIt() {
        assertBroken(
                given(live(APPROVAL))
                        .and(OTHER, event(LIVE, Outcome.APPROVED, MATCH))
                        .when(OTHER, correct(change(Field.MATCHED, 520L, 531L))),
                Rule.SAME_OFFICER,
                "/changes/0/field");
        given(live(APPROVAL))
                .and(OTHER, event(LIVE, Outcome.APPROVED, MATCH))
                .when(APPROVER, correct(change(Field.MATCHED, 520L, 531L)))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void whoCorrectedAValueMayNotCorrectItAgain() {
        Change change = change(Field.MATCHED, 520L, 531L);
        Corrected corrected = corrected(live(APPROVAL, MATCH), change);
        Change again = change(Field.MATCHED, 531L, 530L);

        assertBroken(
                given(live(APPROVAL, MATCH))
                        .and(APPROVER, corrected)
                        .when(APPROVER, correct(change(Field.GATEWAY, "EA96-537A", "OTHER"), again)),
                Rule.SAME_OFFICER,
                "/changes/1/field");
        given(live(APPROVAL, MATCH))
                .and(APPROVER, corrected)
                .when(APPROVER, correct(change(Field.GATEWAY, "EA96-537A", "OTHER")))
                .expectSuccessfulHandlerExecution();
        given(live(APPROVAL, MATCH))
                .and(APPROVER, corrected)
                .when(OTHER, correct(again))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void whoRecordedAnythingThatStandsMayNotAnnul() {
        RequestEvent approved = event(LIVE, Outcome.OPEN, APPROVAL);
        assertBroken(given(live()).and(APPROVER, approved).when(APPROVER, annul(Cause.OTHER)), Rule.SAME_OFFICER, "");
        given(live()).and(APPROVER, approved).when(OTHER, annul(Cause.OTHER)).expectSuccessfulHandlerExecution();
    }

    @Test
    void whoLetARequestBeApprovedWithoutAnAgreementInForceMayNotAnnulIt() {
        assertBroken(
                given(live())
                        .and(APPROVER, new RequestEvent.OverrideRecorded(LIVE.header(), OVERRIDE))
                        .when(APPROVER, annul(Cause.OTHER)),
                Rule.SAME_OFFICER,
                "");
    }

    @Test
    void whoCorrectedWhatIsAskedMayNotDecideAboutIt() {
        Corrected corrected = corrected(live(), change(Field.GATEWAY, "EA96-537A", "OTHER"));

        assertBroken(given(live()).and(APPROVER, corrected).when(APPROVER, stage(APPROVAL)), Rule.SAME_OFFICER, "");
        given(live()).and(APPROVER, corrected).when(OTHER, stage(APPROVAL)).expectSuccessfulHandlerExecution();
    }

    @Test
    void aSourceTakesThePlaceOfNobodyWhoCorrectedIt() {
        Corrected corrected = corrected(historic(), change(Field.SUBMITTED_INDIVIDUALS, 12L, 13L));

        assertBroken(
                given(historic())
                        .and(APPROVER, corrected)
                        .when(APPROVER, correct(change(Field.SUBMITTED_INDIVIDUALS, 13L, 14L))),
                Rule.SAME_OFFICER,
                "/changes/0/field");
        assertBroken(
                given(historic()).and(APPROVER, corrected).when(APPROVER, annul(Cause.OTHER)), Rule.SAME_OFFICER, "");
        given(historic())
                .and(APPROVER, corrected)
                .when(RECORDER, annul(Cause.OTHER))
                .expectSuccessfulHandlerExecution();
    }

    /** The event that corrects one value of what these led to. */
    private static Corrected corrected(List<RequestEvent> events, Change change) {
        RequestState before = state(events);
        return new Corrected(
                before.figures(),
                change.field().set(before, change.now()).figures(),
                List.of(change),
                Cause.RECOUNT,
                null);
    }

    @Test
    void anybodyMayTakeTheOtherSteps() {
        given(live(APPROVAL)).when(APPROVER, stage(MATCH)).expectSuccessfulHandlerExecution();
        given(live(APPROVAL)).when(RECORDER, stage(MATCH)).expectSuccessfulHandlerExecution();
        given(live()).when(APPROVER, stage(WITHDRAWAL)).expectSuccessfulHandlerExecution();
    }

    @Test
    void aSourceTakesThePlaceOfTheFirstPairOfEyes() {
        Decision decision = new Decision(Outcome.REFUSED, null, null, null);

        given(historic())
                .when(RECORDER, stage(decision))
                .expectEvents(new Decided(HISTORIC.header(), HISTORIC.outcome(), decision));
        given(historic())
                .when(RECORDER, correct(change(Field.SUBMITTED_INDIVIDUALS, 12L, 13L)))
                .expectSuccessfulHandlerExecution();
        given(historic()).when(RECORDER, annul(Cause.OTHER)).expectSuccessfulHandlerExecution();
    }

    // Historic

    @Test
    void aHistoricRequestIsRecordedWithItsStagesAtOnce() {
        Decision approved = new Decision(Outcome.APPROVED, date("2023-06"), null, null);

        given().when(record(HISTORIC, approved, null, HISTORIC_MATCH, HISTORIC_DISCLOSURE))
                .expectEvents(
                        new Received(HISTORIC),
                        new Decided(HISTORIC.header(), HISTORIC.outcome(), approved),
                        new Matched(HISTORIC.header(), Outcome.APPROVED, people(12), HISTORIC_MATCH),
                        new Disclosed(HISTORIC.header(), HISTORIC_DISCLOSURE))
                .expectResultMessagePayload(new Recorded(
                        new RequestState(
                                HISTORIC,
                                HISTORIC.why(),
                                List.of(),
                                null,
                                approved,
                                null,
                                HISTORIC_MATCH,
                                HISTORIC_DISCLOSURE,
                                null,
                                null,
                                List.of(),
                                null),
                        3,
                        true));
    }

    @Test
    void aHistoricMatchWithoutADecisionCountsAsApproved() {
        given().when(record(HISTORIC, null, null, HISTORIC_MATCH, null))
                .expectEvents(
                        new Received(HISTORIC),
                        new Matched(HISTORIC.header(), Outcome.NOT_STATED, people(12), HISTORIC_MATCH));
        given(historic())
                .when(stage(HISTORIC_MATCH))
                .expectEvents(new Matched(HISTORIC.header(), Outcome.NOT_STATED, people(12), HISTORIC_MATCH));

        assertThat(state(historic()).outcome()).isEqualTo(Outcome.NOT_STATED);
        assertThat(state(historic(HISTORIC_MATCH)).outcome()).isEqualTo(Outcome.APPROVED);
        assertThat(state(historic(HISTORIC_MATCH)).status()).isEqualTo(Status.MATCHED);
    }

    @Test
    void aHistoricRequestIsRecordedAsWithdrawn() {
        Withdrawal withdrawal = new Withdrawal(null);
        Decision approved = new Decision(Outcome.APPROVED, null, null, null);

        given().when(record(HISTORIC, null, withdrawal, null, null))
                .expectEvents(new Received(HISTORIC), new Withdrawn(HISTORIC.header(), Outcome.NOT_STATED, withdrawal));
        given().when(record(HISTORIC, approved, withdrawal, null, null))
                .expectEvents(
                        new Received(HISTORIC),
                        new Decided(HISTORIC.header(), HISTORIC.outcome(), approved),
                        new Withdrawn(HISTORIC.header(), Outcome.APPROVED, withdrawal));
    }

    @Test
    void aHistoricRequestLeavesUnknownWhatItsSourceLeavesUnknown() {
        Ask barest = new Ask(
                List.of(),
                Samples.DWP,
                date("2018-04"),
                Purpose.OTHER,
                Gateway.OTHER,
                null,
                null,
                submitted(notStated()),
                null,
                new Historic(Source.OTHER, null, null));
        Disclosure unknown = new Disclosure(null, notStated(), notStated(), null);

        given().when(record(barest, null, null, HISTORIC_MATCH, unknown))
                .expectEvents(
                        new Received(barest),
                        new Matched(barest.header(), Outcome.NOT_STATED, notStated(), HISTORIC_MATCH),
                        new Disclosed(barest.header(), unknown));
    }

    @Test
    void aHistoricRequestIsClosedWithoutDestruction() {
        given(historic(HISTORIC_MATCH, HISTORIC_DISCLOSURE))
                .when(stage(new Closure(null)))
                .expectEvents(event(HISTORIC, Outcome.APPROVED, new Closure(null)));
    }

    @Test
    void aHistoricRequestThatBreaksARuleLeavesNoEventAtAll() {
        assertBroken(
                given().when(record(HISTORIC, null, null, new Match(null, people(13), people(0)), HISTORIC_DISCLOSURE)),
                Rule.MATCHED_EXCEEDS_SUBMITTED,
                "/match/matched");
    }

    // Incomplete

    @Test
    void whatALiveRequestLacksIsToldAtOnce() {
        Ask bare = new Ask(
                List.of(),
                Samples.DWP,
                date("2024-03-04"),
                Purpose.OTHER,
                Gateway.OTHER,
                null,
                null,
                submitted(notStated()),
                null,
                null);

        assertIncomplete(
                given().when(record(bare)), "/references", "/lawfulBasis", "/submitted/items", "/requestedItems");
    }

    @Test
    void aLiveStageNeedsItsDateAndItems() {
        assertIncomplete(given(live()).when(stage(new Decision(Outcome.APPROVED, null, null, null))), "/on");
        assertIncomplete(given(live()).when(stage(new Withdrawal(null))), "/on");
        assertIncomplete(given(live(APPROVAL)).when(stage(new Match(null, people(1), people(0)))), "/on");
        assertIncomplete(
                given(live(APPROVAL, MATCH)).when(stage(new Disclosure(null, people(1), people(1), null))),
                "/on",
                "/items");
        assertIncomplete(
                given(live(REFUSAL)).when(stage(new Stage.Destruction(null, DestructionMethod.RETURNED))), "/on");
        assertIncomplete(given(live(REFUSAL)).when(stage(new Closure(null))), "/on");
    }

    @Test
    void aCorrectionMayNotTakeAwayWhatALiveRequestNeeds() {
        assertIncomplete(
                given(live(APPROVAL))
                        .when(correct(
                                change(Field.GATEWAY, "EA96-537A", "OTHER"),
                                change(Field.LAWFUL_BASIS, "PUBLIC_TASK", null),
                                change(Field.DECISION_ON, "2024-03-05", null))),
                "/changes/1/now",
                "/changes/2/now");
        assertIncomplete(
                given(live()).when(correct(change(Field.REFERENCES, List.of("2024-0000101"), List.of()))),
                "/changes/0/now");
    }

    // Corrections

    @Test
    void correctingAMatchKeepsTheOldFigure() {
        List<RequestEvent> events = live(APPROVAL, MATCH);
        Change change = change(Field.MATCHED, 520L, 531L);
        Corrected corrected = new Corrected(
                figures(2_461, 520),
                figures(2_461, 531),
                List.of(change),
                Cause.RECOUNT,
                new SourceReference("HCWS272"));

        given(events).when(correct(change)).expectEvents(corrected);

        RequestState state =
                state(Stream.concat(events.stream(), Stream.of(corrected)).toList());
        assertThat(state.match()).isEqualTo(new Match(MATCH.on(), people(531), people(17)));
        assertThat(state.corrections())
                .containsExactly(new RequestState.Correction(change, Cause.RECOUNT, new SourceReference("HCWS272"), 3));
    }

    /** 300 people with their school, later 220 others with their address. */
    @Test
    void whatIsHandedOverLaterIsAddedToWhatWasBefore() {
        Disclosure first = new Disclosure(date("2024-03-07"), people(300), people(300), List.of(Item.SCHOOL));
        DiscloseFurther later = further("2024-03-20", 220, Item.MATCH_INDICATOR, Item.ADDRESS);
        List<Stage.Return> returns = List.of(
                new Stage.Return(people(300), List.of(Item.SCHOOL)),
                new Stage.Return(people(220), List.of(Item.ADDRESS)));
        List<Item> items = List.of(Item.SCHOOL, Item.MATCH_INDICATOR, Item.ADDRESS);
        RequestEvent.DisclosedFurther event = new RequestEvent.DisclosedFurther(
                LIVE.header(),
                Figures.DisclosureFigures.of(first),
                new Figures.DisclosureFigures(people(520), people(520), items, returns, null),
                later.disclosure());
        List<RequestEvent> events = new ArrayList<>(live(APPROVAL, MATCH, first));

        given(events).when(later).expectEvents(event);

        events.add(event);
        assertThat(state(events).disclosure())
                .isEqualTo(new Disclosure(date("2024-03-20"), people(520), people(520), items, returns, null, null));
        given(events).when(later).expectNoEvents();
        assertBroken(
                given(events).when(further("2024-03-21", 1, Item.ADDRESS)), Rule.RETURNED_EXCEEDS_MATCHED, "/returned");
    }

    @Test
    void furtherDisclosuresComeAfterOneAndBeforeTheFileIsDestroyed() {
        DiscloseFurther further = further("2024-03-20", 5, Item.ADDRESS);

        assertConflict(given(live(APPROVAL, MATCH)).when(further), Reason.OUT_OF_TURN);
        assertConflict(given(live(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION)).when(further), Reason.OUT_OF_TURN);
        assertBroken(
                given(live(APPROVAL, MATCH, DISCLOSURE)).when(further("2024-03-06", 5, Item.ADDRESS)),
                Rule.DATES_OUT_OF_ORDER,
                "/on");
        assertBroken(
                given(live(APPROVAL, MATCH, DISCLOSURE)).when(further("2024-03-20", 5, Item.MATCH_INDICATOR)),
                Rule.COUNTS_DO_NOT_ADD,
                "/items");
        assertBroken(
                given(live(APPROVAL, MATCH, DISCLOSURE)).when(further("2024-03-20", 5, Item.SCHOOL_HISTORY)),
                Rule.ITEMS_NOT_REQUESTED,
                "/items");
    }

    private static DiscloseFurther further(String on, int people, Item... items) {
        return new DiscloseFurther(
                Samples.ID,
                new Disclosure(date(on), people(people), people(people), List.of(items)),
                Samples.occasion());
    }

    private static final Reference FIRST = new Reference("2024-0000201");
    private static final Reference SECOND = new Reference("2024-0000202");
    private static final Reference LATE = new Reference("2024-0000203");
    private static final Ask TWO = Samples.with(LIVE, "references", List.of(FIRST, SECOND));
    private static final RefusedReference REFUSED_ALONE =
            new RefusedReference(SECOND, date("2024-03-04"), RefusalReason.AUTHORITY_MISSING);

    private static AddReference add(Reference reference) {
        return new AddReference(ID, reference, Samples.occasion());
    }

    private static RefuseReference refuse(Reference reference, String on) {
        return new RefuseReference(
                ID, new RefusedReference(reference, date(on), RefusalReason.AUTHORITY_MISSING), Samples.occasion());
    }

    @Test
    void aReferenceThatComesLaterCountsFromThenOn() {
        RequestEvent.ReferenceAdded added = new RequestEvent.ReferenceAdded(TWO.header(), LATE);

        given(new Received(TWO)).when(RECORDER, add(LATE)).expectEvents(added);

        RequestState now = state(List.of(new Received(TWO), added));
        assertThat(now.ask().references()).containsExactly(FIRST, SECOND, LATE);
        assertThat(now.header().requests()).isEqualTo(new Requests(3));
        given(new Received(TWO), added).when(RECORDER, add(LATE)).expectNoEvents();
        assertBroken(given(new Received(TWO)).and(OTHER, added).when(OTHER, stage(APPROVAL)), Rule.SAME_OFFICER, "");
        assertBroken(
                given(new Received(TWO))
                        .and(OTHER, added)
                        .when(
                                OTHER,
                                correct(change(
                                        Field.REFERENCES,
                                        List.of("2024-0000201", "2024-0000202", "2024-0000203"),
                                        List.of("2024-0000201")))),
                Rule.SAME_OFFICER,
                "/changes/0/field");
    }

    @Test
    void aReferenceIsAddedOnlyBeforeAnythingIsDecided() {
        assertConflict(given(live(APPROVAL)).when(RECORDER, add(LATE)), Reason.OUT_OF_TURN);
        assertConflict(given(live(WITHDRAWAL)).when(RECORDER, add(LATE)), Reason.OUT_OF_TURN);
        assertConflict(given(new Received(HISTORIC)).when(RECORDER, add(LATE)), Reason.OUT_OF_TURN);
        assertConflict(
                given(new Received(TWO), new Annulled(RequestState.of(TWO).figures(), Cause.OTHER, null))
                        .when(RECORDER, add(LATE)),
                Reason.ANNULLED);
        given(new Received(TWO))
                .when(RECORDER, add(new Reference("1985-04-17")))
                .expectNoEvents()
                .expectException(Refused.PersonalData.class);
        Ask full = Samples.with(
                LIVE,
                "references",
                IntStream.range(0, Requests.MAX)
                        .mapToObj(i -> new Reference("2024-00003" + (10 + i)))
                        .toList());
        assertConflict(given(new Received(full)).when(RECORDER, add(LATE)), Reason.FULL);
    }

    @Test
    void oneReferenceOfSeveralIsRefusedAndTheRestGoesOn() {
        RequestEvent.ReferenceRefused refused =
                new RequestEvent.ReferenceRefused(TWO.header(), Outcome.OPEN, REFUSED_ALONE);

        given(new Received(TWO)).when(refuse(SECOND, "2024-03-04")).expectEvents(refused);

        RequestState now = state(List.of(new Received(TWO), refused));
        assertThat(now.ask().references()).containsExactly(FIRST);
        assertThat(now.refused()).containsExactly(REFUSED_ALONE);
        assertThat(now.outcome()).isEqualTo(Outcome.OPEN);
        given(new Received(TWO), refused).when(refuse(SECOND, "2024-03-04")).expectNoEvents();
        given(new Received(TWO))
                .and(APPROVER, refused)
                .when(APPROVER, stage(APPROVAL))
                .expectEvents(new Decided(now.header(), Outcome.OPEN, APPROVAL));
        assertThat(now.header().requests()).isEqualTo(new Requests(1));
        given(new Received(TWO))
                .and(APPROVER, refused)
                .when(OTHER, annul(Cause.OTHER))
                .expectEvents(new Annulled(
                        new Figures(now.header(), Outcome.OPEN, LIVE.submitted().individuals(), null, null, 1),
                        Cause.OTHER,
                        new SourceReference("DFE-2024-17")));
        assertBroken(
                given(new Received(TWO)).and(APPROVER, refused).when(APPROVER, annul(Cause.OTHER)),
                Rule.SAME_OFFICER,
                "");
    }

    @Test
    void aRefusalOfOneReferenceIsRefusedWhereItCannotBe() {
        RequestEvent.ReferenceRefused refused =
                new RequestEvent.ReferenceRefused(TWO.header(), Outcome.OPEN, REFUSED_ALONE);
        Received received = new Received(TWO);

        assertBroken(given(received).when(RECORDER, refuse(SECOND, "2024-03-04")), Rule.SAME_OFFICER, "");
        assertBroken(given(received).when(refuse(LATE, "2024-03-04")), Rule.UNKNOWN_CODE, "/reference");
        assertBroken(given(received).when(refuse(SECOND, "2023-01-01")), Rule.DATES_OUT_OF_ORDER, "/on");
        assertBroken(given(received).when(refuse(SECOND, "2999-01-01")), Rule.DATE_IN_FUTURE, "/on");
        assertConflict(given(received, refused).when(refuse(SECOND, "2024-03-05")), Reason.TOLD_DIFFERENTLY);
        assertConflict(given(received, refused).when(RECORDER, add(SECOND)), Reason.TOLD_DIFFERENTLY);
        assertConflict(given(received, refused).when(refuse(FIRST, "2024-03-04")), Reason.OUT_OF_TURN);
        assertConflict(
                given(received, new Withdrawn(TWO.header(), Outcome.OPEN, WITHDRAWAL))
                        .when(refuse(SECOND, "2024-03-04")),
                Reason.OUT_OF_TURN);
        assertConflict(
                given(
                                received,
                                new Decided(TWO.header(), Outcome.OPEN, APPROVAL),
                                new Matched(
                                        TWO.header(),
                                        Outcome.APPROVED,
                                        LIVE.submitted().individuals(),
                                        MATCH))
                        .when(refuse(SECOND, "2024-03-04")),
                Reason.OUT_OF_TURN);
        assertConflict(
                given(received, new Annulled(RequestState.of(TWO).figures(), Cause.OTHER, null))
                        .when(refuse(SECOND, "2024-03-04")),
                Reason.ANNULLED);
        Ask old = Samples.with(HISTORIC, "references", List.of(FIRST, SECOND));
        assertConflict(given(new Received(old)).when(refuse(SECOND, "2024-03-04")), Reason.OUT_OF_TURN);
    }

    @Test
    void aCorrectionThatNamesAReferenceAgainTakesItsRefusalBack() {
        RequestEvent.ReferenceRefused refused =
                new RequestEvent.ReferenceRefused(TWO.header(), Outcome.OPEN, REFUSED_ALONE);
        Change back = change(Field.REFERENCES, List.of("2024-0000201"), List.of("2024-0000201", "2024-0000202"));
        RequestState before = state(List.of(new Received(TWO), refused));
        Corrected corrected = new Corrected(
                before.figures(),
                RequestState.of(TWO).figures(),
                List.of(back),
                Cause.RECOUNT,
                new SourceReference("HCWS272"));
        RequestStory story = given(new Received(TWO)).and(APPROVER, refused);

        assertBroken(story.when(APPROVER, correct(back)), Rule.SAME_OFFICER, "/changes/0/field");
        given(new Received(TWO))
                .and(APPROVER, refused)
                .when(OTHER, correct(back))
                .expectEvents(corrected);
        assertThat(before.figures().refused()).isOne();
        assertThat(state(List.of(new Received(TWO), refused, corrected)).refused())
                .isEmpty();
    }

    @Test
    void severalFieldsAreCorrectedAtOnce() {
        Change[] changes = {
            change(Field.SUBMITTED_INDIVIDUALS, 2_461L, 2_462L),
            change(Field.SUBMITTED_ROWS_RECEIVED, 2_470L, 2_471L),
            change(Field.MATCHED, 520L, 2_440L),
            change(Field.PURPOSES, List.of("IMMIGRATION_ENFORCEMENT"), List.of("OTHER"))
        };

        given(live(APPROVAL, MATCH))
                .when(correct(changes))
                .expectEvents(new Corrected(
                        figures(2_461, 520),
                        figures(Samples.with(LIVE, "purposes", List.of(Purpose.OTHER)), 2_462, 2_440),
                        List.of(changes),
                        Cause.RECOUNT,
                        new SourceReference("HCWS272")));
    }

    @Test
    void aCorrectedRequestGoesOnAsCorrected() {
        Change rows = change(Field.SUBMITTED_ROWS_RECEIVED, 2_470L, null);
        Change people = change(Field.SUBMITTED_INDIVIDUALS, 2_461L, 600L);
        Change owner = change(Field.ORGANISATION, "HOME_OFFICE", "DWP");
        Ask now = Samples.with(
                Samples.with(LIVE, "organisation", Samples.DWP),
                "submitted",
                new Submitted(people(600), LIVE.submitted().items(), notStated(), people(6), people(3)));
        RequestState approved = state(live(APPROVAL));
        Corrected corrected = new Corrected(
                approved.figures(),
                new Figures(now.header(), Outcome.APPROVED, people(600), null, null),
                List.of(rows, people, owner),
                Cause.RECOUNT,
                new SourceReference("HCWS272"));
        List<RequestEvent> events =
                List.of(new Received(LIVE), new Decided(LIVE.header(), LIVE.outcome(), APPROVAL), corrected);

        given(live(APPROVAL)).when(correct(rows, people, owner)).expectEvents(corrected);
        given(events).when(stage(MATCH)).expectEvents(new Matched(now.header(), Outcome.APPROVED, people(600), MATCH));
    }

    @Test
    void aClosedRequestCanBeCorrectedAndAnnulled() {
        List<RequestEvent> closed = live(APPROVAL, MATCH, DISCLOSURE, DESTRUCTION, CLOSURE);

        given(closed)
                .when(correct(change(Field.CLOSURE_ON, "2024-04-03", "2024-04-04")))
                .expectSuccessfulHandlerExecution();
        given(closed).when(annul(Cause.OTHER)).expectSuccessfulHandlerExecution();
    }

    @Test
    void aCorrectionOfAnotherValueThanTheCurrentIsAConflict() {
        assertConflict(given(live(APPROVAL, MATCH)).when(correct(change(Field.MATCHED, 519L, 531L))), Reason.STALE_WAS);
        assertConflict(given(live(APPROVAL, MATCH)).when(correct(change(Field.MATCHED, null, 531L))), Reason.STALE_WAS);
        assertConflict(
                given(live(APPROVAL, MATCH)).when(correct(change(Field.MATCHED, "520", 531L))), Reason.STALE_WAS);
        assertConflict(
                given(live())
                        .when(correct(
                                change(Field.GATEWAY, "EA96-537A", "OTHER"),
                                change(Field.REFERENCES, List.of(), List.of("2024-0000102")))),
                Reason.STALE_WAS);
    }

    @Test
    void theOldItemsMayBeGivenInAnyOrder() {
        given(live(APPROVAL, MATCH, DISCLOSURE))
                .when(correct(change(Field.DISCLOSURE_ITEMS, List.of("SCHOOL", "ADDRESS"), List.of("SCHOOL"))))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void aCorrectionKeepsTheRulesOfTheWholeRequest() {
        assertBroken(
                given(live(APPROVAL, MATCH, DISCLOSURE)).when(correct(change(Field.MATCHED, 520L, 500L))),
                Rule.RETURNED_EXCEEDS_MATCHED,
                "/changes");
        assertBroken(
                given(live(APPROVAL, MATCH))
                        .when(correct(
                                change(Field.GATEWAY, "EA96-537A", "OTHER"), change(Field.MATCHED, 520L, 2_462L))),
                Rule.MATCHED_EXCEEDS_SUBMITTED,
                "/changes/1/now");
        assertBroken(
                given(live(APPROVAL, MATCH)).when(correct(change(Field.DECISION_OUTCOME, "APPROVED", "REFUSED"))),
                Rule.NOT_APPROVED,
                "/changes");
        assertBroken(
                given(live(APPROVAL, MATCH)).when(correct(change(Field.MATCHED, 520L, null))),
                Rule.SOURCE_REQUIRED,
                "/changes/0/now");
        assertBroken(
                given(historic()).when(correct(change(Field.RECEIVED, "2023-06", "2024-01-01"))),
                Rule.NOT_HISTORIC,
                "/changes/0/now");
    }

    // Annulment

    @Test
    void aRequestRecordedByMistakeIsAnnulled() {
        List<RequestEvent> events = live(APPROVAL, MATCH);
        Annulled annulled = new Annulled(figures(2_461, 520), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17"));
        RequestState state =
                state(Stream.concat(events.stream(), Stream.of(annulled)).toList());

        given(events)
                .when(annul(Cause.TRANSCRIPTION))
                .expectEvents(annulled)
                .expectResultMessagePayload(new Recorded(state, 3, true));
        assertThat(state.status()).isEqualTo(Status.ANNULLED);
        assertThat(state.match()).isEqualTo(MATCH);
    }

    @Test
    void anAnnulmentToldAgainIsNoEvent() {
        given(annulled()).when(RECORDER, annul(Cause.TRANSCRIPTION)).expectNoEvents();
    }

    @Test
    void anAnnulledRequestTakesNoFurtherStep() {
        assertConflict(given(annulled()).when(stage(APPROVAL)), Reason.ANNULLED);
        assertConflict(given(annulled()).when(stage(MATCH)), Reason.ANNULLED);
        assertConflict(given(annulled()).when(correct(change(Field.GATEWAY, "EA96-537A", "OTHER"))), Reason.ANNULLED);
        assertConflict(given(annulled()).when(annul(Cause.OTHER)), Reason.ANNULLED);
    }

    private static List<RequestEvent> annulled() {
        Annulled annulled =
                new Annulled(state(live(APPROVAL)).figures(), Cause.TRANSCRIPTION, new SourceReference("DFE-2024-17"));
        return Stream.concat(live(APPROVAL).stream(), Stream.of(annulled)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyConflictSaysWhyWithoutRepeatingInput(Reason reason) {
        assertThat(new Refused.Conflict(reason)).hasMessage(reason.detail()).hasNoCause();
        assertThat(reason.detail()).endsWith(".");
    }

    private static Figures figures(int submitted, int matched) {
        return figures(LIVE, submitted, matched);
    }

    private static Figures figures(Ask ask, int submitted, int matched) {
        return new Figures(
                ask.header(),
                Outcome.APPROVED,
                people(submitted),
                new Figures.MatchFigures(people(matched), people(17)),
                null);
    }
}
