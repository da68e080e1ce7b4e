package org.pupilledger.agreement;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementState.Version;
import org.pupilledger.codes.Item;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Agreements;
import org.pupilledger.values.BusinessDate;

/**
 * What an agreement allows, as far as it is known.
 *
 * @param umbrella the agreement under which it stands; null where it has none
 */
public record AgreementPermission(
        AgreementState agreement, @Nullable AgreementState umbrella) implements Agreements.Permission {
    /** How it stands on a day. */
    public Standing standing(LocalDate date) {
        return agreement.standing(date, umbrella);
    }

    @Override
    public boolean isUmbrella() {
        return agreement.level() == AgreementLevel.UMBRELLA;
    }

    @Override
    public boolean hasParty(OrganisationCode organisation, BusinessDate on) {
        return isAny(on, day -> agreement.termsOn(day).hasParty(organisation));
    }

    @Override
    public boolean isInForce(BusinessDate on) {
        return isAny(on, this::isInForce);
    }

    @Override
    public boolean permitsSubmitted(Collection<Item> items, BusinessDate on) {
        return isAny(on, day -> agreement.termsOn(day).itemsIn().containsAll(items));
    }

    @Override
    public boolean permitsReturned(Collection<Item> items, BusinessDate on) {
        return isAny(
                on, day -> isInForce(day) && agreement.termsOn(day).itemsOut().containsAll(items));
    }

    @Override
    public boolean permitsReturnedOverridden(Collection<Item> items, BusinessDate on) {
        return isAny(on, day -> newestInForce(day).itemsOut().containsAll(items));
    }

    private boolean isInForce(LocalDate day) {
        return standing(day) == Standing.IN_FORCE;
    }

    private boolean isAny(BusinessDate on, Predicate<LocalDate> holds) {
        return days(on.earliest(), on.latest()).stream().anyMatch(holds);
    }

    /** Of the days from {@code first} to {@code last}, the first, and those on which something changes. */
    private List<LocalDate> days(LocalDate first, LocalDate last) {
        List<LocalDate> days = new ArrayList<>(List.of(first));
        changeDates().stream()
                .filter(change -> change.isAfter(first) && !change.isAfter(last))
                .forEach(days::add);
        return days;
    }

    private SortedSet<LocalDate> changeDates() {
        SortedSet<LocalDate> dates = new TreeSet<>(agreement.changeDates());
        if (umbrella != null) {
            dates.addAll(umbrella.changeDates());
        }
        return dates;
    }

    /** Of the versions that were in force on or before a day the newest; the first where none was. */
    private Terms newestInForce(LocalDate day) {
        return days(LocalDate.EPOCH, day).stream()
                .sorted((one, other) -> other.compareTo(one))
                .filter(this::isInForce)
                .findFirst()
                .flatMap(agreement::versionOn)
                .map(Version::terms)
                .orElse(agreement.versions().getFirst().terms());
    }

    /**
     * How many people may be submitted in a month: the largest ceiling of the versions in force on one of its days.
     *
     * @return empty where one of them has no ceiling, or none is in force
     */
    public OptionalInt ceiling(YearMonth month) {
        List<Optional<Integer>> ceilings = days(month.atDay(1), month.atEndOfMonth()).stream()
                .filter(this::isInForce)
                .map(day -> Optional.ofNullable(agreement.termsOn(day).monthlyCeiling()))
                .toList();
        return ceilings.stream().allMatch(Optional::isPresent)
                ? ceilings.stream().mapToInt(Optional::orElseThrow).max()
                : OptionalInt.empty();
    }
}
