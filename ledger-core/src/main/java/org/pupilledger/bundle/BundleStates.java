package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.schema.EventTypes;

/**
 * Agreements or editions, out of the entries of a bundle.
 *
 * @param <E> their events
 * @param <S> the state of one
 */
final class BundleStates<E, S> implements KnownStates<S> {
    private final Class<E> events;
    private final Step<E, S> step;
    private final List<Entry> entries;
    private final EventTypes types = EventTypes.current();

    /** What one more event makes of a state. */
    @FunctionalInterface
    interface Step<E, S> {
        S after(@Nullable S before, E event, long sequence);
    }

    /** @param seldom entries among which all of theirs are, in order */
    BundleStates(Class<E> events, Step<E, S> step, List<Entry> seldom) {
        this.events = events;
        this.step = step;
        this.entries = seldom.stream()
                .filter(entry -> events.isInstance(entry.leaf().event(types)))
                .toList();
    }

    @Override
    public List<State<S>> all() {
        return at(Long.MAX_VALUE);
    }

    @Override
    public List<State<S>> at(long position) {
        Map<String, State<S>> found = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.position() <= position) {
                String id = entry.leaf().aggregateId();
                State<S> before = found.get(id);
                List<Stamp> stamps = new ArrayList<>(before == null ? List.of() : before.stamps());
                Stamp stamp = new Stamp(entry.position(), entry.leaf().recordedAt());
                // of an event that is hidden nobody asks: each has the place that its sequence says
                while (stamps.size() < entry.leaf().sequence()) {
                    stamps.add(stamp);
                }
                stamps.add(stamp);
                S state = step.after(
                        before == null ? null : before.state(),
                        events.cast(entry.leaf().event(types)),
                        entry.leaf().sequence());
                found.put(id, new State<>(id, state, stamps));
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public long entries() {
        return entries.size();
    }

    /** All are known from the start. */
    @Override
    public void await(long position) {}
}
