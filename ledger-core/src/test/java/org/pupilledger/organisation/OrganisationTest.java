package org.pupilledger.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.organisation.Organisation.Recorded;
import org.pupilledger.organisation.OrganisationEvent.ChangeProposed;
import org.pupilledger.organisation.OrganisationEvent.Changed;
import org.pupilledger.organisation.OrganisationEvent.Registered;
import org.pupilledger.request.MatchingRequest;

class OrganisationTest {
    private static final OrganisationCode CODE = new OrganisationCode("NCA");
    private static final OrganisationProfile PROFILE =
            new OrganisationProfile("National Crime Agency", Category.POLICE, null);
    private static final OrganisationProfile RENAMED =
            new OrganisationProfile("The National Crime Agency", Category.POLICE, null);
    private static final OrganisationProfile MOVED =
            new OrganisationProfile("National Crime Agency", Category.POLICE, new OrganisationCode("HOME_OFFICE"));
    private static final Map<String, String> ADMIN = Map.of(MatchingRequest.ACTOR, "admin");
    private static final Map<String, String> APPROVER = Map.of(MatchingRequest.ACTOR, "approver");

    private final AggregateTestFixture<Organisation> organisation = new AggregateTestFixture<>(Organisation.class);

    @Test
    void anUnknownOrganisationIsRegistered() {
        organisation
                .givenNoPriorActivity()
                .when(put(PROFILE, null), ADMIN)
                .expectEvents(new Registered(CODE, PROFILE))
                .expectResultMessagePayload(new Recorded(true, 0));
    }

    @Test
    void aKnownOrganisationIsChangedAndTheOldProfileKept() {
        organisation
                .given(new Registered(CODE, PROFILE))
                .when(put(RENAMED, Set.of(0L)), ADMIN)
                .expectEvents(new Changed(CODE, PROFILE, RENAMED))
                .expectResultMessagePayload(new Recorded(false, 1));
    }

    @Test
    void anotherCategoryOrParentNeedsASecondPerson() {
        OrganisationProfile court = new OrganisationProfile("National Crime Agency", Category.COURT, null);
        for (OrganisationProfile next : List.of(MOVED, court)) {
            ChangeProposed proposed = new ChangeProposed(CODE, PROFILE, next);
            of(new Registered(CODE, PROFILE))
                    .when(put(next, Set.of(0L)), ADMIN)
                    .expectEvents(proposed)
                    .expectResultMessagePayload(new Recorded(false, 1, PROFILE));
            of(new Registered(CODE, PROFILE), proposed)
                    .when(put(next, Set.of(0L)), ADMIN)
                    .expectNoEvents()
                    .expectResultMessagePayload(new Recorded(false, 1, PROFILE));
            of(new Registered(CODE, PROFILE), proposed)
                    .when(put(next, Set.of(1L)), APPROVER)
                    .expectEvents(new Changed(CODE, PROFILE, next))
                    .expectResultMessagePayload(new Recorded(false, 2));
        }
    }

    @Test
    void anotherProposalAWithdrawalAndARenamingTakeThePlaceOfAProposal() {
        OrganisationProfile court = new OrganisationProfile("National Crime Agency", Category.COURT, null);
        ChangeProposed proposed = new ChangeProposed(CODE, PROFILE, MOVED);
        ChangeProposed withdrawn = new ChangeProposed(CODE, PROFILE, PROFILE);
        of(new Registered(CODE, PROFILE), proposed)
                .when(put(court, null), APPROVER)
                .expectEvents(new ChangeProposed(CODE, PROFILE, court));
        of(new Registered(CODE, PROFILE), proposed)
                .when(put(PROFILE, null), ADMIN)
                .expectEvents(withdrawn);
        of(new Registered(CODE, PROFILE), proposed, withdrawn)
                .when(put(MOVED, null), APPROVER)
                .expectEvents(proposed);
        of(new Registered(CODE, PROFILE), proposed)
                .when(put(RENAMED, null), ADMIN)
                .expectEvents(new Changed(CODE, PROFILE, RENAMED));
        of(new Registered(CODE, PROFILE), proposed, new Changed(CODE, PROFILE, RENAMED))
                .when(put(MOVED, null), APPROVER)
                .expectEvents(new ChangeProposed(CODE, RENAMED, MOVED));
    }

    /** What was recorded before is the administrator's. */
    private static TestExecutor<Organisation> of(OrganisationEvent... events) {
        return new AggregateTestFixture<>(Organisation.class)
                .given(Stream.of(events)
                        .map(event -> new GenericEventMessage<>(event, ADMIN))
                        .toList());
    }

    @Test
    void theSameProfileAgainIsNoEvent() {
        organisation
                .given(new Registered(CODE, PROFILE), new Changed(CODE, PROFILE, RENAMED))
                .when(put(RENAMED, Set.of(0L)), ADMIN)
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(false, 1));
    }

    @Test
    void aChangeOfAnotherVersionIsStale() {
        organisation
                .given(new Registered(CODE, PROFILE))
                .when(put(RENAMED, Set.of(1L)), ADMIN)
                .expectNoEvents()
                .expectException(StaleOrganisation.class);
    }

    @Test
    void whatDoesNotExistHasNoVersion() {
        organisation
                .givenNoPriorActivity()
                .when(put(PROFILE, Set.of(0L)), ADMIN)
                .expectNoEvents()
                .expectException(StaleOrganisation.class);
    }

    @Test
    void onlyARegisteredOrganisationHasAProfile() {
        organisation
                .given(new Registered(CODE, PROFILE), new Changed(CODE, PROFILE, RENAMED))
                .when(put(RENAMED, null), ADMIN)
                .expectState(known -> assertThat(known.profile()).isEqualTo(RENAMED));
        assertThatIllegalStateException().isThrownBy(() -> new Organisation().profile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MI", "DWP", "HOME_OFFICE", "A1", "A234567890123456789012345678901234567890"})
    void aCodeIsUpperCase(String text) {
        assertThat(OrganisationCode.parse(text)).contains(new OrganisationCode(text));
        assertThat(new OrganisationCode(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "dwp",
                "Dwp",
                "1A",
                "_A",
                "HOME OFFICE",
                "HOME-OFFICE",
                "DWP ",
                "DWP\n",
                "\u00c9A",
                "A2345678901234567890123456789012345678901"
            })
    void anythingElseIsNoCode(String text) {
        assertThat(OrganisationCode.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrganisationCode(text))
                .withMessage("not an organisation code");
    }

    private static PutOrganisation put(OrganisationProfile profile, @Nullable Set<Long> ifMatch) {
        return new PutOrganisation(CODE, profile, ifMatch);
    }
}
