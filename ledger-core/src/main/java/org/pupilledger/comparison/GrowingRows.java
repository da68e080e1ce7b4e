package org.pupilledger.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;

/**
 * Rows of figures in which two sides differ, as they grow entry by entry. An event explains the cells that read otherwise
 * after it; what a cell reads is what whoever compares wants to have explained.
 *
 * @param <C> a cell that differs
 */
public final class GrowingRows<C> {
    private final Map<OrganisationCode, List<Row<C>>> rows = new HashMap<>();

    /** One row, with the totals of its own months and organisation. */
    private static final class Row<C> {
        private final FiguresTable.Key key;
        private final Function<Totals, Function<String, Object>> reader;
        private final Totals totals = new Totals();
        private final Function<String, Object> start;
        private final List<Cell<C>> cells = new ArrayList<>();

        Row(FiguresTable.Key key, Totals start, Function<Totals, Function<String, Object>> reader) {
            this.key = key;
            this.reader = reader;
            Category category = start.categories().get(key.organisation());
            if (category != null) {
                totals.put(key.organisation(), category);
            }
            start.months().forEach((part, tally) -> {
                if (isPart(part)) {
                    totals.add(part, tally);
                }
            });
            start.coverage().only(key.organisation()::equals).forEach(totals.coverage()::add);
            this.start = reader.apply(totals);
        }

        private boolean isPart(Delta.Key part) {
            return part.organisation().equals(key.organisation())
                    && part.period().overlaps(key.period());
        }

        boolean add(Object event, BiConsumer<C, Object> explained) {
            if (event instanceof OrganisationEvent || event instanceof CoverageEvent) {
                totals.add(event);
            } else {
                Delta.of(event).rows().stream()
                        .filter(row -> isPart(row.key()))
                        .forEach(row -> totals.add(row.key(), row.tally()));
            }
            Function<String, Object> now = reader.apply(totals);
            boolean isExplaining = false;
            for (Cell<C> cell : cells) {
                Object value = now.apply(cell.column);
                if (!value.equals(cell.value)) {
                    cell.value = value;
                    explained.accept(cell.cell, value);
                    isExplaining = true;
                }
            }
            return isExplaining;
        }
    }

    private static final class Cell<C> {
        private final String column;
        private final C cell;
        private Object value;

        Cell(String column, C cell, Object value) {
            this.column = column;
            this.cell = cell;
            this.value = value;
        }
    }

    /**
     * Adds the cells of one table that differ.
     *
     * @param start  what is counted before the first event
     * @param reader what a row reads in a column, where totals are those of its months and organisation
     * @param made   what is told of a cell when an event explains it
     * @return the cells, in the order of the changes
     */
    public List<C> add(
            List<FigureCells.Change> changes,
            Totals start,
            BiFunction<FiguresTable.Key, Totals, Function<String, Object>> reader,
            Function<FigureCells.Change, C> made) {
        Map<FiguresTable.Key, Row<C>> differing = new LinkedHashMap<>();
        List<C> cells = new ArrayList<>();
        for (FigureCells.Change change : changes) {
            C cell = made.apply(change);
            cells.add(cell);
            Row<C> row = differing.computeIfAbsent(
                    change.row(), key -> new Row<>(key, start, totals -> reader.apply(key, totals)));
            row.cells.add(new Cell<>(change.column(), cell, row.start.apply(change.column())));
        }
        differing.forEach((key, row) -> rows.computeIfAbsent(key.organisation(), absent -> new ArrayList<>())
                .add(row));
        return cells;
    }

    /**
     * Folds the next event in.
     *
     * @param explained takes each cell that the event explains, and what it reads now
     * @return whether there is any
     */
    public boolean add(Object event, BiConsumer<C, Object> explained) {
        Set<OrganisationCode> organisations = switch (event) {
            case OrganisationEvent organisation -> Set.of(organisation.code());
            case CoverageEvent covered -> Set.of(covered.declaration().months().organisation());
            default ->
                Delta.of(event).rows().stream()
                        .map(row -> row.key().organisation())
                        .collect(Collectors.toSet());
        };
        boolean isExplaining = false;
        for (OrganisationCode organisation : organisations) {
            for (Row<C> row : rows.getOrDefault(organisation, List.of())) {
                isExplaining |= row.add(event, explained);
            }
        }
        return isExplaining;
    }
}
