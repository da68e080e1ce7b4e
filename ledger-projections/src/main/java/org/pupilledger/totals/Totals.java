package org.pupilledger.totals;

import java.util.Map;
import java.util.TreeMap;
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

    void add(Delta.Key key, Tally tally) {
        months.computeIfAbsent(key, absent -> new Tally()).add(tally);
    }

    void put(OrganisationCode code, Category category) {
        categories.put(code, category);
    }

    /** By month, then organisation code; also rows of which nothing is left. */
    public Map<Delta.Key, Tally> months() {
        return months;
    }

    public Map<OrganisationCode, Category> categories() {
        return categories;
    }
}
