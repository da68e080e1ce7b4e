package org.pupilledger.coverage;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.CustomMatcher;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Rule;
import org.pupilledger.codes.Source;
import org.pupilledger.coverage.CoverageCommand.ConfirmCoverage;
import org.pupilledger.coverage.CoverageCommand.DropProposal;
import org.pupilledger.coverage.CoverageCommand.ProposeCoverage;
import org.pupilledger.coverage.CoverageCommand.WithdrawCoverage;
import org.pupilledger.coverage.CoverageEvent.Declared;
import org.pupilledger.coverage.CoverageEvent.ProposalDropped;
import org.pupilledger.coverage.CoverageEvent.Proposed;
import org.pupilledger.coverage.CoverageEvent.WithdrawalProposed;
import org.pupilledger.coverage.CoverageEvent.Withdrawn;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.SourceReference;

class CoverageTest {
    private static final LocalDate TODAY = LocalDate.of(2024, 6, 28);
    private static final LocalDate INCEPTION = LocalDate.of(2024, 1, 1);
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final Map<String, String> PUBLISHER = Map.of(MatchingRequest.ACTOR, "publisher");
    private static final Map<String, String> APPROVER = Map.of(MatchingRequest.ACTOR, "approver");

    private static final Declaration QUARTER = declaration("2018-04", "2018-06", Source.FOI_ANSWER);
    private static final String ID = "coverage-DWP-2018-04-2018-06";
    private static final Proposed PROPOSED = new Proposed(QUARTER);
    private static final Declared DECLARED = new Declared(QUARTER);
    private static final WithdrawalProposed WITHDRAWING =
            new WithdrawalProposed(QUARTER, Cause.LATE_INFORMATION, new SourceReference("HCWS272"));
    private static final Withdrawn WITHDRAWN =
            new Withdrawn(QUARTER, Cause.LATE_INFORMATION, new SourceReference("HCWS272"));

    private static Declaration declaration(String from, @Nullable String to, @Nullable Source source) {
        return new Declaration(
                new CoveredMonths(DWP, YearMonth.parse(from), to == null ? null : YearMonth.parse(to)), source, null);
    }

    private static Occasion occasion() {
        return occasion(null);
    }

    private static Occasion occasion(@Nullable Set<Long> ifMatch) {
        return new Occasion(
                TODAY,
                INCEPTION,
                code -> code.equals(DWP)
                        ? Optional.of(new OrganisationProfile("DWP", Category.OTHER_GOVERNMENT, null))
                        : Optional.empty(),
                reference -> Optional.empty(),
                ifMatch);
    }

    /** What was recorded before is the publisher's. */
    private static TestExecutor<Coverage> given(CoverageEvent... events) {
        AggregateTestFixture<Coverage> coverage = new AggregateTestFixture<>(Coverage.class);
        return events.length == 0
                ? coverage.givenNoPriorActivity()
                : coverage.given(Stream.of(events)
                        .map(event -> new GenericEventMessage<>(event, PUBLISHER))
                        .toList());
    }

    private static ProposeCoverage propose(Declaration declaration) {
        return new ProposeCoverage(declaration, occasion());
    }

    private static final ConfirmCoverage CONFIRM = new ConfirmCoverage(ID, occasion());
    private static final DropProposal DROP = new DropProposal(ID, occasion());
    private static final WithdrawCoverage WITHDRAW =
            new WithdrawCoverage(ID, Cause.LATE_INFORMATION, new SourceReference("HCWS272"), occasion());

    @Test
    void aPublisherProposesAndASecondPersonDeclares() {
        given().when(propose(QUARTER), PUBLISHER).expectEvents(PROPOSED);
        given(PROPOSED).when(CONFIRM, APPROVER).expectEvents(DECLARED);
        given(PROPOSED, DECLARED).when(WITHDRAW, PUBLISHER).expectEvents(WITHDRAWING);
        given(PROPOSED, DECLARED, WITHDRAWING).when(CONFIRM, APPROVER).expectEvents(WITHDRAWN);
        given(PROPOSED, DECLARED, WITHDRAWING, WITHDRAWN)
                .when(propose(QUARTER), PUBLISHER)
                .expectEvents(PROPOSED);
    }

    @Test
    void whoeverProposedDoesNotConfirm() {
        for (TestExecutor<Coverage> waiting : List.of(given(PROPOSED), given(PROPOSED, DECLARED, WITHDRAWING))) {
            waiting.when(CONFIRM, PUBLISHER)
                    .expectNoEvents()
                    .expectException(refusal(new Violation(Rule.SAME_OFFICER, "")));
        }
    }

    @Test
    void aProposalThatIsDroppedLeavesWhatStoodBefore() {
        given(PROPOSED).when(DROP, PUBLISHER).expectEvents(new ProposalDropped(QUARTER));
        given(PROPOSED, DECLARED, WITHDRAWING).when(DROP, PUBLISHER).expectEvents(new ProposalDropped(QUARTER));
        given(PROPOSED, DECLARED, WITHDRAWING, new ProposalDropped(QUARTER))
                .when(WITHDRAW, PUBLISHER)
                .expectEvents(WITHDRAWING);
        given(PROPOSED, new ProposalDropped(QUARTER))
                .when(propose(QUARTER), PUBLISHER)
                .expectEvents(PROPOSED);
    }

    @Test
    void theSameAgainIsNoEvent() {
        given(PROPOSED).when(propose(QUARTER), PUBLISHER).expectNoEvents().expectSuccessfulHandlerExecution();
        given(PROPOSED, DECLARED).when(CONFIRM, PUBLISHER).expectNoEvents().expectSuccessfulHandlerExecution();
        given(PROPOSED, DECLARED, WITHDRAWING)
                .when(WITHDRAW, PUBLISHER)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        given(PROPOSED, new ProposalDropped(QUARTER))
                .when(DROP, PUBLISHER)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void whatIsNotAtItsTurnIsRefused() {
        given(PROPOSED).when(WITHDRAW, PUBLISHER).expectException(conflict(Reason.OUT_OF_TURN));
        given(PROPOSED, DECLARED).when(DROP, PUBLISHER).expectException(conflict(Reason.OUT_OF_TURN));
        given(PROPOSED, new ProposalDropped(QUARTER))
                .when(CONFIRM, APPROVER)
                .expectException(conflict(Reason.OUT_OF_TURN));
        given(PROPOSED, DECLARED)
                .when(propose(declaration("2018-04", "2018-06", Source.FILE)), PUBLISHER)
                .expectException(conflict(Reason.TOLD_DIFFERENTLY));
        given(PROPOSED)
                .when(new ConfirmCoverage(ID, occasion(Set.of(7L))), APPROVER)
                .expectException(Refused.StaleVersion.class);
    }

    @Test
    void onlyWhatCanBeCompleteIsDeclared() {
        refuses(declaration("2024-07", null, Source.FILE), new Violation(Rule.DATE_IN_FUTURE, "/from"));
        refuses(declaration("2024-01", "2024-07", Source.FILE), new Violation(Rule.DATE_IN_FUTURE, "/to"));
        refuses(declaration("2023-12", null, null), new Violation(Rule.NOT_LIVE_THEN, "/source"));
        refuses(
                new Declaration(
                        new CoveredMonths(new OrganisationCode("NOBODY"), YearMonth.of(2018, 4), null),
                        Source.FILE,
                        null),
                new Violation(Rule.UNKNOWN_CODE, "/organisation"));
        given().when(propose(declaration("2024-01", null, null)), PUBLISHER)
                .expectEvents(new Proposed(declaration("2024-01", null, null)));
        given().when(
                        propose(new Declaration(QUARTER.months(), Source.FILE, new SourceReference("QQ123456C"))),
                        PUBLISHER)
                .expectException(Refused.PersonalData.class);
    }

    private static void refuses(Declaration declaration, Violation violation) {
        given().when(propose(declaration), PUBLISHER).expectNoEvents().expectException(refusal(violation));
    }

    @Test
    void monthsThatEndBeforeTheyBeginAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CoveredMonths(DWP, YearMonth.of(2018, 6), YearMonth.of(2018, 4)));
    }

    private static Matcher<Object> refusal(Violation violation) {
        return new CustomMatcher<>("refused: " + violation) {
            @Override
            public boolean matches(Object thrown) {
                return thrown instanceof Refused.RuleBroken broken
                        && broken.violations().equals(List.of(violation));
            }
        };
    }

    private static Matcher<Object> conflict(Reason reason) {
        return new CustomMatcher<>("conflict: " + reason) {
            @Override
            public boolean matches(Object thrown) {
                return thrown instanceof Refused.Conflict refused && refused.reason() == reason;
            }
        };
    }
}
