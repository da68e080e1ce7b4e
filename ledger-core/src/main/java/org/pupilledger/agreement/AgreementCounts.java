package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;

/**
 * How many agreements are in force on a day, by organisation. What is counted is a data share: agreements under one
 * reference are one. A share of several organisations counts for each of them, so the numbers of organisations are never
 * added up; {@code distinct} counts each share once.
 */
public record AgreementCounts(LocalDate on, int distinct, List<OfOrganisation> organisations) {
    /**
     * @param own        shares in force to which it is itself a party or a recipient
     * @param withBelow  those, and those of organisations below it; each once
     * @param shared     how many of these are between more than one organisation
     * @param startNotStated how many of these state neither start nor signature, so that no source says since when they are in
     *                       force
     * @param newest     of those that count, the one that was signed last; null where no signature is stated
     * @param agreements all in which it or one below it is in whatever role, those that do not count too
     */
    public record OfOrganisation(
            OrganisationCode organisation,
            OrganisationProfile profile,
            int own,
            int withBelow,
            int shared,
            int startNotStated,
            @Nullable AgreementReference newest,
            List<Counted> agreements) {
        public OfOrganisation {
            agreements = List.copyOf(agreements);
        }
    }

    /**
     * Why an agreement counts for an organisation, or does not.
     *
     * @param roles     of the organisation, or of the one through which it counts
     * @param via       the organisation below through which it counts; null where the organisation is in it itself
     * @param isShared  whether it is between more than one organisation
     * @param start     the day or month from which its version is in force, or of its signature; null where neither is stated
     * @param signed    the day or month of the signature of its version, null where that is not stated
     * @param isCounted whether it stands for its share: in force, with a party, and none before it under its reference
     * @param reason    one sentence for a person
     */
    public record Counted(
            AgreementReference reference,
            AgreementLevel level,
            List<PartyRole> roles,
            @Nullable OrganisationCode via,
            boolean isShared,
            @Nullable BusinessDate start,
            @Nullable BusinessDate signed,
            Standing standing,
            boolean isCounted,
            String reason) {
        public Counted {
            roles = List.copyOf(roles);
        }

        private static Counted of(
                AgreementPermission permission,
                LocalDate on,
                OrganisationCode through,
                @Nullable OrganisationCode via) {
            AgreementState agreement = permission.agreement();
            Terms terms = agreement.termsOn(on);
            List<PartyRole> roles = terms.roles(through);
            boolean isParty = terms.hasParty(through);
            Standing standing = permission.standing(on);
            return new Counted(
                    agreement.reference(),
                    agreement.level(),
                    roles,
                    via,
                    terms.isShared(),
                    terms.start(),
                    terms.details().signed(),
                    standing,
                    isParty && standing == Standing.IN_FORCE,
                    isParty ? agreement.reason(on, permission.umbrella()) : notAParty(roles));
        }

        /** {@code Commissioner and funder, not a party.} */
        private static String notAParty(List<PartyRole> roles) {
            String labels = roles.stream().map(PartyRole::label).collect(Collectors.joining(" and "));
            return Character.toUpperCase(labels.charAt(0)) + labels.substring(1) + ", not a party.";
        }

        private Counted in(AgreementReference counting) {
            return isCounted && !counting.equals(reference)
                    ? new Counted(
                            reference,
                            level,
                            roles,
                            via,
                            isShared,
                            start,
                            signed,
                            standing,
                            false,
                            "In force, and counted once for its share, as " + counting + ".")
                    : this;
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
     * @param only     the organisations that are asked for; empty for all that are in an agreement
     */
    public static AgreementCounts on(
            LocalDate on,
            Collection<AgreementState> all,
            Map<OrganisationCode, OrganisationProfile> profiles,
            Set<OrganisationCode> only) {
        Map<AgreementReference, AgreementState> byReference = new TreeMap<>();
        all.forEach(agreement -> byReference.put(agreement.reference(), agreement));
        Map<OrganisationCode, List<Counted>> found = new TreeMap<>();
        only.forEach(organisation -> found.put(organisation, new ArrayList<>()));
        for (AgreementState agreement : byReference.values()) {
            AgreementReference umbrella = agreement.umbrella();
            AgreementPermission permission =
                    new AgreementPermission(agreement, umbrella == null ? null : byReference.get(umbrella));
            reached(agreement.termsOn(on), profiles).forEach((organisation, through) -> {
                if (only.isEmpty() || only.contains(organisation)) {
                    OrganisationCode via = through.equals(organisation) ? null : through;
                    found.computeIfAbsent(organisation, absent -> new ArrayList<>())
                            .add(Counted.of(permission, on, through, via));
                }
            });
        }
        Set<AgreementReference> distinct = new HashSet<>();
        List<OfOrganisation> rows = new ArrayList<>();
        found.forEach((organisation, agreements) -> {
            OrganisationProfile profile = profiles.get(organisation);
            if (profile != null) {
                OfOrganisation row = row(organisation, profile, onceEach(agreements));
                rows.add(row);
                row.agreements().stream()
                        .filter(Counted::isCounted)
                        .forEach(one -> distinct.add(one.reference().share()));
            }
        });
        return new AgreementCounts(on, distinct.size(), rows);
    }

    /** One of each share counts: the first by reference, of those in which the organisation is itself if there are any. */
    private static List<Counted> onceEach(List<Counted> agreements) {
        Map<AgreementReference, AgreementReference> counting = new HashMap<>();
        agreements.stream()
                .filter(Counted::isCounted)
                .sorted(Comparator.comparing(one -> one.via() != null))
                .forEach(one -> counting.putIfAbsent(one.reference().share(), one.reference()));
        return agreements.stream()
                .map(one -> one.in(counting.getOrDefault(one.reference().share(), one.reference())))
                .toList();
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
                (int) inForce.stream().filter(one -> one.start() == null).count(),
                newest(inForce),
                agreements);
    }

    private static @Nullable AgreementReference newest(List<Counted> inForce) {
        Counted newest = null;
        LocalDate last = LocalDate.MIN;
        for (Counted one : inForce) {
            BusinessDate signed = one.signed();
            if (signed != null && signed.latest().isAfter(last)) {
                newest = one;
                last = signed.latest();
            }
        }
        return newest == null ? null : newest.reference();
    }

    /**
     * Whom an agreement is looked at for, and through whom: itself, or the first by code of those below that are in it.
     * Who is a party goes before who only commissions or funds.
     */
    private static Map<OrganisationCode, OrganisationCode> reached(
            Terms terms, Map<OrganisationCode, OrganisationProfile> profiles) {
        Map<OrganisationCode, OrganisationCode> reached = new TreeMap<>();
        for (boolean isParty : List.of(true, false)) {
            Set<OrganisationCode> inIt = terms.parties().stream()
                    .map(Party::organisation)
                    .filter(organisation -> terms.hasParty(organisation) == isParty)
                    .collect(Collectors.toCollection(TreeSet::new));
            inIt.forEach(organisation -> reached.putIfAbsent(organisation, organisation));
            for (OrganisationCode organisation : inIt) {
                Organisations.chain(
                                organisation,
                                code -> Optional.ofNullable(profiles.get(code)).map(OrganisationProfile::parent))
                        .forEach(above -> reached.putIfAbsent(above, organisation));
            }
        }
        return reached;
    }
}
