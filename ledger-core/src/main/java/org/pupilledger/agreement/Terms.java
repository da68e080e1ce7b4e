package org.pupilledger.agreement;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;

/**
 * All that one version of an agreement says, and that an amendment may change. Lists are kept in an order of their own,
 * so that terms told again are equal in whatever order they were told.
 *
 * @param from           when it takes effect; may lie in the future; null where that is not stated
 * @param parties        1 to {@value #MAX_PARTIES}, each once, at least one of them in the role {@code PARTY}
 * @param lawfulBasis    null where it does not say
 * @param gateway        null where it does not say
 * @param details        what else the register says of it
 * @param itemsIn        items that may be submitted
 * @param itemsOut       items that may be returned
 * @param monthlyCeiling people that may be submitted in a month, 1 or more; null for any number
 */
public record Terms(
        VersionNumber number,
        @Nullable BusinessDate from,
        List<Party> parties,
        @Nullable LawfulBasis lawfulBasis,
        @Nullable Gateway gateway,
        Route route,
        Details details,
        List<Item> itemsIn,
        List<Item> itemsOut,
        @Nullable Integer monthlyCeiling) {
    public static final int MAX_PARTIES = 50;

    public Terms {
        parties = parties.stream().sorted().toList();
        itemsIn = itemsIn.stream().sorted().toList();
        itemsOut = itemsOut.stream().sorted().toList();
        if (parties.size() > MAX_PARTIES || isRepeated(parties) || isRepeated(itemsIn) || isRepeated(itemsOut)) {
            throw new IllegalArgumentException("too many, or repeated");
        }
        if (parties.stream().noneMatch(party -> party.role() == PartyRole.PARTY)) {
            throw new IllegalArgumentException("an agreement without a party");
        }
        if (monthlyCeiling != null && (monthlyCeiling < 1 || monthlyCeiling > Individuals.MAX)) {
            throw new IllegalArgumentException("a number of people out of range");
        }
    }

    /** Whether it takes effect, and when if that is known: of one that is signed, not before its start is. */
    boolean isEffective() {
        return switch (details.status()) {
            case DRAFTED -> false;
            case SIGNED -> from != null;
            case IN_FORCE, ENDED -> true;
        };
    }

    /** From when it may be in force: its start, or its signature where only that is stated. */
    @Nullable
    BusinessDate start() {
        return from == null ? details.signed() : from;
    }

    /** Every day that is stated, which may stand in the words too. */
    List<LocalDate> days() {
        Licence licence = details.licence();
        Approval approval = details.approval();
        return Stream.of(
                        from,
                        details.signed(),
                        details.expiry(),
                        details.review(),
                        licence == null ? null : licence.end(),
                        approval == null ? null : approval.on())
                .flatMap(Stream::ofNullable)
                .filter(date -> date.day() != null)
                .map(BusinessDate::earliest)
                .toList();
    }

    private static boolean isRepeated(List<?> elements) {
        return new HashSet<>(elements).size() < elements.size();
    }

    /** Whether an organisation is in it, in whatever role. */
    public boolean names(OrganisationCode organisation) {
        return parties.stream().anyMatch(party -> party.organisation().equals(organisation));
    }

    /** The roles of an organisation; none where it is not in it. */
    public List<PartyRole> roles(OrganisationCode organisation) {
        return parties.stream()
                .filter(party -> party.organisation().equals(organisation))
                .map(Party::role)
                .toList();
    }

    /** Whether an organisation is a party or a recipient. */
    public boolean hasParty(OrganisationCode organisation) {
        return roles(organisation).stream().anyMatch(PartyRole::isParty);
    }

    /** Whether more than one organisation is a party or a recipient. */
    public boolean isShared() {
        return parties.stream()
                        .filter(party -> party.role().isParty())
                        .map(Party::organisation)
                        .distinct()
                        .count()
                > 1;
    }
}
