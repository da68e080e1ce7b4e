package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.request.AgreementReference;

/**
 * How many agreements are in force on a day, by organisation. An agreement of several organisations counts for each of
 * them, so the numbers of organisations are never added up; {@code distinct} counts each agreement once.
 */
public record AgreementCounts(LocalDate on, int distinct, List<OfOrganisation> organisations) {
    /**
     * @param own        agreements in force in which it is itself, in whatever role
     * @param withBelow  those, and those of organisations below it; each once
     * @param shared     how many of these are between more than one organisation
     * @param agreements all in which it or one below it is, those that do not count too
     */
    public record OfOrganisation(
            OrganisationCode organisation,
            OrganisationProfile profile,
            int own,
            int withBelow,
            int shared,
            List<Counted> agreements) {
        public OfOrganisation {
            agreements = List.copyOf(agreements);
        }
    }

    /**
     * Why an agreement counts for an organisation, or does not.
     *
     * @param roles    of the organisation, or of the one through which it counts
     * @param via      the organisation below through which it counts; null where the organisation is in it itself
     * @param isShared whether it is between more than one organisation
     * @param reason   one sentence for a person
     */
    public record Counted(
            AgreementReference reference,
            AgreementLevel level,
            List<PartyRole> roles,
            @Nullable OrganisationCode via,
            boolean isShared,
            Standing standing,
            String reason) {
        public Counted {
            roles = List.copyOf(roles);
        }

        public boolean isCounted() {
            return standing == Standing.IN_FORCE;
        }
    }

    public AgreementCounts {
        organisations = List.copyOf(organisations);
    }

    /**
     * Counts agreements. Who is in one is said by its version of that day, or by its first where that day is before it.
     *
     * @param all      every agreement, umbrellas included
     * @param profiles every organisation
     * @param only     the organisation that is asked for; null for all that are in an agreement
     */
    public static AgreementCounts on(
            LocalDate on,
            Collection<AgreementState> all,
            Map<OrganisationCode, OrganisationProfile> profiles,
            @Nullable OrganisationCode only) {
        Map<AgreementReference, AgreementState> byReference = new TreeMap<>();
        all.forEach(agreement -> byReference.put(agreement.reference(), agreement));
        Map<OrganisationCode, List<Counted>> counted = new TreeMap<>();
        if (only != null) {
            counted.put(only, new ArrayList<>());
        }
        for (AgreementState agreement : byReference.values()) {
            Terms terms = agreement.termsOn(on);
            AgreementState umbrella = agreement.umbrella() == null ? null : byReference.get(agreement.umbrella());
            reached(terms, profiles).forEach((organisation, through) -> {
                if (only == null || only.equals(organisation)) {
                    counted.computeIfAbsent(organisation, absent -> new ArrayList<>())
                            .add(new Counted(
                                    agreement.reference(),
                                    agreement.level(),
                                    terms.roles(through),
                                    through.equals(organisation) ? null : through,
                                    terms.isShared(),
                                    agreement.standing(on, umbrella),
                                    agreement.reason(on, umbrella)));
                }
            });
        }
        Set<AgreementReference> distinct = new HashSet<>();
        List<OfOrganisation> rows = new ArrayList<>();
        counted.forEach((organisation, agreements) -> {
            OrganisationProfile profile = profiles.get(organisation);
            if (profile != null) {
                rows.add(row(organisation, profile, agreements));
                agreements.stream().filter(Counted::isCounted).forEach(one -> distinct.add(one.reference()));
            }
        });
        return new AgreementCounts(on, distinct.size(), rows);
    }

    private static OfOrganisation row(
            OrganisationCode organisation, OrganisationProfile profile, List<Counted> agreements) {
        List<Counted> inForce = agreements.stream().filter(Counted::isCounted).toList();
        return new OfOrganisation(
                organisation,
                profile,
                (int) inForce.stream().filter(one -> one.via() == null).count(),
                inForce.size(),
                (int) inForce.stream().filter(Counted::isShared).count(),
                agreements);
    }

    /** Whom an agreement counts for, and through whom: itself, or the first by code of those below that are in it. */
    private static Map<OrganisationCode, OrganisationCode> reached(
            Terms terms, Map<OrganisationCode, OrganisationProfile> profiles) {
        Map<OrganisationCode, OrganisationCode> reached = new TreeMap<>();
        Set<OrganisationCode> inIt = new TreeSet<>();
        terms.parties().forEach(party -> inIt.add(party.organisation()));
        inIt.forEach(organisation -> reached.put(organisation, organisation));
        for (OrganisationCode organisation : inIt) {
            Set<OrganisationCode> passed = new HashSet<>(Set.of(organisation));
            OrganisationCode above = parent(organisation, profiles);
            while (above != null && passed.add(above)) {
                reached.putIfAbsent(above, organisation);
                above = parent(above, profiles);
            }
        }
        return reached;
    }

    private static @Nullable OrganisationCode parent(
            OrganisationCode organisation, Map<OrganisationCode, OrganisationProfile> profiles) {
        OrganisationProfile profile = profiles.get(organisation);
        return profile == null ? null : profile.parent();
    }
}
