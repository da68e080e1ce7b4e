package org.pupilledger.statement;

import java.time.YearMonth;

/**
 * Whole months that a figure covers.
 *
 * @param from first month
 * @param to   last month, inclusive, not before {@code from}
 */
public record Period(YearMonth from, YearMonth to) {
    public Period {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a period that ends before it begins");
        }
    }

    public boolean overlaps(Period other) {
        return !from.isAfter(other.to) && !other.from.isAfter(to);
    }

    /** True also of the same period. */
    public boolean contains(Period other) {
        return !from.isAfter(other.from) && !to.isBefore(other.to);
    }

    public boolean contains(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
    }

    /** {@code 2015-07/2016-09}. */
    @Override
    public String toString() {
        return from + "/" + to;
    }
}
