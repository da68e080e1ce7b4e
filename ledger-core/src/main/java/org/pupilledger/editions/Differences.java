package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.AgreementsTable.AgreementCell;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.Quarter;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;

/**
 * Says which cells of the published tables differ between two positions, and which events explain it: all of them, and
 * no other.
 *
 * <p>An event explains a cell where folding it in changes an amount that the cell shows, with the organisations in the
 * tables to which they belonged then, or in those to which they belong at the later position. So an event that another
 * one takes back is named too, if something else changed the same cell; one that changed only what is in no table is not.
 */
public final class Differences {
    /** Events that one answer may name. */
    public static final int MAX_EVENTS = 100_000;

    /** Comparisons at a time; more would only take the processors from each other. */
    private static final int MAX_COMPARISONS = 2;

    private final FiguresSource figures;
    private final EntrySequence entries;
    private final AgreementsTable agreements;
    private final int maxEvents;
    private final EventTypes types = EventTypes.current();
    private final Semaphore comparisons = new Semaphore(MAX_COMPARISONS);

    public Differences(FiguresSource figures, EntrySequence entries, AgreementsTable agreements) {
        this(figures, entries, agreements, MAX_EVENTS);
    }

    Differences(FiguresSource figures, EntrySequence entries, AgreementsTable agreements, int maxEvents) {
        this.figures = figures;
        this.entries = entries;
        this.agreements = agreements;
        this.maxEvents = maxEvents;
    }

    /** More events explain the difference than one answer may name. */
    public static final class TooManyEvents extends RuntimeException {
        TooManyEvents() {
            super("too many events", null, false, false);
        }
    }

    /**
     * Compares two positions. It reads the entries from the earlier of the two to the newest once, and those between the two
     * once more; memory depends on the figures and on what differs.
     *
     * @param was         a position, -1 for the empty ledger
     * @param now         the same; where it is the earlier one, the same cells are told the other way round
     * @param last        last month that is compared, the last of a quarter; null for the last quarter with requests
     * @param withheldWas months that the one side does not show, which are not compared
     * @param withheldNow the same of the other side
     * @throws RuntimeException           the totals have not come so far
     * @throws TooManyEvents              too many events explain it
     */
    public Difference between(
            long was,
            long now,
            @Nullable YearMonth last,
            Predicate<YearMonth> withheldWas,
            Predicate<YearMonth> withheldNow) {
        Compared compared = compare(was, now, last, withheldWas.or(withheldNow), true);
        boolean isTurned = was > now;
        return new Difference(
                was,
                now,
                Stream.concat(
                                compared.cells().stream().map(cell -> cell.changed(isTurned)),
                                compared.agreed().stream().flatMap(agreed -> agreed.changed(isTurned).stream()))
                        .toList(),
                compared.events());
    }

    /**
     * The same cells, each with why it changed, in plain English; however many events there are, and without naming them.
     *
     * @param was at most {@code now}
     */
    List<Caused> causes(
            long was, long now, YearMonth last, Predicate<YearMonth> withheldWas, Predicate<YearMonth> withheldNow) {
        Compared compared = compare(was, now, last, withheldWas.or(withheldNow), false);
        return compared.cells().stream()
                .map(cell -> new Caused(
                        cell.sheet,
                        cell.row.key(),
                        cell.column,
                        (Long) cell.before,
                        (Long) cell.after,
                        List.copyOf(cell.causes)))
                .toList();
    }

    /** Cells of the table of agreements that are not the same at two positions. */
    Set<AgreementCell> agreements(long was, long now, Quarter quarter) {
        return new AgreementCells(quarter, agreements.at(was), agreements.at(now)).changed();
    }

    /** @param causes without repeats, in the order of the events */
    record Caused(
            FigureSheet sheet,
            FiguresTable.Key row,
            String column,
            @Nullable Long was,
            @Nullable Long now,
            List<String> causes) {}

    /** @param agreed none where nothing was compared, since neither side has a request */
    private record Compared(List<Cell> cells, Optional<AgreementCells> agreed, List<ExplainingEvent> events) {}

    private Compared compare(
            long was, long now, @Nullable YearMonth last, Predicate<YearMonth> withheld, boolean isListing) {
        comparisons.acquireUninterruptibly();
        try {
            return compared(Math.min(was, now), Math.max(was, now), last, withheld, isListing);
        } finally {
            comparisons.release();
        }
    }

    private Compared compared(
            long earlier, long later, @Nullable YearMonth last, Predicate<YearMonth> withheld, boolean isListing) {
        Totals after = figures.back(figures.current(), later);
        Totals before = figures.back(new FiguresSource.Current(after, later), earlier);
        YearMonth end = last == null ? lastMonth(before, after) : last;
        if (end == null) {
            return new Compared(List.of(), Optional.empty(), List.of());
        }
        List<Cell> cells = cells(before, after, end, withheld);
        AgreementCells agreed = new AgreementCells(Quarter.of(end), agreements.at(earlier), agreements.at(later));
        boolean isSame = cells.isEmpty() && (agreed.isEmpty() || !isListing);
        List<ExplainingEvent> events = isSame
                ? List.of()
                : explain(new Explanation(cells, before, after, isListing), agreed, earlier + 1, later, isListing);
        return new Compared(cells, Optional.of(agreed), events);
    }

    /** The end of the last quarter that has requests on either side; null where none has. */
    private static @Nullable YearMonth lastMonth(Totals before, Totals after) {
        return Stream.of(before, after)
                .flatMap(totals -> totals.months().entrySet().stream())
                .filter(month -> month.getValue().hasRequests())
                .map(month -> Quarter.of(month.getKey().month()).last())
                .max(YearMonth::compareTo)
                .orElse(null);
    }

    /** A cell that differs, and what it is made of. */
    private static final class Cell {
        private final FigureSheet sheet;
        private final FiguresTable.Row row;
        private final String column;
        private final List<Delta.Key> months;
        private final List<Measure> measures;
        private final @Nullable Object before;
        private final @Nullable Object after;
        private final List<Long> events = new ArrayList<>();
        private final Set<String> causes = new LinkedHashSet<>();

        /** @param months that it is the sum of */
        Cell(
                FigureSheet sheet,
                FiguresTable.Row row,
                List<Delta.Key> months,
                Column column,
                @Nullable Object before,
                @Nullable Object after) {
            this.sheet = sheet;
            this.row = row;
            this.column = column.name();
            this.months = months;
            this.measures = measures(column);
            this.before = before;
            this.after = after;
        }

        /** A number of people is not stated as soon as one request does not state it. */
        private static List<Measure> measures(Column column) {
            Measure shown = Measure.ofColumn(column.name());
            return column.kind() == Column.Kind.PEOPLE
                    ? List.of(shown, Measure.valueOf(shown.name().replace("INDIVIDUALS_", "NOT_STATED_")))
                    : List.of(shown);
        }

        boolean isIn(Totals totals) {
            Category category = totals.categories().get(row.organisation());
            return category != null && sheet.holds(category);
        }

        /** What an event takes from one month and adds to another of the same period is nothing to the period. */
        boolean isChangedBy(List<Delta.Row> rows) {
            for (Measure measure : measures) {
                long amount = 0;
                for (Delta.Row added : rows) {
                    amount += months.contains(added.key()) ? added.tally().get(measure) : 0;
                }
                if (amount != 0) {
                    return true;
                }
            }
            return false;
        }

        ChangedCell changed(boolean isTurned) {
            return new ChangedCell(
                    sheet.table(),
                    List.of(row.period().toString(), row.organisation().value()),
                    row.period().label(),
                    column,
                    isTurned ? after : before,
                    isTurned ? before : after,
                    events);
        }
    }

    private static List<Cell> cells(Totals before, Totals after, YearMonth last, Predicate<YearMonth> withheld) {
        List<Cell> cells = new ArrayList<>();
        for (FigureSheet sheet : FigureSheet.values()) {
            Shown then = Shown.of(sheet, before, last, withheld);
            Shown later = Shown.of(sheet, after, last, withheld);
            Map<FiguresTable.Key, FiguresTable.Row> rows = new TreeMap<>(then.rows());
            rows.putAll(later.rows());
            rows.forEach((key, row) -> {
                List<Delta.Key> months = months(row, last, withheld);
                later.columns().forEach((index, column) -> {
                    Object was = then.cell(key, index);
                    Object now = later.cell(key, index);
                    if (!Objects.equals(was, now)) {
                        cells.add(new Cell(sheet, row, months, column, was, now));
                    }
                });
            });
        }
        return cells;
    }

    private static List<Delta.Key> months(FiguresTable.Row row, YearMonth last, Predicate<YearMonth> withheld) {
        return row.period()
                .months()
                .filter(month -> !month.isAfter(last) && !withheld.test(month))
                .map(month -> new Delta.Key(month, row.organisation()))
                .toList();
    }

    /**
     * A table as it is published, to the cell.
     *
     * @param columns those of numbers, by index
     */
    private record Shown(
            Map<Integer, Column> columns,
            Map<FiguresTable.Key, FiguresTable.Row> rows,
            Map<FiguresTable.Key, List<@Nullable Object>> cells) {
        static Shown of(FigureSheet sheet, Totals totals, YearMonth last, Predicate<YearMonth> withheld) {
            FiguresTable figures = sheet.figures(totals, last, withheld);
            Table table = sheet.table(figures, Set.of());
            Map<Integer, Column> columns = new LinkedHashMap<>();
            for (int i = 0; i < table.columns().size(); i++) {
                if (isNumber(table.columns().get(i))) {
                    columns.put(i, table.columns().get(i));
                }
            }
            Map<FiguresTable.Key, FiguresTable.Row> rows = new HashMap<>();
            Map<FiguresTable.Key, List<@Nullable Object>> cells = new HashMap<>();
            for (int i = 0; i < figures.rows().size(); i++) {
                FiguresTable.Row row = figures.rows().get(i);
                FiguresTable.Key key = row.key();
                rows.put(key, row);
                cells.put(key, table.rows().get(i));
            }
            return new Shown(columns, rows, cells);
        }

        private static boolean isNumber(Column column) {
            return switch (column.kind()) {
                case TEXT, CODE, DATE -> false;
                case REQUESTS, PEOPLE, COUNT -> true;
            };
        }

        /** A row that is not there says that nothing was asked. */
        @Nullable
        Object cell(FiguresTable.Key key, int index) {
            List<@Nullable Object> row = cells.get(key);
            return row == null ? Long.valueOf(0) : row.get(index);
        }
    }

    private List<ExplainingEvent> explain(
            Explanation explanation, AgreementCells agreed, long first, long last, boolean isListing) {
        List<ExplainingEvent> events = new ArrayList<>();
        entries.read(first, last, entry -> {
            Object event = entry.leaf().event(types);
            // both are to take note of it
            boolean isOfFigures = explanation.isExplainedBy(entry, event);
            boolean isOfAgreements = agreed.isExplainedBy(entry, event);
            if (isListing && (isOfFigures || isOfAgreements)) {
                events.add(ExplainingEvent.of(entry, event));
            }
            return events.size() <= maxEvents;
        });
        if (events.size() > maxEvents) {
            throw new TooManyEvents();
        }
        return events;
    }

    /** Goes from the earlier position to the later one, event by event, with the totals and categories of the moment. */
    private static final class Explanation {
        private final Map<Delta.Key, List<Cell>> cellsOfMonth = new HashMap<>();
        private final Map<OrganisationCode, List<Cell>> cellsOfOrganisation = new HashMap<>();
        private final Totals moment = new Totals();
        private final Totals after;
        private final boolean isListing;

        Explanation(List<Cell> cells, Totals before, Totals after, boolean isListing) {
            this.isListing = isListing;
            before.months().forEach(moment::add);
            before.categories().forEach(moment::put);
            this.after = after;
            for (Cell cell : cells) {
                cellsOfOrganisation
                        .computeIfAbsent(cell.row.organisation(), absent -> new ArrayList<>())
                        .add(cell);
                cell.months.forEach(month -> cellsOfMonth
                        .computeIfAbsent(month, absent -> new ArrayList<>())
                        .add(cell));
            }
        }

        /** Notes the entry with the cells that it explains, and folds it in. */
        boolean isExplainedBy(Entry entry, Object event) {
            Set<Cell> explained = new HashSet<>();
            if (event instanceof OrganisationEvent.Changed changed) {
                addMoved(changed, explained);
            } else {
                addCounted(Delta.of(event), explained);
            }
            moment.add(event);
            for (Cell cell : explained) {
                if (isListing) {
                    cell.events.add(entry.position());
                } else {
                    cell.causes.add(ExplainingEvent.causeOf(event));
                }
            }
            return !explained.isEmpty();
        }

        /** Cells whose table the organisation enters or leaves, where it has something to take along. */
        private void addMoved(OrganisationEvent.Changed changed, Set<Cell> explained) {
            for (Cell cell : cellsOfOrganisation.getOrDefault(changed.code(), List.of())) {
                boolean isMoved = cell.sheet.holds(changed.was().category())
                        != cell.sheet.holds(changed.now().category());
                if (isMoved && cell.isChangedBy(rowsOf(cell))) {
                    explained.add(cell);
                }
            }
        }

        private List<Delta.Row> rowsOf(Cell cell) {
            List<Delta.Row> rows = new ArrayList<>();
            for (Delta.Key month : cell.months) {
                Tally tally = moment.months().get(month);
                if (tally != null) {
                    rows.add(new Delta.Row(month, tally));
                }
            }
            return rows;
        }

        private void addCounted(Delta delta, Set<Cell> explained) {
            for (Delta.Row row : delta.rows()) {
                for (Cell cell : cellsOfMonth.getOrDefault(row.key(), List.of())) {
                    if ((cell.isIn(moment) || cell.isIn(after)) && cell.isChangedBy(delta.rows())) {
                        explained.add(cell);
                    }
                }
            }
        }
    }
}
