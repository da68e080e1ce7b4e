package org.pupilledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupilledger.agreement.AgreementCounts.Counted;
import org.pupilledger.agreement.AgreementCounts.OfOrganisation;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * Active agreements on 30 September 2024, as the department counted them. References that nobody published stand in for
 * those that are not known.
 */
class AgreementCountsTest {
    private static final LocalDate DAY = LocalDate.of(2024, 9, 30);
    private static final OrganisationCode HOME_OFFICE = new OrganisationCode("HOME_OFFICE");
    private static final OrganisationCode DWP = new OrganisationCode("DWP");
    private static final OrganisationCode MOJ = new OrganisationCode("MOJ");
    private static final OrganisationCode HMRC = new OrganisationCode("HMRC");
    private static final OrganisationCode CABINET_OFFICE = new OrganisationCode("CABINET_OFFICE");
    private static final OrganisationCode CABINET_BODY = new OrganisationCode("CABINET_BODY");
    private static final OrganisationCode WELSH = new OrganisationCode("WELSH_GOVERNMENT");
    private static final OrganisationCode POLICE = new OrganisationCode("POLICE");
    private static final Map<OrganisationCode, OrganisationProfile> PROFILES = Map.of(
            HOME_OFFICE, profile(Category.HOME_OFFICE, null),
            DWP, profile(Category.OTHER_GOVERNMENT, null),
            MOJ, profile(Category.OTHER_GOVERNMENT, null),
            HMRC, profile(Category.OTHER_GOVERNMENT, null),
            CABINET_OFFICE, profile(Category.OTHER_GOVERNMENT, null),
            CABINET_BODY, profile(Category.OTHER_GOVERNMENT, CABINET_OFFICE),
            WELSH, profile(Category.OTHER_GOVERNMENT, null),
            POLICE, profile(Category.POLICE, null));

    private final List<AgreementState> agreements = new ArrayList<>();

    private static OrganisationProfile profile(Category category, @Nullable OrganisationCode parent) {
        return new OrganisationProfile("Test", category, parent);
    }

    /** A historic one of which nothing but its parties and what its register says is known. */
    private static Terms terms(Details details, Party... parties) {
        return new Terms(
                new VersionNumber("1.0"),
                null,
                List.of(parties),
                null,
                null,
                new Route(AccessRoute.SECURE_RESEARCH_SERVICE, null),
                details,
                List.of(),
                List.of(),
                null);
    }

    private static Details details(
            VersionStatus status, @Nullable String signed, @Nullable String expiry, @Nullable Licence licence) {
        return new Details(
                null,
                status,
                signed == null ? null : date(signed),
                expiry == null ? null : date(expiry),
                null,
                null,
                null,
                licence,
                null,
                new SourceReference("external-data-shares-2024-09"));
    }

    private static Details known() {
        return details(VersionStatus.IN_FORCE, null, null, null);
    }

    private static BusinessDate date(String text) {
        return BusinessDate.parse(text).orElseThrow();
    }

    private static Party party(OrganisationCode organisation) {
        return new Party(organisation, PartyRole.PARTY);
    }

    private void add(
            String reference, AgreementLevel level, @Nullable String umbrella, Terms terms, AgreementEvent... more) {
        AgreementReference of = new AgreementReference(reference);
        AgreementState state = AgreementState.after(
                null,
                new AgreementEvent.Registered(
                        of, level, umbrella == null ? null : new AgreementReference(umbrella), terms),
                0);
        for (AgreementEvent event : more) {
            state = AgreementState.after(state, event, 1);
        }
        agreements.add(state);
    }

    private void add(String reference, Terms terms, AgreementEvent... more) {
        add(reference, AgreementLevel.PROCESS, null, terms, more);
    }

    private static AgreementEvent ended(String reference, String on) {
        return new AgreementEvent.Ended(
                new AgreementReference(reference), new Ending(date(on), List.of(EndEvidence.NOT_STATED), null));
    }

    private OfOrganisation of(OrganisationCode organisation) {
        return counts(organisation).organisations().getFirst();
    }

    private AgreementCounts counts(OrganisationCode... organisations) {
        return AgreementCounts.on(DAY, agreements, PROFILES, Set.copyOf(Arrays.asList(organisations)));
    }

    private Counted of(OrganisationCode organisation, String reference) {
        return of(organisation).agreements().stream()
                .filter(one -> one.reference().value().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private void seed() {
        add("DS00689", AgreementLevel.UMBRELLA, null, terms(known(), party(HOME_OFFICE)));
        add("DS00689.P1", AgreementLevel.PROCESS, "DS00689", terms(known(), party(HOME_OFFICE)));
        add("DS90001", terms(known(), party(HOME_OFFICE)));
        add(
                "DS00763",
                terms(known(), party(MOJ), new Party(HOME_OFFICE, PartyRole.COMMISSIONER)),
                ended("DS00763", "2023-01"));
        add("DS00114", terms(known(), party(DWP), party(WELSH)));
        add("DS90002", terms(known(), party(DWP)));
        add("DS90003", terms(known(), party(DWP), new Party(HMRC, PartyRole.FUNDER)));
        add("R0039", terms(known(), party(DWP)), ended("R0039", "2019-03-31"));
        add("R0040", terms(details(VersionStatus.ENDED, null, null, null), party(DWP)));
        add("DS00268", terms(known(), party(MOJ)));
        for (String reference : List.of("DS90004", "DS90005", "DS90006")) {
            add(reference, terms(details(VersionStatus.IN_FORCE, "2022-11", null, null), party(HMRC)));
        }
        add("DS00638", terms(details(VersionStatus.IN_FORCE, "2023-05", null, null), party(HMRC)));
        add("DS00923", terms(known(), party(CABINET_BODY)));
        add("DS90007", terms(known(), party(WELSH)));
        add("DS90008", terms(known(), party(WELSH)));
    }

    @Test
    void eachOrganisationHasAsManyAsTheDepartmentCounted() {
        seed();

        assertThat(counts().organisations().stream().map(row -> row.organisation() + " " + row.withBelow()))
                .containsExactly(
                        "CABINET_BODY 1",
                        "CABINET_OFFICE 1",
                        "DWP 3",
                        "HMRC 4",
                        "HOME_OFFICE 2",
                        "MOJ 1",
                        "WELSH_GOVERNMENT 3");
        assertThat(of(POLICE).withBelow()).isZero();
        assertThat(of(CABINET_OFFICE).own()).isZero();
        assertThat(of(DWP).shared()).isEqualTo(1);
        assertThat(of(HMRC).newest()).isEqualTo(new AgreementReference("DS00638"));
        assertThat(of(MOJ).newest()).isNull();
        assertThat(of(MOJ).startNotStated()).as("nobody says since when").isEqualTo(1);
        assertThat(of(HMRC).startNotStated())
                .as("all were signed on a day that is told")
                .isZero();
        assertThat(counts().distinct()).isEqualTo(13);
        assertThat(counts(DWP, WELSH).distinct()).isEqualTo(5);
    }

    @Test
    void whatDoesNotCountSaysWhy() {
        seed();

        assertThat(of(HOME_OFFICE, "DS00763").reason()).isEqualTo("Commissioner, not a party.");
        assertThat(of(HMRC, "DS90003").reason()).isEqualTo("Funder, not a party.");
        assertThat(of(HOME_OFFICE, "DS00689.P1").reason())
                .isEqualTo("In force, and counted once for its share, as DS00689.");
        assertThat(of(DWP, "R0039").reason()).isEqualTo("Ended on 2019-03-31.");
        assertThat(of(DWP, "R0040").reason()).isEqualTo("Ended on a day that is not stated.");
        assertThat(of(DWP, "DS00114").reason()).isEqualTo("In force, version 1.0, start not stated.");
    }

    @Test
    void anUmbrellaWithoutAnActiveProcessIsOne() {
        add("DS00689", AgreementLevel.UMBRELLA, null, terms(known(), party(HOME_OFFICE)));
        add(
                "DS00689.P1",
                AgreementLevel.PROCESS,
                "DS00689",
                terms(known(), party(HOME_OFFICE)),
                ended("DS00689.P1", "2020-01"));

        assertThat(of(HOME_OFFICE).own()).isEqualTo(1);
        assertThat(of(HOME_OFFICE, "DS00689").isCounted()).isTrue();
    }

    @Test
    void whoOnlyCommissionedHasNone() {
        add("DS00763", terms(known(), party(MOJ), new Party(HOME_OFFICE, PartyRole.COMMISSIONER)));

        assertThat(of(HOME_OFFICE).withBelow()).isZero();
        assertThat(of(HOME_OFFICE, "DS00763").isCounted()).isFalse();
        assertThat(of(MOJ, "DS00763").isShared()).isFalse();
    }

    @Test
    void aDraftASignatureAndAnExpiryAreNotInForce() {
        add("DS1", terms(details(VersionStatus.DRAFTED, null, null, null), party(MOJ)));
        add("DS2", terms(details(VersionStatus.SIGNED, "2024-09-02", null, null), party(MOJ)));
        add("DS3", terms(details(VersionStatus.IN_FORCE, "2020-01", "2024-09-29", null), party(MOJ)));
        add("DS4", terms(details(VersionStatus.IN_FORCE, null, "2024-09", null), party(MOJ)));
        Licence over = new Licence(date("2024-08"), new PublicText("Not renewed"));
        add("DS5", terms(details(VersionStatus.IN_FORCE, null, null, over), party(MOJ)));

        assertThat(of(MOJ).agreements().stream().map(Counted::reason))
                .containsExactly(
                        "Drafted, not signed.",
                        "Signed on 2024-09-02, not in force yet, start not stated.",
                        "Expired after 2024-09-29.",
                        "In force, version 1.0, start not stated.",
                        "Its licence ended with 2024-08.");
        assertThat(of(MOJ).own()).isEqualTo(1);
    }
}
