package org.pupilledger.timeline;

import org.jspecify.annotations.Nullable;

/**
 * One event of a thing, as it was sealed.
 *
 * @param sequence   0-based place among the events of the thing
 * @param position   0-based place in the ledger
 * @param recordedAt the clock's claim, ISO 8601 in UTC
 * @param type       {@code matching-request.corrected}
 * @param actor      a random id that stands for whoever recorded it; null where nobody is named
 * @param role       in which that was done
 * @param event      of the catalogue of events
 */
public record TimelineEvent(
        long sequence,
        long position,
        String recordedAt,
        String type,
        @Nullable String actor,
        @Nullable String role,
        Object event) {
    /** In plain English. */
    public String sentence() {
        return Sentences.of(event);
    }

    Particulars particulars() {
        return Particulars.of(event, recordedAt);
    }
}
