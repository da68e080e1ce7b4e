package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;

/**
 * Figures by period and organisation, in that order.
 *
 * @param from     first month, null where nothing was asked for and nothing is there
 * @param position newest entry folded in, null where there is none
 * @param asAt     the instant asked for, as it was asked for
 */
public record FiguresTable(
        @Nullable YearMonth from,
        @Nullable YearMonth to,
        By by,
        @Nullable Long position,
        @Nullable String asAt,
        List<Row> rows) {
    /** One period of one organisation. */
    public record Row(String period, String label, OrganisationCode organisation, Category category, Tally tally) {}

    public FiguresTable {
        rows = List.copyOf(rows);
    }

    /** @param asAt the instant asked for, if any, as it was asked for */
    public static FiguresTable of(Totals totals, FiguresQuery query, @Nullable Long position, @Nullable String asAt) {
        return of(totals, query, position, asAt, month -> true);
    }

    /**
     * Where not all months are known.
     *
     * @param asAt    the instant asked for, if any, as it was asked for
     * @param isKnown whether no rows of a month mean no requests; a period without such months has no rows
     */
    public static FiguresTable of(
            Totals totals,
            FiguresQuery query,
            @Nullable Long position,
            @Nullable String asAt,
            Predicate<YearMonth> isKnown) {
        Range range = Range.of(totals, query);
        if (range == null) {
            return new FiguresTable(query.from(), query.to(), query.by(), position, asAt, List.of());
        }
        if (query.periods(range.from(), range.to()) > FiguresQuery.MAX_PERIODS) {
            throw new FiguresQuery.TooManyPeriods();
        }
        Map<YearMonth, Map<OrganisationCode, Tally>> periods = new TreeMap<>();
        Set<OrganisationCode> organisations = new TreeSet<>();
        totals.months().forEach((key, tally) -> {
            if (tally.hasRequests() && isWanted(totals, query, key.organisation())) {
                organisations.add(key.organisation());
                if (range.contains(key.month())) {
                    periods.computeIfAbsent(range.periodOf(key.month()), absent -> new TreeMap<>())
                            .computeIfAbsent(key.organisation(), absent -> new Tally())
                            .add(tally);
                }
            }
        });
        if (query.isComplete()) {
            OrganisationCode asked = query.organisation();
            if (asked != null && totals.categories().containsKey(asked) && isWanted(totals, query, asked)) {
                organisations.add(asked);
            }
            range.periods().stream()
                    .filter(period -> range.hasAny(period, isKnown))
                    .forEach(period -> {
                        Map<OrganisationCode, Tally> row = periods.computeIfAbsent(period, absent -> new TreeMap<>());
                        organisations.forEach(organisation -> row.putIfAbsent(organisation, new Tally()));
                    });
        }
        List<Row> rows = new ArrayList<>();
        periods.forEach((period, row) -> row.forEach((organisation, tally) -> rows.add(new Row(
                query.by().period(period, range.endOf(period)),
                query.by().label(period, range.endOf(period)),
                organisation,
                category(totals, organisation),
                tally))));
        return new FiguresTable(range.from(), range.to(), query.by(), position, asAt, rows);
    }

    private static boolean isWanted(Totals totals, FiguresQuery query, OrganisationCode organisation) {
        return (query.organisation() == null || query.organisation().equals(organisation))
                && (query.category() == null || query.category() == category(totals, organisation));
    }

    private static Category category(Totals totals, OrganisationCode organisation) {
        Category category = totals.categories().get(organisation);
        if (category == null) {
            throw new IllegalStateException("figures of an organisation that was never registered");
        }
        return category;
    }

    private record Range(YearMonth from, YearMonth to, By by) {
        /** Null where the ledger has no request and the query does not say. */
        static @Nullable Range of(Totals totals, FiguresQuery query) {
            List<YearMonth> used = totals.months().entrySet().stream()
                    .filter(month -> month.getValue().hasRequests())
                    .map(month -> month.getKey().month())
                    .toList();
            YearMonth from = query.from();
            YearMonth to = query.to();
            if (from == null) {
                YearMonth first = used.isEmpty() ? to : used.getFirst();
                from = first == null ? null : query.by().startOf(first);
            }
            if (to == null) {
                YearMonth last = used.isEmpty() ? from : used.getLast();
                to = last == null ? null : query.by().endOf(last);
            }
            if (from == null || to == null) {
                return null;
            }
            if (from.isAfter(to)) {
                // one end was asked for beyond what the ledger holds: an empty range there
                return query.to() == null
                        ? new Range(from, query.by().endOf(from), query.by())
                        : new Range(query.by().startOf(to), to, query.by());
            }
            return new Range(from, to, query.by());
        }

        boolean contains(YearMonth month) {
            return !month.isBefore(from) && !month.isAfter(to);
        }

        YearMonth periodOf(YearMonth month) {
            return by == By.TOTAL ? from : by.startOf(month);
        }

        YearMonth endOf(YearMonth period) {
            return by == By.TOTAL ? to : by.endOf(period);
        }

        boolean hasAny(YearMonth period, Predicate<YearMonth> wanted) {
            YearMonth end = endOf(period);
            return Stream.iterate(period, month -> !month.isAfter(end), month -> month.plusMonths(1))
                    .anyMatch(wanted);
        }

        List<YearMonth> periods() {
            List<YearMonth> starts = new ArrayList<>();
            for (YearMonth start = from;
                    !start.isAfter(to);
                    start = endOf(start).plusMonths(1)) {
                starts.add(start);
            }
            return starts;
        }
    }
}
