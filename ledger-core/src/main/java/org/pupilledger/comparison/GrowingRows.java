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
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.publication.EditionRules;

/**
 * Rows of figures in which two sides differ, as they grow entry by entry. An event explains the cells that read otherwise
 * after it; what a cell reads is what whoever compares wants to have explained.
 *
 * @param <C> a cell that differs
 */
public final class GrowingRows<C> {
    private final EditionRules rules;
    private final List<Row<C>> all = new ArrayList<>();
    private final Map<OrganisationCode, List<Row<C>>> ofOne = new HashMap<>();
    private final List<Row<C>> rolledUp = new ArrayList<>();

    /** One row, with the totals of its own months and of its organisation; of all where it is rolled up. */
    private static final class Row<C> {
        private final FiguresTable.Key key;
        private final boolean isRolledUp;
        private final Function<Totals, Function<String, Object>> reader;
        private final Totals totals;
        private final Function<String, Object> start;
        private final List<Cell<C>> cells = new ArrayList<>();

        Row(FiguresTable.Key key, Totals start, boolean isRolledUp, Function<Totals, Function<String, Object>> reader) {
            this.key = key;
            this.isRolledUp = isRolledUp;
            this.reader = reader;
            this.totals = new Totals(start.rules());
            start.organisations().forEach(totals::put);
            start.months().forEach((part, tally) -> {
                if (isPart(part)) {
                    totals.add(part, tally);
                }
            });
            start.coverage().only(key.organisation()::equals).forEach(totals.coverage()::add);
            this.start = reader.apply(totals);
        }

        private boolean isPart(Delta.Key part) {
            return (isRolledUp || part.organisation().equals(key.organisation()))
                    && part.period().overlaps(key.period());
        }

        /** Whatever is above an organisation may decide in which row of which table it is counted. */
        boolean add(OrganisationEvent event, BiConsumer<C, Object> explained) {
            boolean isConcerned = isRolledUp || totals.placements().isWithin(key.organisation(), event.code());
            totals.add(event);
            return isConcerned && read(explained);
        }

        boolean add(CoverageEvent event, BiConsumer<C, Object> explained) {
            totals.add(event);
            OrganisationCode covered = event.declaration().months().organisation();
            return (isRolledUp || covered.equals(key.organisation())) && read(explained);
        }

        boolean add(Delta delta, BiConsumer<C, Object> explained) {
            List<Delta.Row> parts =
                    delta.rows().stream().filter(row -> isPart(row.key())).toList();
            parts.forEach(row -> totals.add(row.key(), row.tally()));
            return !parts.isEmpty() && read(explained);
        }

        private boolean read(BiConsumer<C, Object> explained) {
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

    /** @param rules by which events are counted */
    public GrowingRows(EditionRules rules) {
        this.rules = rules;
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
     * @param start      what is counted before the first event, by the same rules
     * @param isRolledUp whether a row counts other organisations than its own
     * @param reader     what a row reads in a column, where totals are those of its months and organisation; of all
     *                   organisations where it is rolled up
     * @param made       what is told of a cell when an event explains it
     * @return the cells, in the order of the changes
     */
    public List<C> add(
            List<FigureCells.Change> changes,
            Totals start,
            boolean isRolledUp,
            BiFunction<FiguresTable.Key, Totals, Function<String, Object>> reader,
            Function<FigureCells.Change, C> made) {
        Map<FiguresTable.Key, Row<C>> differing = new LinkedHashMap<>();
        List<C> cells = new ArrayList<>();
        for (FigureCells.Change change : changes) {
            C cell = made.apply(change);
            cells.add(cell);
            Row<C> row = differing.computeIfAbsent(
                    change.row(), key -> new Row<>(key, start, isRolledUp, totals -> reader.apply(key, totals)));
            row.cells.add(new Cell<>(change.column(), cell, row.start.apply(change.column())));
        }
        differing.forEach((key, row) -> {
            all.add(row);
            (isRolledUp ? rolledUp : ofOne.computeIfAbsent(key.organisation(), absent -> new ArrayList<>())).add(row);
        });
        return cells;
    }

    /**
     * Folds the next event in.
     *
     * @param explained takes each cell that the event explains, and what it reads now
     * @return whether there is any
     */
    public boolean add(Object event, BiConsumer<C, Object> explained) {
        boolean isExplaining = false;
        if (event instanceof OrganisationEvent organisation) {
            for (Row<C> row : all) {
                isExplaining |= row.add(organisation, explained);
            }
            return isExplaining;
        }
        if (event instanceof CoverageEvent covered) {
            for (Row<C> row : all) {
                isExplaining |= row.add(covered, explained);
            }
            return isExplaining;
        }
        Delta delta = Delta.of(event, rules);
        Set<OrganisationCode> organisations =
                delta.rows().stream().map(row -> row.key().organisation()).collect(Collectors.toSet());
        for (OrganisationCode organisation : organisations) {
            for (Row<C> row : ofOne.getOrDefault(organisation, List.of())) {
                isExplaining |= row.add(delta, explained);
            }
        }
        for (Row<C> row : rolledUp) {
            isExplaining |= row.add(delta, explained);
        }
        return isExplaining;
    }
}
