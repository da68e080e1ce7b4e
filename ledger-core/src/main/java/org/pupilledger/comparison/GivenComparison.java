package org.pupilledger.comparison;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.FigureCells.Change;
import org.pupilledger.entries.Entry;
import org.pupilledger.failure.TooMuch;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Totals;

/**
 * Compares figures that somebody has with what the entries give, and then, as all entries are added in their order, finds the
 * events that explain each difference: those that changed the cell between the position at which the ledger gave the
 * other value and the one that it is compared with.
 */
public final class GivenComparison {
    /** The position at which no row is there. */
    private static final Long BEFORE_ALL = -1L;

    private final long end;
    private final List<Cell> cells = new ArrayList<>();
    private final GrowingRows<Cell> rows;
    private final SortedMap<Long, ExplainingEvent> events = new TreeMap<>();

    /**
     * Figures that somebody has.
     *
     * @param name  of the table
     * @param rows       cells as CSV has them, by column
     * @param isRolledUp whether a row counts other organisations than its own
     * @param maker      makes the same table from totals
     */
    public record Given(
            String name,
            Map<FiguresTable.Key, Map<String, @Nullable Object>> rows,
            boolean isRolledUp,
            Function<Totals, FigureCells> maker) {}

    /**
     * @param totals what the entries give
     * @param end    position of the newest of those entries, -1 where there is none
     */
    public GivenComparison(List<Given> given, Totals totals, long end) {
        this.end = end;
        this.rows = new GrowingRows<>(totals.rules());
        for (Given table : given) {
            FigureCells nothing = table.maker().apply(new Totals(totals.rules()));
            cells.addAll(rows.add(
                    new FigureCells(table.rows(), nothing.nothing(), nothing.absent())
                            .changes(table.maker().apply(totals)),
                    new Totals(totals.rules()),
                    table.isRolledUp(),
                    (key, row) -> {
                        Map<String, @Nullable Object> texts =
                                table.maker().apply(row).row(key);
                        return column -> textOf(texts, column);
                    },
                    change -> new Cell(table.name(), change, textOf(nothing.nothing(), change.column()))));
        }
    }

    private static Object textOf(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNullElse(row.get(column), "");
    }

    /** Whether nothing differs, so that there is nothing to explain. */
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    /** A cell that differs. */
    private static final class Cell {
        private final String table;
        private final Change change;
        private @Nullable Long shownAt;
        private final List<Long> events = new ArrayList<>();

        /** @param nothing what it reads before the first entry */
        Cell(String table, Change change, Object nothing) {
            this.table = table;
            this.change = change;
            this.shownAt = nothing.equals(change.was()) ? BEFORE_ALL : null;
        }

        void take(Object value, long position, long end) {
            boolean isAfter = position > end;
            if (isAfter && shownAt != null) {
                return;
            }
            if (isAfter && !events.isEmpty() && events.getLast() <= end) {
                // those before did not lead to it
                events.clear();
            }
            events.add(position);
            if (value.equals(change.was())) {
                shownAt = position;
                if (!isAfter) {
                    events.clear();
                }
            }
        }

        Comparison.Cell told() {
            return Comparison.Cell.of(table, change, shownAt, events);
        }
    }

    /**
     * Takes note of the next entry, from the first on.
     *
     * @throws TooMuch too many explain it
     */
    public void add(Entry entry, Object event) {
        boolean isNoted = rows.add(event, (cell, value) -> cell.take(value, entry.position(), end));
        if (isNoted) {
            events.put(entry.position(), ExplainingEvent.of(entry, event));
            if (events.size() > Comparison.MAX_EVENTS) {
                forgetOthers();
                if (events.size() > Comparison.MAX_EVENTS / 2) {
                    throw Comparison.tooManyEvents("compare", "fewer months or organisations");
                }
            }
        }
    }

    private void forgetOthers() {
        Set<Long> named = new HashSet<>();
        cells.forEach(cell -> named.addAll(cell.events));
        events.keySet().retainAll(named);
    }

    /** What differs, once all entries were added. */
    public Comparison finish() {
        cells.stream().filter(cell -> cell.shownAt == null).forEach(cell -> cell.events.clear());
        forgetOthers();
        return new Comparison(
                null, end < 0 ? null : end, cells.stream().map(Cell::told).toList(), List.copyOf(events.values()));
    }
}
