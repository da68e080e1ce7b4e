package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;

/** Monthly totals, the category of each organisation and what is covered, as far as they have been added up. */
public final class Totals {
    private final Map<Delta.Key, Tally> months = new TreeMap<>();
    private final Map<OrganisationCode, Category> categories = new TreeMap<>();
    private final Coverages coverage = new Coverages();

    /** Adds what an event means. */
    public void add(Object event) {
        switch (event) {
            case OrganisationEvent.Registered registered ->
                put(registered.code(), registered.profile().category());
            case OrganisationEvent.Changed changed ->
                put(changed.code(), changed.now().category());
            case CoverageEvent covered -> coverage.add(covered);
            default -> Delta.of(event).rows().forEach(row -> add(row.key(), row.tally()));
        }
    }

    public void add(Delta.Key key, Tally tally) {
        months.computeIfAbsent(key, absent -> new Tally()).add(tally);
    }

    public void put(OrganisationCode code, Category category) {
        categories.put(code, category);
    }

    /**
     * These totals less others.
     *
     * @param then categories as they were; empty for an organisation that was not there
     */
    Totals without(Totals since, Map<OrganisationCode, Optional<Category>> then) {
        Totals before = new Totals();
        months.forEach(before::add);
        since.months.forEach((key, tally) -> before.add(key, tally.negated()));
        before.categories.putAll(categories);
        coverage.forEach(before.coverage::add);
        since.coverage.forEach((covered, declarations) -> before.coverage.add(covered, -declarations));
        then.forEach((code, category) ->
                category.ifPresentOrElse(known -> before.put(code, known), () -> before.categories.remove(code)));
        before.months.values().removeIf(Tally::isZero);
        return before;
    }

    /** The rows of which every month is wanted; what is covered stays, since it says nothing of what there is. */
    public Totals ofMonths(Predicate<YearMonth> isWanted) {
        return only(key -> key.period().months().allMatch(isWanted), organisation -> true);
    }

    /** The organisations of the categories that are wanted, with the categories of all. */
    public Totals ofCategories(Predicate<Category> isWanted) {
        Predicate<OrganisationCode> isIn = organisation -> {
            Category category = categories.get(organisation);
            return category != null && isWanted.test(category);
        };
        return only(key -> isIn.test(key.organisation()), isIn);
    }

    private Totals only(Predicate<Delta.Key> isWanted, Predicate<OrganisationCode> isCovering) {
        Totals some = new Totals();
        some.categories.putAll(categories);
        months.forEach((key, tally) -> {
            if (categories.containsKey(key.organisation()) && isWanted.test(key)) {
                some.add(key, tally);
            }
        });
        coverage.only(isCovering).forEach(some.coverage::add);
        return some;
    }

    /** By period, then organisation code; also rows of which nothing is left. */
    public Map<Delta.Key, Tally> months() {
        return months;
    }

    public Map<OrganisationCode, Category> categories() {
        return categories;
    }

    /** For which months of which organisations the record was declared complete. */
    public Coverages coverage() {
        return coverage;
    }

    /** What is covered: what was declared, and for the same organisations each period of which there is a total. */
    public Coverages extents() {
        Coverages extents = coverage.only(organisation -> true);
        months.forEach((key, tally) -> {
            boolean isTotal = !key.period().from().equals(key.period().to());
            if (isTotal && tally.hasRequests() && coverage.isDeclared(key.organisation())) {
                extents.add(
                        new CoveredMonths(
                                key.organisation(),
                                key.period().from(),
                                key.period().to()),
                        1);
            }
        });
        return extents;
    }
}
