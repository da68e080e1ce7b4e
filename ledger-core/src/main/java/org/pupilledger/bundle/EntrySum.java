package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.verdict.LogSource.EntryReader;
import org.pupilledger.verdict.LogVerdict;

/** What entries of a bundle amount to, part by part, while they are compared with what was signed. */
final class EntrySum implements EntryReader, LogVerdict.Reading<EntrySum> {
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
            if (event instanceof RequestEvent || event instanceof PeriodTotalEvent) {
                totals.add(event);
            } else {
                seldom.add(new Entry(position, leaf));
            }
        } catch (UnreadableEvent | IllegalArgumentException | java.time.DateTimeException e) {
            unreadable = position;
        }
    }

    @Override
    public EntrySum begin() {
        return new EntrySum();
    }

    @Override
    public void end(EntrySum part, int entries) {
        part.totals.months().forEach(totals::add);
        for (Entry entry : part.seldom) {
            totals.add(entry.leaf().event(types));
            seldom.add(entry);
        }
        given += part.given;
        unreadable = unreadable == null ? part.unreadable : unreadable;
        hidden = hidden == null ? part.hidden : hidden;
    }

    /** Of all parts that ended; categories are known from then on. */
    Totals totals() {
        return totals;
    }

    /** Entries of all but requests and totals of longer periods, in order. */
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
