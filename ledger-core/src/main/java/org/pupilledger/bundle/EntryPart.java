package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.UnreadableEvent;
import org.pupilledger.verdict.LogSource.EntryReader;

/** What some entries of a bundle amount to. */
final class EntryPart implements EntryReader {
    private final EventTypes types = EventTypes.current();
    private final Totals totals = new Totals();
    private final List<Entry> seldom = new ArrayList<>();
    private long given;
    private @Nullable Long unreadable;
    private @Nullable Long hidden;

    @Override
    public void add(long position, byte @Nullable [] entry) {
        if (entry == null) {
            hidden = hidden == null ? Long.valueOf(position) : hidden;
            return;
        }
        given++;
        if (unreadable != null) {
            return;
        }
        try {
            Leaf leaf = Leaf.parse(entry);
            Object event = leaf.event(types);
            if (event instanceof RequestEvent) {
                totals.add(event);
            } else {
                seldom.add(new Entry(position, leaf));
            }
        } catch (UnreadableEvent | IllegalArgumentException | java.time.DateTimeException e) {
            unreadable = position;
        }
    }

    /** Months of requests only; what else changes figures is among the seldom entries. */
    Totals totals() {
        return totals;
    }

    /** Entries of all but requests. */
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
