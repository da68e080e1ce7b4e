package org.pupilledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.agreement.AgreementCommand.AmendAgreement;
import org.pupilledger.agreement.AgreementCommand.EndAgreement;
import org.pupilledger.agreement.AgreementCommand.ListAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementCommand.ResumeAgreement;
import org.pupilledger.agreement.AgreementCommand.SuspendAgreement;
import org.pupilledger.agreement.AgreementCommand.UnlistAgreement;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Listed;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.agreement.AgreementEvent.Unlisted;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Agreements;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

class AgreementTest {
    private static final LocalDate TODAY = LocalDate.of(2024, 6, 28);
    private static final AgreementReference REFERENCE = new AgreementReference("DS00689");
    private static final AgreementReference UMBRELLA = new AgreementReference("MOU-2015-1");
    private static final AgreementReference NO_UMBRELLA = new AgreementReference("R0039");
    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final OrganisationCode NOBODY = new OrganisationCode("NOBODY");

    private static final Terms FIRST = terms("1.0", "2015-07", HOME_OFFICE, 1_500);
    private static final Terms SECOND = terms("2.1", "2016-10", HOME_OFFICE, 2_000);
    private static final Registered REGISTERED = new Registered(REFERENCE, AgreementLevel.PROCESS, null, FIRST);
    private static final Suspension SUSPENSION =
            new Suspension(date("2018-04-17"), SuspensionReason.POLICY_CHANGE, new SourceReference("PQ-135467"));
    private static final Resumption RESUMPTION = new Resumption(date("2019-01"), null);
    private static final Ending ENDING = new Ending(date("2023-03-31"), List.of(EndEvidence.NOT_STATED), null);
    private static final Notice NOTICE = new Notice(date("2023-09"), new SourceReference("shares-2023-09"));

    private final AggregateTestFixture<Agreement> agreement = new AggregateTestFixture<>(Agreement.class);

    private static Occasion occasion(@Nullable Set<Long> ifMatch) {
        AgreementState umbrella =
                AgreementState.after(null, new Registered(UMBRELLA, AgreementLevel.UMBRELLA, null, FIRST), 0);
        AgreementState process =
                AgreementState.after(null, new Registered(NO_UMBRELLA, AgreementLevel.PROCESS, null, FIRST), 0);
        Agreements agreements = reference -> {
            if (reference.equals(UMBRELLA)) {
                return Optional.of(new AgreementPermission(umbrella, null));
            }
            return reference.equals(NO_UMBRELLA)
                    ? Optional.of(new AgreementPermission(process, null))
                    : Optional.empty();
        };
        return new Occasion(
                TODAY,
                LocalDate.of(2024, 1, 1),
                code -> code.equals(HOME_OFFICE)
                        ? Optional.of(new OrganisationProfile("Home Office", Category.HOME_OFFICE, null))
                        : Optional.empty(),
                agreements,
                ifMatch);
    }

    private static Terms terms(String number, String from, OrganisationCode party, @Nullable Integer ceiling) {
        return new Terms(
                new VersionNumber(number),
                date(from),
                List.of(new Party(party, PartyRole.PARTY)),
                LawfulBasis.PUBLIC_TASK,
                Gateway.DPA18_S2P4,
                new Route(AccessRoute.DIRECT_TRANSFER, RouteReason.OPERATIONAL_MATCHING),
                Details.of(null),
                List.of(Item.NAME, Item.DATE_OF_BIRTH),
                List.of(Item.ADDRESS, Item.SCHOOL),
                ceiling);
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }

    private ResultValidator<Agreement> when(AgreementCommand command, AgreementEvent... given) {
        return given.length == 0
                ? agreement.givenNoPriorActivity().when(command)
                : agreement.given((Object[]) given).when(command);
    }

    private static RegisterAgreement register(@Nullable AgreementReference umbrella, Terms terms) {
        return new RegisterAgreement(REFERENCE, AgreementLevel.PROCESS, umbrella, terms, occasion(null));
    }

    private static AmendAgreement amend(Terms terms) {
        return new AmendAgreement(REFERENCE, terms, occasion(null));
    }

    private static SuspendAgreement suspend(String on) {
        return new SuspendAgreement(REFERENCE, new Suspension(date(on), null, null), occasion(null));
    }

    private static ResumeAgreement resume(String on) {
        return new ResumeAgreement(REFERENCE, new Resumption(date(on), null), occasion(null));
    }

    private static EndAgreement end(String on) {
        return new EndAgreement(
                REFERENCE, new Ending(date(on), List.of(EndEvidence.NO_DATA_SHARED), null), occasion(null));
    }

    private static ListAgreement list(String on) {
        return new ListAgreement(REFERENCE, new Notice(date(on), new SourceReference("shares")), occasion(null));
    }

    @Test
    void isRegisteredAmendedSuspendedResumedEndedListedAndUnlisted() {
        when(register(UMBRELLA, FIRST))
                .expectEvents(new Registered(REFERENCE, AgreementLevel.PROCESS, UMBRELLA, FIRST));
        when(amend(SECOND), REGISTERED).expectEvents(new Amended(REFERENCE, SECOND));
        when(new SuspendAgreement(REFERENCE, SUSPENSION, occasion(Set.of(0L))), REGISTERED)
                .expectEvents(new Suspended(REFERENCE, SUSPENSION));
        when(
                        new ResumeAgreement(REFERENCE, RESUMPTION, occasion(null)),
                        REGISTERED,
                        new Suspended(REFERENCE, SUSPENSION))
                .expectEvents(new Resumed(REFERENCE, RESUMPTION));
        when(new EndAgreement(REFERENCE, ENDING, occasion(null)), REGISTERED)
                .expectEvents(new Ended(REFERENCE, ENDING));
        when(new ListAgreement(REFERENCE, NOTICE, occasion(null)), REGISTERED, new Ended(REFERENCE, ENDING))
                .expectEvents(new Listed(REFERENCE, NOTICE));
        when(new UnlistAgreement(REFERENCE, NOTICE, occasion(null)), REGISTERED, new Listed(REFERENCE, NOTICE))
                .expectEvents(new Unlisted(REFERENCE, NOTICE));
    }

    @Test
    void toldAgainItIsNoEvent() {
        AgreementEvent[] all = {
            REGISTERED,
            new Amended(REFERENCE, SECOND),
            new Suspended(REFERENCE, SUSPENSION),
            new Resumed(REFERENCE, RESUMPTION),
            new Listed(REFERENCE, NOTICE),
            new Unlisted(REFERENCE, NOTICE),
            new Ended(REFERENCE, ENDING)
        };
        Occasion stale = occasion(Set.of(0L));
        for (AgreementCommand command : List.of(
                new RegisterAgreement(REFERENCE, AgreementLevel.PROCESS, null, FIRST, stale),
                new AmendAgreement(REFERENCE, SECOND, stale),
                new SuspendAgreement(REFERENCE, SUSPENSION, stale),
                new ResumeAgreement(REFERENCE, RESUMPTION, stale),
                new ListAgreement(REFERENCE, NOTICE, stale),
                new UnlistAgreement(REFERENCE, NOTICE, stale),
                new EndAgreement(REFERENCE, ENDING, stale))) {
            when(command, all).expectNoEvents().expectSuccessfulHandlerExecution();
        }
    }

    @Test
    void toldDifferentlyOrOutOfTurnItConflicts() {
        AgreementEvent suspended = new Suspended(REFERENCE, SUSPENSION);
        AgreementEvent ended = new Ended(REFERENCE, ENDING);

        assertConflict(when(register(null, SECOND), REGISTERED), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(amend(terms("1.0", "2017-01", HOME_OFFICE, 1)), REGISTERED), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(suspend("2018-05"), REGISTERED, suspended), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(resume("2018-05"), REGISTERED), Reason.NOT_SUSPENDED);
        assertConflict(when(end("2023-04"), REGISTERED, ended), Reason.TOLD_DIFFERENTLY);
        assertConflict(when(amend(SECOND), REGISTERED, ended), Reason.ENDED);
        assertConflict(when(suspend("2022-01"), REGISTERED, ended), Reason.ENDED);
        assertConflict(when(resume("2022-01"), REGISTERED, suspended, ended), Reason.ENDED);
        assertConflict(when(new UnlistAgreement(REFERENCE, NOTICE, occasion(null)), REGISTERED), Reason.NOT_LISTED);
    }

    @Test
    void anotherVersionThanTheCallerKnowsIsStale() {
        Occasion stale = occasion(Set.of(1L));
        for (AgreementCommand command : List.of(
                new AmendAgreement(REFERENCE, SECOND, stale),
                new SuspendAgreement(REFERENCE, SUSPENSION, stale),
                new ResumeAgreement(REFERENCE, RESUMPTION, stale),
                new EndAgreement(REFERENCE, ENDING, stale),
                new ListAgreement(REFERENCE, NOTICE, stale),
                new UnlistAgreement(REFERENCE, NOTICE, stale))) {
            when(command, REGISTERED).expectNoEvents().expectException(Refused.StaleVersion.class);
        }
    }

    @Test
    void whatItNamesMustExist() {
        assertBroken(when(register(NO_UMBRELLA, FIRST)), Rule.UNKNOWN_CODE, "/umbrella");
        assertBroken(when(register(REFERENCE, FIRST)), Rule.UNKNOWN_CODE, "/umbrella");
        assertBroken(
                when(new RegisterAgreement(REFERENCE, AgreementLevel.UMBRELLA, UMBRELLA, FIRST, occasion(null))),
                Rule.UNKNOWN_CODE,
                "/umbrella");
        assertBroken(when(register(null, terms("1.0", "2015-07", NOBODY, 1))), Rule.UNKNOWN_CODE, "/version/parties");
        assertBroken(when(amend(terms("2.0", "2017-01", NOBODY, 1)), REGISTERED), Rule.UNKNOWN_CODE, "/parties");
    }

    @Test
    void itsDatesAreInOrder() {
        AgreementEvent suspended = new Suspended(REFERENCE, SUSPENSION);

        assertBroken(
                when(amend(terms("2.0", "2015-07-01", HOME_OFFICE, 1)), REGISTERED), Rule.DATES_OUT_OF_ORDER, "/from");
        assertBroken(when(suspend("2015-06-30"), REGISTERED), Rule.DATES_OUT_OF_ORDER, "/on");
        assertBroken(when(resume("2018-04-16"), REGISTERED, suspended), Rule.DATES_OUT_OF_ORDER, "/on");
        assertBroken(when(end("2018-04-16"), REGISTERED, suspended), Rule.DATES_OUT_OF_ORDER, "/on");
        assertBroken(when(list("2023-08"), REGISTERED, new Listed(REFERENCE, NOTICE)), Rule.DATES_OUT_OF_ORDER, "/on");
        when(amend(terms("2.0", "2015-07", HOME_OFFICE, 1)), REGISTERED).expectSuccessfulHandlerExecution();
        when(suspend("2015-07-01"), REGISTERED).expectSuccessfulHandlerExecution();
        when(resume("2018-04"), REGISTERED, suspended).expectSuccessfulHandlerExecution();
    }

    @Test
    void onlyAVersionMayLieInTheFuture() {
        Terms next = terms("3.0", "2030-01", HOME_OFFICE, 1);

        when(amend(next), REGISTERED).expectEvents(new Amended(REFERENCE, next));
        assertBroken(when(suspend("2024-06-29"), REGISTERED), Rule.DATE_IN_FUTURE, "/on");
        assertBroken(
                when(resume("2024-07"), REGISTERED, new Suspended(REFERENCE, SUSPENSION)), Rule.DATE_IN_FUTURE, "/on");
        assertBroken(when(end("2024-06-29"), REGISTERED), Rule.DATE_IN_FUTURE, "/on");
        assertBroken(when(list("2024-06-29"), REGISTERED), Rule.DATE_IN_FUTURE, "/on");
        when(end("2024-06-28"), REGISTERED, new Amended(REFERENCE, next)).expectSuccessfulHandlerExecution();
    }

    @Test
    void whatLooksLikeAnIdentityIsRefused() {
        SourceReference secret = new SourceReference("QQ123456C");

        for (AgreementCommand command : List.of(
                new SuspendAgreement(REFERENCE, new Suspension(date("2018-04"), null, secret), occasion(null)),
                new EndAgreement(
                        REFERENCE,
                        new Ending(date("2018-04"), List.of(EndEvidence.NOT_STATED), secret),
                        occasion(null)),
                new ListAgreement(REFERENCE, new Notice(date("2018-04"), secret), occasion(null)))) {
            when(command, REGISTERED).expectNoEvents().expectException(Refused.PersonalData.class);
        }
        when(
                        new ResumeAgreement(REFERENCE, new Resumption(date("2019-01"), secret), occasion(null)),
                        REGISTERED,
                        new Suspended(REFERENCE, SUSPENSION))
                .expectNoEvents()
                .expectException(Refused.PersonalData.class);
    }

    @Test
    void aMonthTakesEffectOnTheFirstOfItsDaysOnWhichItCan() {
        AgreementState state = state(
                REGISTERED,
                new Amended(REFERENCE, terms("1.1", "2015-07", HOME_OFFICE, null)),
                new Suspended(REFERENCE, SUSPENSION),
                new Resumed(REFERENCE, new Resumption(date("2018-04"), null)),
                new Ended(REFERENCE, new Ending(date("2018-04"), List.of(EndEvidence.NOT_STATED), null)));

        assertThat(state.versions().stream().map(AgreementState.Version::effect))
                .containsExactly(LocalDate.of(2015, 7, 1), LocalDate.of(2015, 7, 2));
        assertThat(state.pauses().getFirst().until()).isEqualTo(LocalDate.of(2018, 4, 17));
        assertThat(state.standing(LocalDate.of(2018, 4, 16), null)).isEqualTo(Standing.IN_FORCE);
        assertThat(state.standing(LocalDate.of(2018, 4, 17), null)).isEqualTo(Standing.ENDED);
        assertThat(state.reason(LocalDate.of(2018, 4, 17), null)).isEqualTo("Ended on 2018-04.");
    }

    @Test
    void theCeilingOfAMonthIsTheLargestOfItsVersionsInForce() {
        AgreementState state = state(
                REGISTERED,
                new Amended(REFERENCE, terms("2.0", "2016-10-15", HOME_OFFICE, 2_000)),
                new Amended(REFERENCE, terms("3.0", "2016-12-15", HOME_OFFICE, null)),
                new Suspended(REFERENCE, SUSPENSION));
        AgreementPermission permission = new AgreementPermission(state, null);

        assertThat(permission.ceiling(YearMonth.of(2015, 6))).isEmpty();
        assertThat(permission.ceiling(YearMonth.of(2016, 9))).isEqualTo(OptionalInt.of(1_500));
        assertThat(permission.ceiling(YearMonth.of(2016, 10))).isEqualTo(OptionalInt.of(2_000));
        assertThat(permission.ceiling(YearMonth.of(2016, 12))).isEmpty();
        assertThat(permission.ceiling(YearMonth.of(2018, 5))).isEmpty();
    }

    @Test
    void listedIsWhatTheNewestListOfADayShows() {
        AgreementState state = state(
                REGISTERED,
                new Listed(REFERENCE, NOTICE),
                new Unlisted(REFERENCE, new Notice(date("2023-12-07"), new SourceReference("shares-2023-12"))));

        assertThat(state.listedOn(LocalDate.of(2023, 8, 31))).isEmpty();
        assertThat(state.listedOn(LocalDate.of(2023, 12, 6)).map(shown -> shown.notice()))
                .contains(NOTICE);
        assertThat(state.listedOn(LocalDate.of(2023, 12, 7))).isEmpty();
    }

    @Test
    void termsAndEndsThatSayTooLittleOrContradictThemselvesCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(AccessRoute.DIRECT_TRANSFER, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ending(date("2018-04"), List.of(), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Ending(date("2018-04"), List.of(EndEvidence.NOT_STATED, EndEvidence.NO_DATA_SHARED), null));
        assertThatIllegalArgumentException().isThrownBy(() -> terms("1.0", "2018-04", HOME_OFFICE, 0));
        for (String number : List.of("", "1.", "1.0.0.0", "1000", "v1")) {
            assertThat(VersionNumber.parse(number)).as(number).isEmpty();
        }
    }

    private static AgreementState state(AgreementEvent... events) {
        AgreementState state = AgreementState.after(null, events[0], 0);
        for (AgreementEvent event : Arrays.asList(events).subList(1, events.length)) {
            state = AgreementState.after(state, event, 1);
        }
        return state;
    }

    private static void assertConflict(ResultValidator<Agreement> result, Reason reason) {
        result.expectNoEvents().expectException(new BaseMatcher<Throwable>() {
            @Override
            public boolean matches(Object refusal) {
                return refusal instanceof Refused.Conflict conflict && conflict.reason() == reason;
            }

            @Override
            public void describeTo(Description text) {
                text.appendText("conflict " + reason);
            }
        });
    }

    private static void assertBroken(ResultValidator<Agreement> result, Rule rule, String pointer) {
        result.expectNoEvents().expectException(new BaseMatcher<Throwable>() {
            @Override
            public boolean matches(Object refusal) {
                return refusal instanceof Refused.RuleBroken broken
                        && broken.violations().equals(List.of(new Violation(rule, pointer)));
            }

            @Override
            public void describeTo(Description text) {
                text.appendText(rule + " at " + pointer);
            }
        });
    }
}
