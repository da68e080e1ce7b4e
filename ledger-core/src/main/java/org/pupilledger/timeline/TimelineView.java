package org.pupilledger.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as JSON shows it.
 *
 * @param id   of the thing, as {@code waitFor} names it
 * @param next to be given as {@code after} for the next page; null on the last
 */
public record TimelineView(
        String id, List<Item> items, @Nullable String next) {
    /**
     * One event.
     *
     * @param sequence   0-based place among the events of the thing
     * @param position   0-based place in the ledger
     * @param recordedAt the clock's claim, ISO 8601 in UTC
     * @param on         the day or month on which it happened or takes effect; null where none is known
     * @param actor      a random id that stands for whoever recorded it
     * @param role       in which that was done
     * @param sentence   in plain English
     * @param changes    of what had been recorded before
     * @param cause      code that says why; its list is that of the type
     * @param authority  the document that says so
     */
    public record Item(
            long sequence,
            long position,
            String recordedAt,
            @Nullable String on,
            String type,
            @Nullable String actor,
            @Nullable String role,
            String sentence,
            List<FieldChange> changes,
            @Nullable String cause,
            @Nullable String authority) {}

    public static TimelineView of(Timeline timeline, @Nullable String next) {
        return new TimelineView(
                timeline.id(),
                timeline.events().stream().map(TimelineView::item).toList(),
                next);
    }

    private static Item item(TimelineEvent event) {
        Particulars particulars = event.particulars();
        return new Item(
                event.sequence(),
                event.position(),
                event.recordedAt(),
                particulars.on(),
                event.type(),
                event.actor(),
                event.role(),
                event.sentence(),
                particulars.changes(),
                particulars.cause(),
                particulars.authority());
    }
}
