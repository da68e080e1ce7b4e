package org.pupilledger.figures;

import java.util.Arrays;
import java.util.List;

/** A value for each measure. Mutable only while it is being added up. */
@SuppressWarnings("EnumOrdinal") // an array in memory, never stored
public final class Tally {
    private final long[] values = new long[Measure.COUNT];

    public long get(Measure measure) {
        return values[measure.ordinal()];
    }

    public Tally add(Measure measure, long amount) {
        values[measure.ordinal()] += amount;
        return this;
    }

    public Tally add(Tally other) {
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
        return this;
    }

    /**
     * What it says of a part of its months, of which no source tells: whatever there is any of is not stated there, with
     * nothing known. Of what there is none of, there is none in any part.
     */
    Tally ofSomePart() {
        Tally part = new Tally();
        for (StatedMeasure measure : StatedMeasure.values()) {
            part.add(measure.silent(), measure.isAnyIn(this) ? 1 : 0);
        }
        for (Measure requests : List.of(Measure.REQUESTS_MATCHED, Measure.REQUESTS_DISCLOSED, Measure.PERIOD_TOTALS)) {
            part.add(requests, get(requests) > 0 ? 1 : 0);
        }
        part.add(Measure.LEVEL_NOT_STATED, get(Measure.REQUESTS_DISCLOSED) > 0 ? 1 : 0);
        return part;
    }

    Tally negated() {
        Tally negated = new Tally();
        for (int i = 0; i < values.length; i++) {
            negated.values[i] = -values[i];
        }
        return negated;
    }

    /** Whether there are requests, or a total, be it of none. False also where nothing is left after an annulment. */
    public boolean hasRequests() {
        return get(Measure.REQUESTS_RECEIVED) > 0
                || get(Measure.NOT_STATED_RECEIVED) > 0
                || get(Measure.PERIOD_TOTALS) > 0;
    }

    public boolean isZero() {
        for (long value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && Arrays.equals(values, tally.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Tally");
        for (Measure measure : Measure.values()) {
            if (get(measure) != 0) {
                text.append(' ').append(measure).append('=').append(get(measure));
            }
        }
        return text.toString();
    }
}
