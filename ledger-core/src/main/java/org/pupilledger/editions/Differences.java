package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ExplainingEvent;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.comparison.FigureCells.Change;
import org.pupilledger.editions.AgreementsTable.AgreementCell;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.Quarter;
import org.pupilledger.schema.EventTypes;

/**
 * Says which cells of the published tables differ between two positions, and which events explain it: all of them, and
 * no other.
 *
 * <p>An event explains a cell where folding it in changes an amount that the cell shows, with the organisations in the
 * tables to which they belonged then, or in those to which they belong at the later position. So an event that another
 * one takes back is named too, if something else changed the same cell; one that changed only what is in no table is not.
 */
public final class Differences {
    /** Comparisons at a time; more would only take the processors from each other. */
    private static final int MAX_COMPARISONS = 2;

    private final FiguresSource figures;
    private final EntrySequence entries;
    private final AgreementsTable agreements;
    private final int maxEvents;
    private final EventTypes types = EventTypes.current();
    private final Semaphore comparisons = new Semaphore(MAX_COMPARISONS);

    public Differences(FiguresSource figures, EntrySequence entries, AgreementsTable agreements) {
        this(figures, entries, agreements, Comparison.MAX_EVENTS);
    }

    Differences(FiguresSource figures, EntrySequence entries, AgreementsTable agreements, int maxEvents) {
        this.figures = figures;
        this.entries = entries;
        this.agreements = agreements;
        this.maxEvents = maxEvents;
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
     * @throws IllegalArgumentException the totals have not come so far
     * @throws TooMuch too many events explain it
     */
    public Comparison between(
            long was,
            long now,
            @Nullable YearMonth last,
            Predicate<YearMonth> withheldWas,
            Predicate<YearMonth> withheldNow) {
        Compared compared = compare(was, now, last, withheldWas.or(withheldNow), true);
        boolean isTurned = was > now;
        return new Comparison(
                was,
                now,
                Stream.concat(
                                compared.cells().stream().map(cell -> cell.told(isTurned)),
                                compared.agreed().stream().flatMap(agreed -> agreed.told(isTurned)))
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
        return compare(was, now, last, withheldWas.or(withheldNow), false).cells().stream()
                .map(cell -> new Caused(cell.sheet, cell.change, List.copyOf(cell.causes)))
                .toList();
    }

    /** Cells of the table of agreements that are not the same at two positions. */
    Set<AgreementCell> agreements(long was, long now, Quarter quarter) {
        return new AgreementCells(quarter, agreements.at(was), agreements.at(now)).changed();
    }

    /** @param causes without repeats, in the order of the events */
    record Caused(FigureSheet sheet, Change change, List<String> causes) {}

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

    private static List<Cell> cells(Totals before, Totals after, YearMonth last, Predicate<YearMonth> withheld) {
        List<Cell> cells = new ArrayList<>();
        for (FigureSheet sheet : FigureSheet.values()) {
            FigureCells now = sheet.cells(after, last, withheld, FigureCells::numbers);
            for (Change change :
                    sheet.cells(before, last, withheld, FigureCells::numbers).changes(now)) {
                List<Delta.Key> months = change.row()
                        .period()
                        .months()
                        .filter(month -> !month.isAfter(last) && !withheld.test(month))
                        .map(month -> new Delta.Key(month, change.row().organisation()))
                        .toList();
                cells.add(new Cell(sheet, change, months));
            }
        }
        return cells;
    }

    /** A cell that differs, and what it is made of. */
    private static final class Cell {
        private final FigureSheet sheet;
        private final Change change;
        private final List<Delta.Key> months;
        private final List<Measure> measures;
        private final List<Long> events = new ArrayList<>();
        private final Set<String> causes = new LinkedHashSet<>();

        /** @param months that it is the sum of */
        Cell(FigureSheet sheet, Change change, List<Delta.Key> months) {
            this.sheet = sheet;
            this.change = change;
            this.months = months;
            this.measures = Measure.behind(change.column());
        }

        boolean isIn(Totals totals) {
            Category category = totals.categories().get(change.row().organisation());
            return category != null && sheet.holds(category);
        }

        /** What an event takes from one month and adds to another of the same period is nothing to the period. */
        boolean isChangedBy(List<Delta.Row> rows) {
            return measures.stream()
                    .anyMatch(measure -> rows.stream()
                                    .filter(row -> months.contains(row.key()))
                                    .mapToLong(row -> row.tally().get(measure))
                                    .sum()
                            != 0);
        }

        Comparison.Cell told(boolean isTurned) {
            return new Comparison.Cell(
                    sheet.table(),
                    change.row().period(),
                    change.row().organisation(),
                    null,
                    change.column(),
                    isTurned ? change.now() : change.was(),
                    isTurned ? change.was() : change.now(),
                    null,
                    events);
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
            throw Comparison.tooManyEvents("now", "fewer months, or for positions that are closer");
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
                        .computeIfAbsent(cell.change.row().organisation(), absent -> new ArrayList<>())
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
