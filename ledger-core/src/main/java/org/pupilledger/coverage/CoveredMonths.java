package org.pupilledger.coverage;

import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;

/**
 * Months of an organisation.
 *
 * @param from first month
 * @param to   last month, inclusive, not before {@code from}; null where they go on
 */
public record CoveredMonths(
        OrganisationCode organisation,
        YearMonth from,
        @Nullable YearMonth to) implements Comparable<CoveredMonths> {
    private static final Comparator<CoveredMonths> ORDER = Comparator.comparing(CoveredMonths::organisation)
            .thenComparing(CoveredMonths::from)
            .thenComparing(CoveredMonths::to, Comparator.nullsLast(Comparator.naturalOrder()));

    public CoveredMonths {
        if (to != null && from.isAfter(to)) {
            throw new IllegalArgumentException("months that end before they begin");
        }
    }

    boolean contains(YearMonth month) {
        return !month.isBefore(from) && (to == null || !month.isAfter(to));
    }

    @Override
    public int compareTo(CoveredMonths other) {
        return ORDER.compare(this, other);
    }

    /** {@code DWP-2018-04-2018-06}, or {@code DWP-2026-01-on}. */
    @Override
    public String toString() {
        return organisation + "-" + from + "-" + (to == null ? "on" : to);
    }
}
