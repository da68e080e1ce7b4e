package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
import org.pupilledger.comparison.GrowingRows;
import org.pupilledger.editions.AgreementsTable.AgreementCell;
import org.pupilledger.entries.EntrySequence;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionRules;
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

    private static final String OTHER_RULES = "counted by other rules";

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
     * @param withheldWas months of whole quarters that the one side does not show, which are not compared
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
        Side one = new Side(was, EditionRules.NEWEST);
        Side other = new Side(now, EditionRules.NEWEST);
        Predicate<YearMonth> withheld = withheldWas.or(withheldNow);
        Compared compared =
                was <= now ? compare(one, other, last, withheld, true) : compare(other, one, last, withheld, true);
        Stream<Comparison.Cell> cells = compared.cells().stream()
                .map(cell -> Comparison.Cell.of(cell.sheet().table(), cell.change(), null, cell.events()));
        Comparison told = new Comparison(
                Math.min(was, now),
                Math.max(was, now),
                Stream.concat(cells, compared.agreed().stream().flatMap(AgreementCells::told))
                        .toList(),
                compared.events());
        return was > now ? told.turned() : told;
    }

    /**
     * What is compared: the entries up to a position by some rules.
     *
     * @param position -1 for the empty ledger
     */
    record Side(long position, EditionRules rules) {}

    /**
     * The same cells, each with why it changed, in plain English; however many events there are, and without naming them.
     * What no event explains is counted by other rules.
     *
     * @param was of a position that is not after that of {@code now}
     */
    List<Cell> causes(
            Side was, Side now, YearMonth last, Predicate<YearMonth> withheldWas, Predicate<YearMonth> withheldNow) {
        List<Cell> cells =
                compare(was, now, last, withheldWas.or(withheldNow), false).cells();
        cells.stream()
                .filter(cell -> cell.causes().isEmpty())
                .forEach(cell -> cell.causes().add(OTHER_RULES));
        return cells;
    }

    /** Cells of the table of agreements that are not the same at two positions, of the columns that the first side has. */
    Set<AgreementCell> agreements(Side was, Side now, Quarter quarter) {
        return new AgreementCells(quarter, agreements.at(was.position()), agreements.at(now.position()), was.rules())
                .changed();
    }

    /**
     * A cell that differs.
     *
     * @param events that explain it, by position, where they are named
     * @param causes why it changed, where they are not, without repeats and in the order of the events
     * @param kinds  in what ways, likewise
     */
    record Cell(FigureSheet sheet, Change change, List<Long> events, Set<String> causes, Set<ChangeKind> kinds) {}

    /** @param agreed none where nothing was compared, since neither side has a request */
    private record Compared(List<Cell> cells, Optional<AgreementCells> agreed, List<ExplainingEvent> events) {}

    private Compared compare(
            Side was, Side now, @Nullable YearMonth last, Predicate<YearMonth> withheld, boolean isListing) {
        comparisons.acquireUninterruptibly();
        try {
            return compared(was, now, last, withheld, isListing);
        } finally {
            comparisons.release();
        }
    }

    private Compared compared(
            Side earlier, Side later, @Nullable YearMonth last, Predicate<YearMonth> withheld, boolean isListing) {
        Totals after = figures.at(figures.current(), later.position(), later.rules());
        FiguresSource.Current then = new FiguresSource.Current(after, later.position());
        Totals start = figures.at(then, earlier.position(), later.rules());
        Totals before =
                earlier.rules() == later.rules() ? start : figures.at(then, earlier.position(), earlier.rules());
        YearMonth end = last == null ? lastMonth(before, after) : last;
        if (end == null) {
            return new Compared(List.of(), Optional.empty(), List.of());
        }
        List<Cell> cells = new ArrayList<>();
        GrowingRows<Cell> rows = new GrowingRows<>(later.rules());
        for (FigureSheet sheet : FigureSheet.of(earlier.rules())) {
            cells.addAll(rows.add(
                    sheet.cells(before, end, withheld, FigureCells::numbers)
                            .changes(sheet.cells(after, end, withheld, FigureCells::numbers)),
                    start,
                    sheet.isRolledUp(),
                    (row, totals) -> {
                        boolean isRecorded = sheet.isRecorded(totals, row);
                        return column -> new Amounts(
                                isRecorded,
                                amounts(sheet, row, totals, column, totals.placements(), after.placements()));
                    },
                    change -> new Cell(
                            sheet,
                            change,
                            new ArrayList<>(),
                            new LinkedHashSet<>(),
                            EnumSet.noneOf(ChangeKind.class))));
        }
        AgreementCells agreed = new AgreementCells(
                Quarter.of(end), agreements.at(earlier.position()), agreements.at(later.position()), earlier.rules());
        boolean isSame = cells.isEmpty() && (agreed.isEmpty() || !isListing);
        List<ExplainingEvent> events =
                isSame ? List.of() : explain(rows, agreed, earlier.position() + 1, later.position(), isListing);
        return new Compared(cells, Optional.of(agreed), events);
    }

    /** The end of the last quarter that has requests on either side; null where none has. */
    private static @Nullable YearMonth lastMonth(Totals before, Totals after) {
        return Stream.of(before, after)
                .flatMap(totals -> totals.months().entrySet().stream())
                .filter(month -> month.getValue().hasRequests())
                .map(month -> Quarter.of(month.getKey().period().to()).last())
                .max(YearMonth::compareTo)
                .orElse(null);
    }

    /** What a cell is made of: without the whole record, it shows no number. */
    private record Amounts(boolean isRecorded, List<Long> amounts) {}

    /** What an event takes from one month and adds to another of the same period is nothing to the period. */
    private static List<Long> amounts(
            FigureSheet sheet, FiguresTable.Key row, Totals totals, String column, Placements... placements) {
        return Measure.behind(column, totals.rules()).stream()
                .flatMap(measure -> Arrays.stream(placements)
                        .map(placed -> totals.months().entrySet().stream()
                                .filter(part -> sheet.isIn(row.period(), part.getKey()))
                                .filter(part -> sheet.row(placed, part.getKey().organisation())
                                        .filter(row.organisation()::equals)
                                        .isPresent())
                                .mapToLong(part -> part.getKey()
                                        .in(row.period(), part.getValue())
                                        .get(measure))
                                .sum()))
                .toList();
    }

    private List<ExplainingEvent> explain(
            GrowingRows<Cell> rows, AgreementCells agreed, long first, long last, boolean isListing) {
        List<ExplainingEvent> events = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        entries.read(first, last, entry -> {
            Object event = entry.leaf().event(types);
            if (entry.leaf().sequence() == 0) {
                begun.add(entry.leaf().aggregateId());
            }
            boolean isBegun = begun.contains(entry.leaf().aggregateId());
            // both are to take note of it
            boolean isOfFigures = rows.add(event, (cell, amounts) -> {
                if (isListing) {
                    cell.events().add(entry.position());
                } else {
                    cell.causes().add(ExplainingEvent.causeOf(event));
                    cell.kinds().add(ChangeKind.of(event, isBegun, cell.change().now() == null));
                }
            });
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
}
