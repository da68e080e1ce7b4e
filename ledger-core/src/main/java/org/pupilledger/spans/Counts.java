package org.pupilledger.spans;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.values.Individuals;

/**
 * The counts of a period total.
 *
 * @param stated those that are stated, 0 to {@value Individuals#MAX} each
 */
public record Counts(Map<Count, Integer> stated) {
    public Counts {
        Map<Count, Integer> copy = new EnumMap<>(Count.class);
        copy.putAll(stated);
        if (copy.values().stream().anyMatch(count -> count < 0 || count > Individuals.MAX)) {
            throw new IllegalArgumentException("a count out of range");
        }
        stated = Collections.unmodifiableMap(copy);
    }

    /** Null where it is not stated. */
    public @Nullable Integer get(Count count) {
        return stated.get(count);
    }

    /** True only where it is stated and is {@code number}. */
    public boolean is(Count count, int number) {
        return Integer.valueOf(number).equals(get(count));
    }

    /**
     * The same with what the stated ones fix: of those submitted, matched, ambiguous and unmatched the one that is missing,
     * and that nobody's data were returned where no request led to any, and the other way round.
     */
    public Counts derived() {
        Map<Count, Integer> all = new EnumMap<>(Count.class);
        all.putAll(stated);
        List<Count> parts = new ArrayList<>(List.of(Count.MATCHED, Count.AMBIGUOUS, Count.UNMATCHED));
        parts.removeIf(stated::containsKey);
        Integer submitted = get(Count.SUBMITTED);
        long told = sum(Count.MATCHED, Count.AMBIGUOUS, Count.UNMATCHED);
        if (submitted == null && parts.isEmpty() && told <= Individuals.MAX) {
            all.put(Count.SUBMITTED, (int) told);
        } else if (submitted != null && parts.size() == 1 && told <= submitted) {
            all.put(parts.getFirst(), (int) (submitted - told));
        }
        if (is(Count.RETURNED, 0)) {
            all.putIfAbsent(Count.LED_TO_DATA, 0);
        }
        if (is(Count.LED_TO_DATA, 0)) {
            all.putIfAbsent(Count.RETURNED, 0);
        }
        return new Counts(all);
    }

    /** What the stated ones of these add up to. */
    long sum(Count... counts) {
        long sum = 0;
        for (Count count : counts) {
            sum += stated.getOrDefault(count, 0);
        }
        return sum;
    }

    /** How many requests it is about: at least one where that is not stated. */
    public int requests() {
        return stated.getOrDefault(Count.RECEIVED, 1);
    }

    /** Of these, those of which no refusal or withdrawal is told, and which may so be open or approved. */
    public int remaining() {
        return get(Count.RECEIVED) == null ? 1 : (int) (requests() - sum(Count.REFUSED, Count.WITHDRAWN));
    }
}
