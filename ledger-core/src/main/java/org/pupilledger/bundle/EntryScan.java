package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.verdict.LogVerdict;

/** Adds up what the entries of a bundle mean, while they are compared with what was signed. */
final class EntryScan implements LogVerdict.Reading<EntryPart> {
    private final EventTypes types = EventTypes.current();
    private final Totals totals = new Totals();
    private final List<Entry> seldom = new ArrayList<>();
    private long given;
    private @Nullable Long unreadable;
    private @Nullable Long hidden;

    @Override
    public EntryPart begin() {
        return new EntryPart();
    }

    @Override
    public void end(EntryPart part, int entries) {
        part.totals().months().forEach(totals::add);
        for (Entry entry : part.seldom()) {
            if (entry.leaf().event(types) instanceof OrganisationEvent event) {
                totals.add(event);
            }
            seldom.add(entry);
        }
        given += part.given();
        unreadable = unreadable == null ? part.unreadable() : unreadable;
        hidden = hidden == null ? part.hidden() : hidden;
    }

    /** Of all entries that are given. */
    Totals totals() {
        return totals;
    }

    /** Entries of all but requests, in order. */
    List<Entry> seldom() {
        return seldom;
    }

    long given() {
        return given;
    }

    /** Position of the first entry that this version cannot read; null for none. */
    @Nullable
    Long unreadable() {
        return unreadable;
    }

    /** Position of the first entry of which only the hash is given; null for none. */
    @Nullable
    Long hidden() {
        return hidden;
    }
}
