package org.pupilledger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.request.RequestStory.APPROVER;
import static org.pupilledger.request.RequestStory.RECORDER;
import static org.pupilledger.request.RequestStory.assertBroken;
import static org.pupilledger.request.RequestStory.assertConflict;
import static org.pupilledger.request.RequestStory.given;
import static org.pupilledger.request.Samples.APPROVAL;
import static org.pupilledger.request.Samples.CLOSURE;
import static org.pupilledger.request.Samples.CROWN_COURT;
import static org.pupilledger.request.Samples.DISCLOSURE;
import static org.pupilledger.request.Samples.DWP;
import static org.pupilledger.request.Samples.FAMILY_COURT;
import static org.pupilledger.request.Samples.HISTORIC;
import static org.pupilledger.request.Samples.HISTORIC_DISCLOSURE;
import static org.pupilledger.request.Samples.HISTORIC_MATCH;
import static org.pupilledger.request.Samples.IN_FORCE;
import static org.pupilledger.request.Samples.LIVE;
import static org.pupilledger.request.Samples.MATCH;
import static org.pupilledger.request.Samples.OF_OTHERS;
import static org.pupilledger.request.Samples.OVERRIDE;
import static org.pupilledger.request.Samples.REFUSAL;
import static org.pupilledger.request.Samples.SUSPENDED;
import static org.pupilledger.request.Samples.WITHDRAWAL;
import static org.pupilledger.request.Samples.change;
import static org.pupilledger.request.Samples.correct;
import static org.pupilledger.request.Samples.date;
import static org.pupilledger.request.Samples.historic;
import static org.pupilledger.request.Samples.live;
import static org.pupilledger.request.Samples.notStated;
import static org.pupilledger.request.Samples.overridden;
import static org.pupilledger.request.Samples.people;
import static org.pupilledger.request.Samples.record;
import static org.pupilledger.request.Samples.stage;
import static org.pupilledger.request.Samples.submitted;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Submitted;

/** Each rule refuses what breaks it, points to the place, and leaves no event. */
class RefusalTest {
    /** Rules of statements, editions, coverage and period totals, which their own tests break. */
    private static final EnumSet<Rule> WITHOUT_A_PATH = EnumSet.of(
            Rule.UNIT_DOES_NOT_FIT,
            Rule.NOT_DUE,
            Rule.NOT_LIVE_THEN,
            Rule.COVERED_BY_TOTAL,
            Rule.CONTRADICTS_LEDGER,
            Rule.AGREES_WITH_LEDGER,
            Rule.NO_LEDGER_FIGURE);

    /** One way to break a rule. */
    record Breach(Rule rule, String pointer, List<RequestEvent> given, String actor, RequestCommand when) {
        @Override
        public String toString() {
            return rule.code() + " at \"" + pointer + "\" in " + when.getClass().getSimpleName();
        }
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aBreachOfARuleIsRefused(Breach breach) {
        assertBroken(given(breach.given()).when(breach.actor(), breach.when()), breach.rule(), breach.pointer());
    }

    @Test
    void everyRuleIsBrokenAtLeastOnce() {
        assertThat(breaches().map(Breach::rule).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(WITHOUT_A_PATH));
    }

    @Test
    void allThatIsBrokenIsToldAtOnce() {
        Ask ask = Samples.with(
                Samples.with(LIVE, "organisation", new OrganisationCode("NOBODY")), "received", date("2024-07-01"));
        Decision approved = new Decision(Outcome.APPROVED, null, null, null);

        assertBroken(
                given().when(record(ask)),
                new Violation(Rule.UNKNOWN_CODE, "/organisation"),
                new Violation(Rule.DATE_IN_FUTURE, "/received"));
        assertBroken(
                given().when(record(
                        HISTORIC,
                        approved,
                        null,
                        new Match(null, people(9), people(4)),
                        new Disclosure(null, people(14), people(15), List.of(Item.MATCH_INDICATOR)))),
                new Violation(Rule.COUNTS_DO_NOT_ADD, "/match/ambiguous"),
                new Violation(Rule.ANSWERED_EXCEEDS_SUBMITTED, "/disclosure/answered"),
                new Violation(Rule.RETURNED_EXCEEDS_ANSWERED, "/disclosure/returned"),
                new Violation(Rule.RETURNED_EXCEEDS_MATCHED, "/disclosure/returned"),
                new Violation(Rule.COUNTS_DO_NOT_ADD, "/disclosure/items"));
        assertBroken(
                given(live()).when(stage(DISCLOSURE)),
                new Violation(Rule.NOT_APPROVED, ""),
                new Violation(Rule.NOT_MATCHED, ""));
        assertBroken(
                given(live(REFUSAL)).when(stage(DISCLOSURE)),
                new Violation(Rule.NOT_APPROVED, ""),
                new Violation(Rule.NOT_MATCHED, ""));
    }

    @Test
    void everyCountThatALiveRequestLeavesOutIsToldAtOnce() {
        assertBroken(
                given(live(APPROVAL)).when(stage(new Match(MATCH.on(), notStated(), notStated()))),
                new Violation(Rule.SOURCE_REQUIRED, "/matched"),
                new Violation(Rule.SOURCE_REQUIRED, "/ambiguous"));
        assertBroken(
                given(live(APPROVAL, MATCH))
                        .when(stage(new Disclosure(DISCLOSURE.on(), notStated(), notStated(), DISCLOSURE.items()))),
                new Violation(Rule.SOURCE_REQUIRED, "/answered"),
                new Violation(Rule.SOURCE_REQUIRED, "/returned"));
    }

    static Stream<Breach> breaches() {
        return Stream.of(counts(), items(), authority(), dates(), codes(), agreements(), sources(), corrections())
                .flatMap(List::stream);
    }

    private static List<Breach> counts() {
        return List.of(
                matching(Rule.MATCHED_EXCEEDS_SUBMITTED, "/matched", 2_462, 0),
                matching(Rule.COUNTS_DO_NOT_ADD, "/ambiguous", 0, 2_462),
                matching(Rule.COUNTS_DO_NOT_ADD, "/ambiguous", 2_461, 1),
                matching(Rule.COUNTS_DO_NOT_ADD, "/ambiguous", 2_461, Individuals.MAX),
                disclosing(Rule.ANSWERED_EXCEEDS_SUBMITTED, "/answered", 2_462, 520, Item.SCHOOL),
                disclosing(Rule.RETURNED_EXCEEDS_ANSWERED, "/returned", 519, 520, Item.SCHOOL),
                disclosing(Rule.RETURNED_EXCEEDS_MATCHED, "/returned", 521, 521, Item.SCHOOL),
                recording(
                        Rule.COUNTS_DO_NOT_ADD,
                        "/submitted/rowsReceived",
                        Samples.with(
                                LIVE,
                                "submitted",
                                new Submitted(people(10), List.of(Item.NAME), people(12), people(1), people(2)))),
                bringing(
                        Rule.RETURNED_EXCEEDS_MATCHED,
                        "/disclosure/returned",
                        new Match(null, people(0), people(0)),
                        new Disclosure(null, notStated(), people(1), null)),
                bringing(
                        Rule.RETURNED_EXCEEDS_ANSWERED,
                        "/disclosure/returned",
                        HISTORIC_MATCH,
                        new Disclosure(null, people(0), people(1), null)),
                bringing(
                        Rule.COUNTS_DO_NOT_ADD,
                        "/disclosure/returned",
                        HISTORIC_MATCH,
                        new Disclosure(null, notStated(), people(13), null)));
    }

    private static List<Breach> items() {
        return List.of(
                disclosing(Rule.COUNTS_DO_NOT_ADD, "/items", 520, 0, Item.SCHOOL),
                disclosing(Rule.COUNTS_DO_NOT_ADD, "/items", 520, 0, Item.MATCH_INDICATOR, Item.ADDRESS),
                disclosing(Rule.COUNTS_DO_NOT_ADD, "/items", 520, 1),
                disclosing(Rule.COUNTS_DO_NOT_ADD, "/items", 520, 1, Item.MATCH_INDICATOR),
                disclosing(Rule.COUNTS_DO_NOT_ADD, "/items", 0, 0, Item.MATCH_INDICATOR),
                disclosing(Rule.ITEMS_NOT_REQUESTED, "/items", 520, 1, Item.SCHOOL, Item.SCHOOL_HISTORY));
    }

    private static List<Breach> authority() {
        return List.of(
                telling(Rule.NOT_APPROVED, "", live(), MATCH),
                telling(Rule.NOT_APPROVED, "", live(REFUSAL), MATCH),
                telling(Rule.NOT_APPROVED, "", live(APPROVAL, WITHDRAWAL), MATCH),
                telling(Rule.NOT_APPROVED, "", live(APPROVAL, MATCH, WITHDRAWAL), DISCLOSURE),
                telling(Rule.NOT_APPROVED, "", historic(new Withdrawal(null)), HISTORIC_MATCH),
                new Breach(
                        Rule.NOT_APPROVED,
                        "/match",
                        List.of(),
                        RECORDER,
                        record(HISTORIC, null, new Withdrawal(null), HISTORIC_MATCH, null)),
                new Breach(
                        Rule.NOT_APPROVED,
                        "/disclosure",
                        List.of(),
                        RECORDER,
                        record(HISTORIC, null, new Withdrawal(null), null, HISTORIC_DISCLOSURE)),
                new Breach(
                        Rule.NOT_APPROVED,
                        "/match",
                        List.of(),
                        RECORDER,
                        record(HISTORIC, new Decision(Outcome.REFUSED, null, null, null), null, HISTORIC_MATCH, null)),
                telling(Rule.NOT_MATCHED, "", live(APPROVAL), DISCLOSURE),
                telling(Rule.NOT_MATCHED, "", historic(), HISTORIC_DISCLOSURE),
                new Breach(Rule.SAME_OFFICER, "", live(), RECORDER, stage(APPROVAL)),
                telling(Rule.NOT_DESTROYED, "", live(APPROVAL, MATCH, DISCLOSURE), CLOSURE));
    }

    private static List<Breach> dates() {
        return List.of(
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(), approvedOn("2024-03-03")),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(), approvedOn("2024-02")),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(), new Withdrawal(date("2024-03-03"))),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(APPROVAL), matchedOn("2024-03-04")),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(APPROVAL, MATCH), disclosedOn("2024-03-05")),
                telling(
                        Rule.DATES_OUT_OF_ORDER,
                        "/on",
                        live(APPROVAL, MATCH, DISCLOSURE),
                        new Destruction(date("2024-03-06"), DestructionMethod.RETURNED)),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(REFUSAL), new Closure(date("2024-03-04"))),
                telling(Rule.DATES_OUT_OF_ORDER, "/on", live(), orderedBy(FAMILY_COURT, "2024-03-06")),
                telling(Rule.DATE_IN_FUTURE, "/on", live(), approvedOn("2024-06-29")),
                telling(Rule.DATE_IN_FUTURE, "/on", live(), approvedOn("2024-07")),
                telling(Rule.DATE_IN_FUTURE, "/on", live(APPROVAL), matchedOn("2025-01-01")),
                recording(Rule.DATE_IN_FUTURE, "/received", Samples.with(LIVE, "received", date("2024-06-29"))),
                recording(
                        Rule.DATE_IN_FUTURE,
                        "/historic/published",
                        Samples.with(HISTORIC, "historic", new Historic(Source.PUBLICATION, null, date("2024-07")))));
    }

    private static List<Breach> codes() {
        return List.of(
                recording(
                        Rule.UNKNOWN_CODE,
                        "/organisation",
                        Samples.with(LIVE, "organisation", new OrganisationCode("NOBODY"))),
                recording(
                        Rule.UNKNOWN_CODE,
                        "/agreement",
                        Samples.with(LIVE, "agreement", new AgreementReference("DS00689"))),
                telling(
                        Rule.UNKNOWN_CODE,
                        "/courtOrder/court",
                        live(),
                        orderedBy(new OrganisationCode("NOBODY"), "2024-03-01")),
                telling(Rule.UNKNOWN_CODE, "/courtOrder/court", live(), orderedBy(DWP, "2024-03-01")));
    }

    private static List<Breach> agreements() {
        Submitted alsoGender =
                new Submitted(people(5), List.of(Item.NAME, Item.GENDER), notStated(), notStated(), notStated());
        List<RequestEvent> received = List.of(new RequestEvent.Received(Samples.with(LIVE, "agreement", SUSPENDED)));
        Ask permitted = Samples.with(LIVE, "agreement", IN_FORCE);
        return List.of(
                recording(Rule.NOT_A_PARTY, "/agreement", Samples.with(LIVE, "agreement", OF_OTHERS)),
                recording(
                        Rule.ITEMS_NOT_PERMITTED, "/submitted/items", Samples.with(permitted, "submitted", alsoGender)),
                new Breach(Rule.AGREEMENT_NOT_IN_FORCE, "/on", received, APPROVER, stage(APPROVAL)),
                new Breach(Rule.AGREEMENT_NOT_IN_FORCE, "/on", received, APPROVER, stage(approvedOn("2024-03"))),
                new Breach(
                        Rule.AGREEMENT_NOT_IN_FORCE,
                        "/changes/0/now",
                        List.of(
                                new RequestEvent.Received(Samples.with(LIVE, "agreement", SUSPENDED)),
                                new RequestEvent.Decided(LIVE.header(), LIVE.outcome(), approvedOn("2024-04-01"))),
                        APPROVER,
                        correct(change(Field.DECISION_ON, "2024-04-01", "2024-03-31"))),
                new Breach(Rule.OVERRIDE_NOT_NEEDED, "/override", received, APPROVER, overridden(REFUSAL)),
                new Breach(
                        Rule.OVERRIDE_NOT_NEEDED, "/override", received, APPROVER, overridden(approvedOn("2024-04"))),
                new Breach(
                        Rule.OVERRIDE_NOT_NEEDED,
                        "/override",
                        received,
                        APPROVER,
                        overridden(orderedBy(FAMILY_COURT, "2024-03-04"))),
                new Breach(Rule.OVERRIDE_NOT_NEEDED, "/override", live(), APPROVER, overridden(APPROVAL)),
                new Breach(
                        Rule.ITEMS_NOT_PERMITTED,
                        "/items",
                        List.of(
                                new RequestEvent.Received(permitted),
                                new RequestEvent.Decided(LIVE.header(), LIVE.outcome(), APPROVAL),
                                new RequestEvent.Matched(LIVE.header(), Outcome.APPROVED, people(2_461), MATCH)),
                        RECORDER,
                        stage(DISCLOSURE)));
    }

    private static List<Breach> sources() {
        return List.of(
                recording(
                        Rule.SOURCE_REQUIRED,
                        "/submitted/individuals",
                        Samples.with(
                                LIVE,
                                "submitted",
                                new Submitted(notStated(), List.of(Item.NAME), notStated(), notStated(), notStated()))),
                new Breach(
                        Rule.SOURCE_REQUIRED,
                        "/historic",
                        List.of(),
                        RECORDER,
                        record(LIVE, APPROVAL, null, null, null)),
                new Breach(
                        Rule.SOURCE_REQUIRED,
                        "/historic",
                        List.of(),
                        RECORDER,
                        record(LIVE, null, WITHDRAWAL, null, null)),
                recording(Rule.NOT_HISTORIC, "/received", Samples.with(HISTORIC, "received", date("2024-01-01"))),
                recording(Rule.NOT_HISTORIC, "/received", Samples.with(HISTORIC, "received", date("2024-01"))));
    }

    private static List<Breach> corrections() {
        return List.of(
                correcting("/changes", live()),
                correcting("/changes/0/now", live(), change(Field.GATEWAY, "EA96-537A", "EA96-537A")),
                correcting(
                        "/changes/0/now",
                        live(APPROVAL, MATCH, DISCLOSURE),
                        change(Field.DISCLOSURE_ITEMS, List.of("ADDRESS", "SCHOOL"), List.of("SCHOOL", "ADDRESS"))),
                correcting("/changes/0/field", live(), change(Field.MATCHED, null, 5L)),
                correcting("/changes/0/field", live(), change(Field.HISTORIC_SOURCE, null, "FILE")),
                correcting("/changes/0/field", live(APPROVAL), change(Field.COURT, null, "FAMILY_COURT")),
                correcting(
                        "/changes/1/field",
                        live(),
                        change(Field.GATEWAY, "EA96-537A", "OTHER"),
                        change(Field.DECISION_OUTCOME, null, "APPROVED")));
    }

    private static Breach recording(Rule rule, String pointer, Ask ask) {
        return new Breach(rule, pointer, List.of(), RECORDER, record(ask));
    }

    private static Breach bringing(Rule rule, String pointer, Match match, @Nullable Disclosure disclosure) {
        return new Breach(rule, pointer, List.of(), RECORDER, record(HISTORIC, null, null, match, disclosure));
    }

    private static Breach telling(Rule rule, String pointer, List<RequestEvent> given, Stage stage) {
        return new Breach(rule, pointer, given, APPROVER, stage(stage));
    }

    private static Breach matching(Rule rule, String pointer, int matched, int ambiguous) {
        return telling(rule, pointer, live(APPROVAL), new Match(MATCH.on(), people(matched), people(ambiguous)));
    }

    private static Breach disclosing(Rule rule, String pointer, int answered, int returned, Item... items) {
        return telling(
                rule,
                pointer,
                live(APPROVAL, MATCH),
                new Disclosure(DISCLOSURE.on(), people(answered), people(returned), List.of(items)));
    }

    private static Breach correcting(String pointer, List<RequestEvent> given, Change... changes) {
        return new Breach(Rule.NOTHING_TO_CORRECT, pointer, given, APPROVER, correct(changes));
    }

    private static Decision approvedOn(String date) {
        return new Decision(Outcome.APPROVED, date(date), null, null);
    }

    private static Decision orderedBy(OrganisationCode court, String made) {
        return new Decision(Outcome.APPROVED, date("2024-03-05"), null, new CourtOrder(court, date(made)));
    }

    private static Match matchedOn(String date) {
        return new Match(date(date), people(520), people(17));
    }

    private static Disclosure disclosedOn(String date) {
        return new Disclosure(date(date), people(520), people(510), DISCLOSURE.items());
    }

    // What no rule forbids

    @Test
    void aMonthBreaksADateRuleOnlyWhereNoneOfItsDaysCouldKeepIt() {
        given(live()).when(stage(approvedOn("2024-03"))).expectSuccessfulHandlerExecution();
        given(live(approvedOn("2024-03"))).when(stage(matchedOn("2024-03-04"))).expectSuccessfulHandlerExecution();
        given().when(record(Samples.with(LIVE, "received", date("2024-06")))).expectSuccessfulHandlerExecution();
        assertBroken(
                given(live(approvedOn("2024-03-31"))).when(stage(matchedOn("2024-03-30"))),
                Rule.DATES_OUT_OF_ORDER,
                "/on");
    }

    /** Each neighbour would allow it: the month can be any day but one after the 10th, and none before the 20th. */
    @Test
    void aMonthBetweenTwoDaysDoesNotHideThatTheyAreOutOfOrder() {
        Decision approved = approvedOn("2024-03-20");
        Match sometime = matchedOn("2024-03");

        assertBroken(
                given(live(approved, sometime)).when(stage(disclosedOn("2024-03-10"))), Rule.DATES_OUT_OF_ORDER, "/on");
        given(live(approved, sometime)).when(stage(disclosedOn("2024-03-20"))).expectSuccessfulHandlerExecution();
    }

    @Test
    void theLimitsThemselvesAreKept() {
        Match everybody = new Match(MATCH.on(), people(2_461), people(0));
        Disclosure all = new Disclosure(DISCLOSURE.on(), people(2_461), people(2_461), List.of(Item.SCHOOL));
        Match half = new Match(MATCH.on(), people(461), people(2_000));

        given(live(APPROVAL)).when(stage(everybody)).expectSuccessfulHandlerExecution();
        given(live(APPROVAL)).when(stage(half)).expectSuccessfulHandlerExecution();
        given(live(APPROVAL, everybody)).when(stage(all)).expectSuccessfulHandlerExecution();
        given(live()).when(stage(orderedBy(CROWN_COURT, "2024-03-05"))).expectSuccessfulHandlerExecution();
        given(live()).when(stage(approvedOn("2024-03-04"))).expectSuccessfulHandlerExecution();
        given(live()).when(stage(approvedOn("2024-06-28"))).expectSuccessfulHandlerExecution();
        given().when(record(Samples.with(HISTORIC, "received", date("2023-12"))))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void yOnlyIsToldAboutPeopleOfWhomNothingIsReturned() {
        Disclosure yOnly = new Disclosure(DISCLOSURE.on(), people(1), people(0), List.of(Item.MATCH_INDICATOR));

        given(live(APPROVAL, MATCH)).when(stage(yOnly)).expectSuccessfulHandlerExecution();
    }

    @Test
    void aRuleWhoseInputIsNotStatedDoesNotApply() {
        Ask unstated = Samples.with(HISTORIC, "submitted", submitted(notStated()));
        Match many = new Match(null, people(5_000), notStated());
        Disclosure more = new Disclosure(null, people(9_000), notStated(), List.of(Item.GENDER));

        given().when(record(unstated, null, null, many, more)).expectSuccessfulHandlerExecution();
    }

    // Personal data

    @Test
    void whatLooksLikeAnIdentityOrASecretMakesNoEvent() {
        Ask pupil = Samples.with(LIVE, "references", List.of(new Reference("A123456789012")));
        Ask born = Samples.with(
                HISTORIC, "historic", new Historic(Source.FILE, new SourceReference("born-2009-03-14"), null));
        SourceReference secret = new SourceReference("password-Tr0ub4dor");

        assertPersonal(given().when(record(pupil)), Guard.Finding.UNIQUE_PUPIL_NUMBER);
        assertPersonal(given().when(record(born)), Guard.Finding.DATE_OF_BIRTH);
        assertPersonal(
                given(live())
                        .when(correct(change(Field.REFERENCES, List.of("2024-0000101"), List.of("A123456789012")))),
                Guard.Finding.UNIQUE_PUPIL_NUMBER);
        assertPersonal(
                given(historic())
                        .when(correct(change(
                                Field.HISTORIC_REFERENCE, "pupil_data_dwp_pupil_matching_re", "born-2009-03-14"))),
                Guard.Finding.DATE_OF_BIRTH);
        assertPersonal(
                given(live())
                        .when(new RequestCommand.CorrectRequest(
                                Samples.ID,
                                List.of(change(Field.GATEWAY, "EA96-537A", "OTHER")),
                                Cause.OTHER,
                                secret,
                                Samples.occasion())),
                Guard.Finding.SECRET);
        assertPersonal(
                given(live())
                        .when(new RequestCommand.AnnulRequest(Samples.ID, Cause.OTHER, secret, Samples.occasion())),
                Guard.Finding.SECRET);
    }

    /** The day beside it must be the day in it, whichever of the two a correction changes. */
    @Test
    void aCorrectionIsGuardedAsItLeavesSourceAndDay() {
        Historic source = new Historic(Source.FILE, new SourceReference("FOI-2011-03-04"), Samples.date("2011-03-04"));
        Ask ask = Samples.with(HISTORIC, "historic", source);
        Change day = change(Field.HISTORIC_PUBLISHED, "2011-03-04", "2011-03-05");

        assertPersonal(given(new RequestEvent.Received(ask)).when(correct(day)), Guard.Finding.DATE_OF_BIRTH);
        given(new RequestEvent.Received(ask))
                .when(correct(change(Field.HISTORIC_REFERENCE, "FOI-2011-03-04", "FOI-2011-03-05"), day))
                .expectSuccessfulHandlerExecution();
        given(new RequestEvent.Received(ask))
                .when(correct(change(Field.HISTORIC_SOURCE, "FILE", "PARLIAMENT")))
                .expectSuccessfulHandlerExecution();
    }

    private static void assertPersonal(ResultValidator<MatchingRequest> result, Guard.Finding finding) {
        result.expectNoEvents()
                .expectException(RequestStory.that(
                        "personal data " + finding,
                        refusal -> refusal instanceof Refused.PersonalData personal && personal.finding() == finding));
    }

    // Under an agreement

    @Test
    void anOverrideIsRecordedBeforeTheApprovalThatNeedsIt() {
        Ask ask = Samples.with(LIVE, "agreement", SUSPENDED);

        given(new RequestEvent.Received(ask))
                .when(overridden(APPROVAL))
                .expectEvents(
                        new RequestEvent.OverrideRecorded(ask.header(), OVERRIDE),
                        new RequestEvent.Decided(ask.header(), ask.outcome(), APPROVAL));
        given(
                        new RequestEvent.Received(ask),
                        new RequestEvent.OverrideRecorded(ask.header(), OVERRIDE),
                        new RequestEvent.Decided(ask.header(), ask.outcome(), APPROVAL))
                .when(overridden(APPROVAL))
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        assertConflict(
                given(
                                new RequestEvent.Received(ask),
                                new RequestEvent.OverrideRecorded(ask.header(), OVERRIDE),
                                new RequestEvent.Decided(ask.header(), ask.outcome(), APPROVAL))
                        .when(stage(APPROVAL)),
                Refused.Conflict.Reason.TOLD_DIFFERENTLY);
    }

    @Test
    void itemsOfAnOverriddenRequestAreJudgedByTheNewestVersionThatWasInForce() {
        Ask ask = Samples.with(LIVE, "agreement", SUSPENDED);
        RequestEvent[] matched = {
            new RequestEvent.Received(ask),
            new RequestEvent.OverrideRecorded(ask.header(), OVERRIDE),
            new RequestEvent.Decided(ask.header(), ask.outcome(), APPROVAL),
            new RequestEvent.Matched(ask.header(), Outcome.APPROVED, people(2_461), MATCH)
        };

        given(matched)
                .when(stage(new Disclosure(DISCLOSURE.on(), people(520), people(510), List.of(Item.ADDRESS))))
                .expectSuccessfulHandlerExecution();
        assertBroken(given(matched).when(stage(DISCLOSURE)), Rule.ITEMS_NOT_PERMITTED, "/items");
    }

    @Test
    void whatIsLearntOfAnAgreementLaterUndoesNoApproval() {
        // as if the suspension had been recorded only after the approval
        Ask ask = Samples.with(LIVE, "agreement", SUSPENDED);
        given(new RequestEvent.Received(ask), new RequestEvent.Decided(ask.header(), ask.outcome(), APPROVAL))
                .when(stage(MATCH))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void anOrderOfACourtTakesThePlaceOfTheAgreement() {
        given(new RequestEvent.Received(Samples.with(LIVE, "agreement", SUSPENDED)))
                .when(stage(orderedBy(FAMILY_COURT, "2024-03-04")))
                .expectSuccessfulHandlerExecution();
    }

    // How rules are told

    @ParameterizedTest
    @EnumSource
    void aRuleHasACodeAndASentenceOfItsOwn(Rule rule) {
        assertThat(rule.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(rule.detail()).matches("[A-Z].*\\.");
    }

    @Test
    void theCodesAreThoseOfTheContract() {
        assertThat(Stream.of(Rule.values()).map(Rule::code))
                .containsExactlyInAnyOrder(
                        "matched-exceeds-submitted",
                        "returned-exceeds-matched",
                        "returned-exceeds-answered",
                        "answered-exceeds-submitted",
                        "counts-do-not-add",
                        "not-approved",
                        "not-matched",
                        "same-officer",
                        "items-not-requested",
                        "items-not-permitted",
                        "agreement-not-in-force",
                        "not-a-party",
                        "override-not-needed",
                        "dates-out-of-order",
                        "date-in-future",
                        "nothing-to-correct",
                        "unknown-code",
                        "source-required",
                        "not-historic",
                        "not-live-then",
                        "not-destroyed",
                        "not-due",
                        "covered-by-total",
                        "unit-does-not-fit",
                        "contradicts-ledger",
                        "agrees-with-ledger",
                        "no-ledger-figure");
    }

    @Test
    void aRefusalRepeatsNoInputAndHasNoStackTrace() {
        Refused refused = new Refused.RuleBroken(Rule.MATCHED_EXCEEDS_SUBMITTED, "/match/matched");

        assertThat(refused).hasMessage("rule broken").hasNoCause();
        assertThat(refused.getStackTrace()).isEmpty();
    }
}
