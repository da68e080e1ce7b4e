package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;

/** Monthly totals and the category of each organisation, as far as they have been added up. */
public final class Totals {
    private final Map<Delta.Key, Tally> months = new TreeMap<>();
    private final Map<OrganisationCode, Category> categories = new TreeMap<>();

    /** Adds what an event means. */
    public void add(Object event) {
        switch (event) {
            case OrganisationEvent.Registered registered ->
                put(registered.code(), registered.profile().category());
            case OrganisationEvent.Changed changed ->
                put(changed.code(), changed.now().category());
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
        then.forEach((code, category) ->
                category.ifPresentOrElse(known -> before.put(code, known), () -> before.categories.remove(code)));
        before.months.values().removeIf(Tally::isZero);
        return before;
    }

    /** The rows of which every month is wanted, with the categories of all organisations. */
    public Totals only(BiPredicate<YearMonth, Category> isWanted) {
        Totals some = new Totals();
        some.categories.putAll(categories);
        months.forEach((key, tally) -> {
            Category category = categories.get(key.organisation());
            if (category != null && key.period().months().allMatch(month -> isWanted.test(month, category))) {
                some.add(key, tally);
            }
        });
        return some;
    }

    /** By period, then organisation code; also rows of which nothing is left. */
    public Map<Delta.Key, Tally> months() {
        return months;
    }

    public Map<OrganisationCode, Category> categories() {
        return categories;
    }
}
