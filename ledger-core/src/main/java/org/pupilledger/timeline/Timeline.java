package org.pupilledger.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the events of one thing, in order.
 *
 * @param id       of the thing
 * @param sequence 0-based, of its newest sealed event, whether that is among these or not
 * @param events   in order of their sequence
 * @param next     the sequence after which the next page begins; null where this is the last
 */
public record Timeline(
        String id,
        long sequence,
        List<TimelineEvent> events,
        @Nullable Long next) {
    public Timeline {
        events = List.copyOf(events);
    }
}
