package org.pupilledger.views;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;

/** All counts of a total of a longer period, as they are typed and as they read back. */
public record PeriodTotalCounts(
        @Nullable RequestCounts requests, @Nullable PeopleCounts individuals) {
    /** Numbers of requests; null where the source does not state it. */
    public record RequestCounts(
            @Nullable Integer received,
            @Nullable Integer withdrawn,
            @Nullable Integer refused,
            @Nullable Integer ledToData) {
        public static RequestCounts of(Counts counts) {
            return new RequestCounts(
                    counts.get(Count.RECEIVED),
                    counts.get(Count.WITHDRAWN),
                    counts.get(Count.REFUSED),
                    counts.get(Count.LED_TO_DATA));
        }
    }

    /** Numbers of people; null where the source does not state it. */
    public record PeopleCounts(
            @Nullable Integer submitted,
            @Nullable Integer matched,
            @Nullable Integer unmatched,
            @Nullable Integer ambiguous,
            @Nullable Integer answered,
            @Nullable Integer returned) {
        public static PeopleCounts of(Counts counts) {
            return new PeopleCounts(
                    counts.get(Count.SUBMITTED),
                    counts.get(Count.MATCHED),
                    counts.get(Count.UNMATCHED),
                    counts.get(Count.AMBIGUOUS),
                    counts.get(Count.ANSWERED),
                    counts.get(Count.RETURNED));
        }
    }

    public static PeriodTotalCounts of(Counts counts) {
        return new PeriodTotalCounts(RequestCounts.of(counts), PeopleCounts.of(counts));
    }

    public Counts counts() {
        Map<Count, Integer> stated = new EnumMap<>(Count.class);
        if (requests != null) {
            put(stated, Count.RECEIVED, requests.received);
            put(stated, Count.WITHDRAWN, requests.withdrawn);
            put(stated, Count.REFUSED, requests.refused);
            put(stated, Count.LED_TO_DATA, requests.ledToData);
        }
        if (individuals != null) {
            put(stated, Count.SUBMITTED, individuals.submitted);
            put(stated, Count.MATCHED, individuals.matched);
            put(stated, Count.UNMATCHED, individuals.unmatched);
            put(stated, Count.AMBIGUOUS, individuals.ambiguous);
            put(stated, Count.ANSWERED, individuals.answered);
            put(stated, Count.RETURNED, individuals.returned);
        }
        return new Counts(stated);
    }

    private static void put(Map<Count, Integer> stated, Count count, @Nullable Integer number) {
        if (number != null) {
            stated.put(count, number);
        }
    }
}
