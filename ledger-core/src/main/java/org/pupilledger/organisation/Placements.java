package org.pupilledger.organisation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** In which row an organisation is counted, where its figures are added to those of an organisation above it. */
public final class Placements {
    private final Map<OrganisationCode, Placement> all;

    /** @param all of one moment; read whenever something is asked */
    public Placements(Map<OrganisationCode, Placement> all) {
        this.all = all;
    }

    /** Null for one that was never registered. */
    public @Nullable Category category(OrganisationCode organisation) {
        Placement placement = all.get(organisation);
        return placement == null ? null : placement.category();
    }

    /** Itself and whatever is above it, the nearest first. */
    public Set<OrganisationCode> chain(OrganisationCode organisation) {
        return Organisations.chain(
                organisation, code -> Optional.ofNullable(all.get(code)).map(Placement::parent));
    }

    /** Whether an organisation is another one, or below it. */
    public boolean isWithin(OrganisationCode organisation, OrganisationCode other) {
        return chain(organisation).contains(other);
    }

    /** Whether an edition counts what belongs to organisations of a category with them. */
    public static boolean gathers(Category category) {
        return category == Category.POLICE || category == Category.COURT;
    }

    /** The category whose table of an edition holds an organisation: that of what gathers it, else its own. */
    public @Nullable Category tableOf(OrganisationCode organisation) {
        return chain(organisation).stream()
                .map(this::category)
                .filter(category -> category != null && gathers(category))
                .findFirst()
                .orElseGet(() -> category(organisation));
    }

    /** The highest in the chain of an organisation that is of a category. */
    public Optional<OrganisationCode> highest(OrganisationCode organisation, Category category) {
        return highest(organisation, (OrganisationCode one) -> category(one) == category);
    }

    /** The highest in the chain of an organisation: itself where it belongs to none. */
    public Optional<OrganisationCode> highest(OrganisationCode organisation) {
        return highest(organisation, one -> true);
    }

    private Optional<OrganisationCode> highest(OrganisationCode organisation, Predicate<OrganisationCode> isWanted) {
        return chain(organisation).stream().filter(isWanted).reduce((lower, higher) -> higher);
    }
}
