package org.pupilledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.CustomMatcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.agreement.AgreementCommand.AmendAgreement;
import org.pupilledger.agreement.AgreementCommand.AnnulAgreement;
import org.pupilledger.agreement.AgreementCommand.CorrectAgreement;
import org.pupilledger.agreement.AgreementCommand.EndAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementCommand.SuspendAgreement;
import org.pupilledger.agreement.AgreementEvent.Amended;
import org.pupilledger.agreement.AgreementEvent.Annulled;
import org.pupilledger.agreement.AgreementEvent.Change;
import org.pupilledger.agreement.AgreementEvent.Corrected;
import org.pupilledger.agreement.AgreementEvent.Ended;
import org.pupilledger.agreement.AgreementEvent.Registered;
import org.pupilledger.agreement.AgreementEvent.Resumed;
import org.pupilledger.agreement.AgreementEvent.Suspended;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** What was recorded of an agreement by mistake, and is put right by a second person. */
class AgreementCorrectionTest {
    private static final AgreementReference REFERENCE = new AgreementReference("DS00114");
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final Occasion OCCASION = new Occasion(
            LocalDate.of(2024, 9, 30),
            LocalDate.of(2024, 1, 1),
            code -> Optional.of(new OrganisationProfile("Test", Category.OTHER_GOVERNMENT, null)),
            reference -> Optional.empty(),
            null);
    private static final Terms FIRST = terms("1.0", "2015-07");
    private static final Terms SECOND = terms("2.0", "2018-01");
    private static final Registered REGISTERED = new Registered(REFERENCE, AgreementLevel.PROCESS, null, FIRST);
    private static final Amended AMENDED = new Amended(REFERENCE, SECOND);
    private static final Suspension SUSPENSION = new Suspension(date("2019-01"), null, null);
    private static final Suspended SUSPENDED = new Suspended(REFERENCE, SUSPENSION);
    private static final Resumed RESUMED = new Resumed(REFERENCE, new Resumption(date("2019-06"), null));
    private static final Ending ENDING = new Ending(date("2020-01"), List.of(EndEvidence.NOT_STATED), null);
    private static final Ended ENDED = new Ended(REFERENCE, ENDING);

    private final AggregateTestFixture<Agreement> agreement = new AggregateTestFixture<>(Agreement.class);

    private static Terms terms(String number, @Nullable String from) {
        return new Terms(
                new VersionNumber(number),
                from == null ? null : date(from),
                List.of(new Party(DWP, PartyRole.PARTY)),
                null,
                Gateway.DWP_FUNC,
                new Route(AccessRoute.SECURE_RESEARCH_SERVICE, null),
                Details.of(null),
                List.of(),
                List.of(),
                null);
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }

    private static CorrectAgreement version(String was, Terms now) {
        return correction(AgreementPart.VERSION, was, now, null, null);
    }

    private static CorrectAgreement correction(
            AgreementPart part,
            String was,
            @Nullable Terms terms,
            @Nullable Suspension suspension,
            @Nullable Ending ending) {
        return new CorrectAgreement(
                REFERENCE, part, was, terms, suspension, ending, Cause.TRANSCRIPTION, null, OCCASION);
    }

    private static Corrected corrected(
            @Nullable Change<Terms> terms, @Nullable Change<Suspension> suspension, @Nullable Change<Ending> end) {
        return new Corrected(REFERENCE, terms, suspension, end, Cause.TRANSCRIPTION, null);
    }

    private static Map<String, Object> by(String actor) {
        return Map.of(MatchingRequest.ACTOR, actor);
    }

    private ResultValidator<Agreement> when(AgreementCommand command, AgreementEvent... given) {
        return agreement.given((Object[]) given).when(command, by("somebody else"));
    }

    private static AgreementState state(AgreementEvent... events) {
        AgreementState state = null;
        for (AgreementEvent event : events) {
            state = AgreementState.after(state, event, 0);
        }
        return Objects.requireNonNull(state);
    }

    @Test
    void aVersionASuspensionAndTheEndAreCorrected() {
        Terms earlier = terms("1.0", "2014-07");

        when(version("1.0", earlier), REGISTERED, AMENDED)
                .expectEvents(corrected(new Change<>(FIRST, earlier), null, null));
        when(correction(AgreementPart.SUSPENSION, "2019-01", null, null, null), REGISTERED, SUSPENDED, RESUMED)
                .expectEvents(corrected(null, new Change<>(SUSPENSION, null), null));
        when(correction(AgreementPart.END, "2020-01", null, null, null), REGISTERED, ENDED)
                .expectEvents(corrected(null, null, new Change<>(ENDING, null)));
    }

    @Test
    void aCorrectionIsAsIfTheRightValueHadBeenRecorded() {
        Terms later = terms("2.0", "2018-03");
        Suspension right = new Suspension(date("2018-03"), SuspensionReason.UNDER_REVIEW, null);
        AgreementState all = state(
                REGISTERED,
                AMENDED,
                SUSPENDED,
                RESUMED,
                ENDED,
                corrected(new Change<>(SECOND, later), null, null),
                corrected(null, new Change<>(SUSPENSION, right), null),
                corrected(null, null, new Change<>(ENDING, null)));

        assertThat(all)
                .isEqualTo(state(REGISTERED, new Amended(REFERENCE, later), new Suspended(REFERENCE, right), RESUMED));
        assertThat(state(REGISTERED, SUSPENDED, RESUMED, corrected(null, new Change<>(SUSPENSION, null), null)))
                .isEqualTo(state(REGISTERED));
    }

    @Test
    void whoRecordedItCorrectsAndAnnulsNothing() {
        for (AgreementCommand command : List.of(
                version("1.0", terms("1.0", "2014-07")), new AnnulAgreement(REFERENCE, Cause.OTHER, null, OCCASION))) {
            assertRefused(recordedBy("somebody").when(command, by("somebody")), isBroken(Rule.SAME_OFFICER));
            recordedBy("somebody").when(command, by("somebody else")).expectSuccessfulHandlerExecution();
        }
    }

    private static TestExecutor<Agreement> recordedBy(String actor) {
        return new AggregateTestFixture<>(Agreement.class).given(new GenericEventMessage<>(REGISTERED, by(actor)));
    }

    @Test
    void whatDoesNotStandOrWouldNotChangeOrCannotBeIsRefused() {
        assertRefused(when(version("3.0", FIRST), REGISTERED), isConflict(Reason.STALE_WAS));
        assertRefused(
                when(correction(AgreementPart.END, "2020-01", null, null, null), REGISTERED),
                isConflict(Reason.STALE_WAS));
        assertRefused(
                when(version("1.0", terms("2.0", "2014-07")), REGISTERED, AMENDED),
                isConflict(Reason.TOLD_DIFFERENTLY));
        assertRefused(when(version("1.0", FIRST), REGISTERED), isBroken(Rule.NOTHING_TO_CORRECT));
        assertRefused(
                when(version("1.0", terms("1.0", "2018-02")), REGISTERED, AMENDED), isBroken(Rule.DATES_OUT_OF_ORDER));
        assertRefused(when(version("1.0", terms("1.0", null)), REGISTERED), isBroken(Rule.SOURCE_REQUIRED));
    }

    @Test
    void whatIsAnnulledStandsNoMoreAndMayBeRegisteredAnew() {
        Annulled annulled = new Annulled(REFERENCE, Cause.OTHER, new SourceReference("DSAP-2024-0001"));
        AgreementState state = state(REGISTERED, annulled);

        when(new AnnulAgreement(REFERENCE, Cause.OTHER, annulled.authority(), OCCASION), REGISTERED)
                .expectEvents(annulled);
        when(new AnnulAgreement(REFERENCE, Cause.OTHER, annulled.authority(), OCCASION), REGISTERED, annulled)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
        assertThat(state.standing(LocalDate.of(2020, 1, 1), null)).isEqualTo(Standing.ANNULLED);
        for (AgreementCommand command : List.of(
                version("1.0", SECOND),
                new AmendAgreement(REFERENCE, SECOND, OCCASION),
                new SuspendAgreement(REFERENCE, SUSPENSION, OCCASION),
                new EndAgreement(REFERENCE, ENDING, OCCASION))) {
            assertRefused(when(command, REGISTERED, annulled), isConflict(Reason.ANNULLED));
        }
        when(new RegisterAgreement(REFERENCE, AgreementLevel.UMBRELLA, null, SECOND, OCCASION), REGISTERED, annulled)
                .expectEvents(new Registered(REFERENCE, AgreementLevel.UMBRELLA, null, SECOND));
    }

    @Test
    void onlyWhatHasASourceOrIsADraftLeavesItsStartOpen() {
        RegisterAgreement open =
                new RegisterAgreement(REFERENCE, AgreementLevel.PROCESS, null, terms("1.0", null), OCCASION);

        assertRefused(agreement.givenNoPriorActivity().when(open), isBroken(Rule.SOURCE_REQUIRED));
    }

    private static Predicate<Object> isConflict(Reason reason) {
        return refusal -> refusal instanceof Refused.Conflict conflict && conflict.reason() == reason;
    }

    private static Predicate<Object> isBroken(Rule rule) {
        return refusal -> refusal instanceof Refused.RuleBroken broken
                && broken.violations().getFirst().rule() == rule;
    }

    private static void assertRefused(ResultValidator<Agreement> result, Predicate<Object> refusal) {
        result.expectNoEvents().expectException(new CustomMatcher<Throwable>("as it should be refused") {
            @Override
            public boolean matches(Object thrown) {
                return refusal.test(thrown);
            }
        });
    }
}
