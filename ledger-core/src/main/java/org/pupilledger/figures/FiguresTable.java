package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.coverage.Coverages.Extent;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;

/**
 * Figures by period and organisation, in that order.
 *
 * @param cut      by what its rows are cut, null where they are whole
 * @param from     first month, null where nothing was asked for and nothing is there
 * @param position newest entry folded in, null where there is none
 * @param asAt     the instant asked for, as it was asked for
 */
public record FiguresTable(
        @Nullable YearMonth from,
        @Nullable YearMonth to,
        By by,
        @Nullable Cut cut,
        @Nullable Long position,
        @Nullable String asAt,
        List<Row> rows) {
    /**
     * One period of one organisation.
     *
     * @param coverage how far the record of the period is complete
     */
    public record Row(Key key, Category category, Tally tally, Extent coverage) {
        /** Whether the row has numbers. Otherwise they are not recorded, and what is there is the known part. */
        public boolean isRecorded() {
            return switch (coverage) {
                case COMPLETE -> true;
                case PART, NONE -> false;
                case NOT_DECLARED -> tally.hasRequests();
            };
        }

        public Period period() {
            return key.period();
        }

        public OrganisationCode organisation() {
            return key.organisation();
        }
    }

    /**
     * What tells a row from the others.
     *
     * @param code of the cut, null where rows are whole
     */
    public record Key(
            Period period,
            OrganisationCode organisation,
            @Nullable String code) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::period)
                .thenComparing(Key::organisation)
                .thenComparing(Key::code, Comparator.nullsFirst(Comparator.naturalOrder()));

        /** Of a whole row. */
        public Key(Period period, OrganisationCode organisation) {
            this(period, organisation, null);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    public FiguresTable {
        rows = List.copyOf(rows);
    }

    /** Of whole rows. */
    public FiguresTable(
            @Nullable YearMonth from,
            @Nullable YearMonth to,
            By by,
            @Nullable Long position,
            @Nullable String asAt,
            List<Row> rows) {
        this(from, to, by, null, position, asAt, rows);
    }

    /** @param asAt the instant asked for, if any, as it was asked for */
    public static FiguresTable of(Totals totals, FiguresQuery query, @Nullable Long position, @Nullable String asAt) {
        return of(totals, query, position, asAt, month -> true);
    }

    /**
     * Where not all months are known.
     *
     * @param asAt    the instant asked for, if any, as it was asked for
     * @param isKnown whether no rows of a month mean no requests; a period without such months has no rows, and one with
     *                others besides is not covered as a whole
     */
    public static FiguresTable of(
            Totals totals,
            FiguresQuery query,
            @Nullable Long position,
            @Nullable String asAt,
            Predicate<YearMonth> isKnown) {
        return of(totals, query, position, asAt, isKnown, query.isComplete());
    }

    /**
     * As it is published: with all periods of the organisations of which somebody said what is covered, and of the others
     * those with requests.
     *
     * @param last     last month, at the end of a period
     * @param rolledUp the category whose highest organisations have the rows; null where each has its own
     * @param isKnown  months that may be shown
     */
    public static FiguresTable published(
            Totals totals, YearMonth last, By by, @Nullable Category rolledUp, Predicate<YearMonth> isKnown) {
        FiguresQuery query = new FiguresQuery(null, last, by, null, rolledUp, false, rolledUp != null);
        return of(totals, query, null, null, isKnown, true);
    }

    /**
     * As it is published where rows are cut: those with requests.
     *
     * @param last     last month, at the end of a period
     * @param rolledUp the category whose highest organisations have the rows; null where each has its own
     */
    public static FiguresTable published(Totals totals, YearMonth last, By by, @Nullable Category rolledUp, Cut cut) {
        return of(totals, new FiguresQuery(null, last, by, null, rolledUp, false, rolledUp != null, cut), null, null);
    }

    /** @param isFilled whether an organisation with declared months has all of its rows */
    private static FiguresTable of(
            Totals totals,
            FiguresQuery query,
            @Nullable Long position,
            @Nullable String asAt,
            Predicate<YearMonth> isKnown,
            boolean isFilled) {
        Period range = range(totals, query, isFilled);
        if (range == null) {
            return new FiguresTable(query.from(), query.to(), query.by(), query.cut(), position, asAt, List.of());
        }
        if (query.periods(range.from(), range.to()) > FiguresQuery.MAX_PERIODS) {
            throw new TooMuch("to", "At most " + FiguresQuery.MAX_PERIODS + " periods can be asked for at once.");
        }
        Map<Key, Tally> rows = new TreeMap<>();
        Map<Key, Set<OrganisationCode>> counted = new TreeMap<>();
        Set<OrganisationCode> filled = new TreeSet<>();
        Placements placements = totals.placements();
        Cut cut = query.cut();
        List<Delta.Key> above = query.isRolledUp()
                ? totals.spans().stream()
                        .filter(total ->
                                query.row(placements, total.organisation()).isPresent())
                        .toList()
                : List.of();
        totals.months().forEach((key, all) -> {
            // what a total of one above may count already makes the row not stated, and never more than it is
            boolean isTwice = above.stream().anyMatch(total -> isCountedBy(total, key, placements));
            Tally tally = isTwice ? all.ofSomePart() : all;
            OrganisationCode organisation =
                    query.row(placements, key.organisation()).orElse(null);
            if (tally.hasRequests() && organisation != null) {
                if (query.isComplete()) {
                    filled.add(organisation);
                }
                String code = cut == null ? null : cut.of(key.why());
                Stream<Period> periods =
                        query.by() == By.TOTAL ? Stream.of(range) : key.period().split(query.by());
                periods.filter(period -> range.overlaps(period) && period.overlaps(key.period()))
                        .map(period -> new Key(period, organisation, code))
                        .forEach(row -> {
                            rows.computeIfAbsent(row, absent -> new Tally()).add(key.in(row.period(), tally));
                            counted.computeIfAbsent(row, absent -> new TreeSet<>())
                                    .add(key.organisation());
                        });
            }
        });
        OrganisationCode asked = query.organisation();
        if (query.isComplete()
                && asked != null
                && totals.organisations().containsKey(asked)
                && query.row(placements, asked).isPresent()) {
            filled.add(asked);
        }
        if (isFilled) {
            totals.coverage()
                    .organisations()
                    .flatMap(organisation -> query.row(placements, organisation).stream())
                    .forEach(filled::add);
        }
        if (!filled.isEmpty()) {
            range.split(query.by())
                    .filter(period -> period.months().anyMatch(isKnown))
                    .forEach(period -> filled.forEach(
                            organisation -> rows.putIfAbsent(new Key(period, organisation), new Tally())));
        }
        Coverages extents = totals.extents();
        return new FiguresTable(
                range.from(),
                range.to(),
                query.by(),
                cut,
                position,
                asAt,
                rows.entrySet().stream()
                        .map(row -> new Row(
                                row.getKey(),
                                category(placements, row.getKey().organisation()),
                                row.getValue(),
                                extent(
                                        placements,
                                        query,
                                        extents,
                                        isKnown,
                                        row.getKey(),
                                        counted.getOrDefault(row.getKey(), Set.of()))))
                        .toList());
    }

    private static boolean isCountedBy(Delta.Key total, Delta.Key key, Placements placements) {
        return !total.organisation().equals(key.organisation())
                && total.period().overlaps(key.period())
                && placements.isWithin(key.organisation(), total.organisation());
    }

    /**
     * Of a row that counts several organisations, as far as all of them are covered: where the highest is, all below it are
     * with it. One of which nothing was declared says nothing unless it has requests there.
     *
     * @param isKnown what has not come, or is not shown, is not covered
     * @param counted those of the row that have requests in its period
     */
    private static Extent extent(
            Placements placements,
            FiguresQuery query,
            Coverages extents,
            Predicate<YearMonth> isKnown,
            Key key,
            Set<OrganisationCode> counted) {
        Extent own = extents.of(key.organisation(), key.period(), isKnown);
        if (!query.isRolledUp() || own == Extent.COMPLETE) {
            return own;
        }
        Set<OrganisationCode> told = new TreeSet<>(counted);
        extents.organisations()
                .filter(organisation ->
                        query.row(placements, organisation).stream().anyMatch(key.organisation()::equals))
                .forEach(told::add);
        Set<Extent> all = EnumSet.noneOf(Extent.class);
        told.forEach(organisation -> all.add(extents.of(organisation, key.period(), isKnown)));
        if (all.size() == 1) {
            return all.iterator().next();
        }
        return all.stream().allMatch(Extent::isKnown) ? Extent.NOT_DECLARED : Extent.PART;
    }

    private static Category category(Placements placements, OrganisationCode organisation) {
        Category category = placements.category(organisation);
        if (category == null) {
            throw new IllegalStateException("figures of an organisation that was never registered");
        }
        return category;
    }

    /** Null where the ledger has no request and the query does not say. */
    private static @Nullable Period range(Totals totals, FiguresQuery query, boolean isFilled) {
        NavigableSet<YearMonth> used = new TreeSet<>();
        totals.months().forEach((key, tally) -> {
            if (tally.hasRequests()) {
                used.add(key.period().from());
                used.add(key.period().to());
            }
        });
        if (isFilled) {
            totals.coverage().forEach((covered, declarations) -> {
                used.add(covered.from());
                used.add(Objects.requireNonNullElse(covered.to(), covered.from()));
            });
        }
        YearMonth from = query.from();
        YearMonth to = query.to();
        if (from == null) {
            YearMonth first = used.isEmpty() ? to : used.first();
            from = first == null ? null : query.by().startOf(first);
        }
        if (to == null) {
            YearMonth last = used.isEmpty() ? from : used.last();
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
