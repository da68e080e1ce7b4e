package org.pupilledger.comparison;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;

/**
 * Compares figures that somebody has with what the entries give, and then, as all entries are added in their order, finds the
 * events that explain each difference: those that changed the cell between the position at which the ledger gave the
 * other value and the one that it is compared with.
 */
public final class GivenComparison {
    /** The position at which no row is there. */
    private static final Long BEFORE_ALL = -1L;

    private final long end;
    private final List<Row> rows = new ArrayList<>();
    private final Map<OrganisationCode, List<Row>> rowsOf = new HashMap<>();
    private final SortedMap<Long, ExplainingEvent> events = new TreeMap<>();

    /**
     * Figures that somebody has.
     *
     * @param name  of the table
     * @param rows  cells as CSV has them, by column
     * @param maker makes the same table from totals
     */
    public record Given(
            String name,
            Map<FiguresTable.Key, Map<String, @Nullable Object>> rows,
            Function<Totals, FigureCells> maker) {}

    /**
     * @param totals what the entries give
     * @param end    position of the newest of those entries, -1 where there is none
     */
    public GivenComparison(List<Given> given, Totals totals, long end) {
        this.end = end;
        for (Given table : given) {
            FigureCells nothing = table.maker().apply(new Totals());
            Map<FiguresTable.Key, Row> differing = new TreeMap<>();
            new FigureCells(table.rows(), nothing.nothing())
                    .changes(table.maker().apply(totals))
                    .forEach(change -> differing
                            .computeIfAbsent(change.row(), key -> new Row(table, key))
                            .cells
                            .add(new Cell(change, nothing.nothing())));
            rows.addAll(differing.values());
        }
        rows.forEach(row -> rowsOf.computeIfAbsent(row.key.organisation(), absent -> new ArrayList<>())
                .add(row));
    }

    /** Whether nothing differs, so that there is nothing to explain. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** A row in which something differs, as it grows entry by entry. */
    private static final class Row {
        private final Given given;
        private final FiguresTable.Key key;
        private final Totals totals = new Totals();
        private final List<Cell> cells = new ArrayList<>();

        Row(Given given, FiguresTable.Key key) {
            this.given = given;
            this.key = key;
        }

        /** Folds in what is of this row; false where nothing is. */
        boolean add(Object event) {
            if (event instanceof OrganisationEvent organisation) {
                totals.add(event);
                return code(organisation).equals(key.organisation());
            }
            boolean isOfRow = false;
            for (Delta.Row row : Delta.of(event).rows()) {
                if (row.key().organisation().equals(key.organisation())
                        && key.period().contains(row.key().month())) {
                    totals.add(row.key(), row.tally());
                    isOfRow = true;
                }
            }
            return isOfRow;
        }

        private static OrganisationCode code(OrganisationEvent event) {
            return switch (event) {
                case OrganisationEvent.Registered registered -> registered.code();
                case OrganisationEvent.Changed changed -> changed.code();
                case OrganisationEvent.ChangeProposed change -> change.code();
            };
        }
    }

    /** A cell that differs. */
    private static final class Cell {
        private final Change change;
        private Object now;
        private @Nullable Long shownAt;
        private boolean isAfter;
        private List<Long> events = new ArrayList<>();
        private final List<Long> since = new ArrayList<>();

        Cell(Change change, Map<String, @Nullable Object> nothing) {
            this.change = change;
            this.now = textOf(nothing, change.column());
            this.shownAt = now.equals(change.was()) ? BEFORE_ALL : null;
        }

        static Object textOf(Map<String, @Nullable Object> row, String column) {
            return Objects.requireNonNullElse(row.get(column), "");
        }

        void take(Object value, long position, long end) {
            if (value.equals(now)) {
                return;
            }
            now = value;
            if (position <= end) {
                since.add(position);
                if (value.equals(change.was())) {
                    shownAt = position;
                    since.clear();
                }
            } else if (shownAt == null && !isAfter) {
                events.add(position);
                if (value.equals(change.was())) {
                    shownAt = position;
                    isAfter = true;
                }
            }
        }

        /** Ends with the events that explain it: none where the ledger never gave the value. */
        void finish() {
            if (shownAt == null) {
                events = List.of();
            } else if (!isAfter) {
                events = List.copyOf(since);
            }
        }

        Comparison.Cell told(Row row) {
            return new Comparison.Cell(
                    row.given.name(),
                    row.key.period(),
                    row.key.organisation(),
                    null,
                    change.column(),
                    change.was(),
                    change.now(),
                    shownAt,
                    events);
        }
    }

    /**
     * Takes note of the next entry, from the first on.
     *
     * @throws TooMuch too many explain it
     */
    public void add(Entry entry, Object event) {
        boolean isNoted = false;
        for (Row row : concerned(event)) {
            if (row.add(event)) {
                Map<String, @Nullable Object> now =
                        row.given.maker().apply(row.totals).row(row.key);
                row.cells.forEach(cell -> cell.take(Cell.textOf(now, cell.change.column()), entry.position(), end));
                isNoted = true;
            }
        }
        if (isNoted) {
            events.put(entry.position(), ExplainingEvent.of(entry, event));
            if (events.size() > Comparison.MAX_EVENTS) {
                forgetOthers(false);
                if (events.size() > Comparison.MAX_EVENTS / 2) {
                    throw Comparison.tooManyEvents("compare", "fewer months or organisations");
                }
            }
        }
    }

    private Set<Row> concerned(Object event) {
        if (event instanceof OrganisationEvent) {
            return Set.copyOf(rows);
        }
        Set<Row> concerned = new HashSet<>();
        for (Delta.Row row : Delta.of(event).rows()) {
            concerned.addAll(rowsOf.getOrDefault(row.key().organisation(), List.of()));
        }
        return concerned;
    }

    private void forgetOthers(boolean isFinished) {
        Set<Long> named = new HashSet<>();
        for (Row row : rows) {
            for (Cell cell : row.cells) {
                named.addAll(cell.events);
                if (!isFinished) {
                    named.addAll(cell.since);
                }
            }
        }
        events.keySet().retainAll(named);
    }

    /** What differs, once all entries were added. */
    public Comparison finish() {
        rows.forEach(row -> row.cells.forEach(Cell::finish));
        forgetOthers(true);
        return new Comparison(
                null,
                end < 0 ? null : end,
                rows.stream()
                        .flatMap(row -> row.cells.stream().map(cell -> cell.told(row)))
                        .toList(),
                List.copyOf(events.values()));
    }
}
