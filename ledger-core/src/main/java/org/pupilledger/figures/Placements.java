package org.pupilledger.figures;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;

/** In which row an organisation is counted, where its figures are added to those of an organisation above it. */
public final class Placements {
    private final Map<OrganisationCode, Placement> all;

    /** @param all of one moment; read whenever something is asked */
    Placements(Map<OrganisationCode, Placement> all) {
        this.all = all;
    }

    /** Null for one that was never registered. */
    public @Nullable Category category(OrganisationCode organisation) {
        Placement placement = all.get(organisation);
        return placement == null ? null : placement.category();
    }

    /**
     * Itself and whatever is above it, the nearest first. Where two proposals, confirmed at the same moment, made a
     * circle of parents, each organisation of it once.
     */
    public Set<OrganisationCode> chain(OrganisationCode organisation) {
        Set<OrganisationCode> chain = new LinkedHashSet<>();
        OrganisationCode next = organisation;
        while (next != null && chain.add(next)) {
            Placement placement = all.get(next);
            next = placement == null ? null : placement.parent();
        }
        return chain;
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

    private Optional<OrganisationCode> highest(OrganisationCode organisation, Predicate<OrganisationCode> isWanted) {
        return chain(organisation).stream().filter(isWanted).reduce((lower, higher) -> higher);
    }

    /** The organisation in whose row another one is counted; empty where it is in none. */
    Optional<OrganisationCode> row(FiguresQuery query, OrganisationCode organisation) {
        OrganisationCode asked = query.organisation();
        Category category = query.category();
        if (!query.isRolledUp() || asked != null) {
            OrganisationCode row = asked == null ? organisation : asked;
            boolean isIn = query.isRolledUp() ? isWithin(organisation, row) : organisation.equals(row);
            return isIn && (category == null || category == category(row)) ? Optional.of(row) : Optional.empty();
        }
        return category == null ? highest(organisation, one -> true) : highest(organisation, category);
    }
}
