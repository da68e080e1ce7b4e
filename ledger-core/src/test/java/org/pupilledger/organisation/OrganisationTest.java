package org.pupilledger.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.organisation.Organisation.Recorded;
import org.pupilledger.organisation.OrganisationEvent.Changed;
import org.pupilledger.organisation.OrganisationEvent.Registered;

class OrganisationTest {
    private static final OrganisationCode CODE = new OrganisationCode("NCA");
    private static final OrganisationProfile PROFILE =
            new OrganisationProfile("National Crime Agency", Category.POLICE, null);
    private static final OrganisationProfile RENAMED =
            new OrganisationProfile("National Crime Agency", Category.POLICE, new OrganisationCode("HOME_OFFICE"));

    private final AggregateTestFixture<Organisation> organisation = new AggregateTestFixture<>(Organisation.class);

    @Test
    void anUnknownOrganisationIsRegistered() {
        organisation
                .givenNoPriorActivity()
                .when(put(PROFILE, null))
                .expectEvents(new Registered(CODE, PROFILE))
                .expectResultMessagePayload(new Recorded(true, 0));
    }

    @Test
    void aKnownOrganisationIsChangedAndTheOldProfileKept() {
        organisation
                .given(new Registered(CODE, PROFILE))
                .when(put(RENAMED, Set.of(0L)))
                .expectEvents(new Changed(CODE, PROFILE, RENAMED))
                .expectResultMessagePayload(new Recorded(false, 1));
    }

    @Test
    void theSameProfileAgainIsNoEvent() {
        organisation
                .given(new Registered(CODE, PROFILE), new Changed(CODE, PROFILE, RENAMED))
                .when(put(RENAMED, Set.of(0L)))
                .expectNoEvents()
                .expectResultMessagePayload(new Recorded(false, 1));
    }

    @Test
    void aChangeOfAnotherVersionIsStale() {
        organisation
                .given(new Registered(CODE, PROFILE))
                .when(put(RENAMED, Set.of(1L)))
                .expectNoEvents()
                .expectException(StaleOrganisation.class);
    }

    @Test
    void whatDoesNotExistHasNoVersion() {
        organisation
                .givenNoPriorActivity()
                .when(put(PROFILE, Set.of(0L)))
                .expectNoEvents()
                .expectException(StaleOrganisation.class);
    }

    @Test
    void onlyARegisteredOrganisationHasAProfile() {
        organisation
                .given(new Registered(CODE, PROFILE), new Changed(CODE, PROFILE, RENAMED))
                .when(put(RENAMED, null))
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
