package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;

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
    public record Row(Key key, Category category, Tally tally) {
        public Period period() {
            return key.period();
        }

        public OrganisationCode organisation() {
            return key.organisation();
        }
    }

    /** What tells a row from the others. */
    public record Key(Period period, OrganisationCode organisation) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::period).thenComparing(Key::organisation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

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
        Period range = range(totals, query);
        if (range == null) {
            return new FiguresTable(query.from(), query.to(), query.by(), position, asAt, List.of());
        }
        if (query.periods(range.from(), range.to()) > FiguresQuery.MAX_PERIODS) {
            throw new TooMuch("to", "At most " + FiguresQuery.MAX_PERIODS + " periods can be asked for at once.");
        }
        Map<Key, Tally> rows = new TreeMap<>();
        Set<OrganisationCode> organisations = new TreeSet<>();
        totals.months().forEach((key, tally) -> {
            if (tally.hasRequests() && isWanted(totals, query, key.organisation())) {
                organisations.add(key.organisation());
                Stream<Period> periods =
                        query.by() == By.TOTAL ? Stream.of(range) : key.period().split(query.by());
                periods.filter(period -> range.overlaps(period) && period.overlaps(key.period()))
                        .forEach(period -> rows.computeIfAbsent(
                                        new Key(period, key.organisation()), absent -> new Tally())
                                .add(key.in(period, tally)));
            }
        });
        if (query.isComplete()) {
            OrganisationCode asked = query.organisation();
            if (asked != null && totals.categories().containsKey(asked) && isWanted(totals, query, asked)) {
                organisations.add(asked);
            }
            range.split(query.by())
                    .filter(period -> period.months().anyMatch(isKnown))
                    .forEach(period -> organisations.forEach(
                            organisation -> rows.putIfAbsent(new Key(period, organisation), new Tally())));
        }
        return new FiguresTable(
                range.from(),
                range.to(),
                query.by(),
                position,
                asAt,
                rows.entrySet().stream()
                        .map(row -> new Row(
                                row.getKey(), category(totals, row.getKey().organisation()), row.getValue()))
                        .toList());
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

    /** Null where the ledger has no request and the query does not say. */
    private static @Nullable Period range(Totals totals, FiguresQuery query) {
        List<Period> used = totals.months().entrySet().stream()
                .filter(row -> row.getValue().hasRequests())
                .map(row -> row.getKey().period())
                .toList();
        YearMonth from = query.from();
        YearMonth to = query.to();
        if (from == null) {
            YearMonth first = used.isEmpty() ? to : used.getFirst().from();
            from = first == null ? null : query.by().startOf(first);
        }
        if (to == null) {
            YearMonth last =
                    used.stream().map(Period::to).max(Comparator.naturalOrder()).orElse(from);
            to = last == null ? null : query.by().endOf(last);
        }
        if (from == null || to == null) {
            return null;
        }
        if (from.isAfter(to)) {
            // one end was asked for beyond what the ledger holds: an empty range there
            return query.to() == null
                    ? Period.range(from, query.by().endOf(from))
                    : Period.range(query.by().startOf(to), to);
        }
        return Period.range(from, to);
    }
}
