package org.pupilledger.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.FigureColumns;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/**
 * The cells of a table of figures that are compared.
 *
 * @param rows    cells by column, in the order of the columns
 * @param nothing what a row that is not there says: that nothing was asked
 * @param absent  how a cell of it is told: null where the table tells what is not recorded apart from none
 */
public record FigureCells(
        Map<FiguresTable.Key, Map<String, @Nullable Object>> rows,
        Map<String, @Nullable Object> nothing,
        @Nullable Object absent) {
    /** A cell that two sides show differently. */
    public record Change(
            FiguresTable.Key row,
            String column,
            @Nullable Object was,
            @Nullable Object now) {}

    /** The numbers, as they are. */
    public static FigureCells numbers(FiguresTable figures, Table table) {
        return of(figures, table, column -> column.kind().isNumber(), cell -> cell, 0L);
    }

    /** All of them as CSV has them, without the status, which also tells of what was published before. */
    public static FigureCells texts(FiguresTable figures, Table table) {
        return of(
                figures,
                table,
                column -> !column.name().equals(StatusColumn.NAME),
                cell -> Objects.toString(cell, ""),
                "0");
    }

    private static FigureCells of(
            FiguresTable figures,
            Table table,
            Predicate<Column> isCompared,
            Function<@Nullable Object, @Nullable Object> value,
            Object zero) {
        Map<FiguresTable.Key, Map<String, @Nullable Object>> rows = new TreeMap<>();
        for (int i = 0; i < figures.rows().size(); i++) {
            List<@Nullable Object> row = table.rows().get(i);
            Map<String, @Nullable Object> cells = new LinkedHashMap<>();
            for (int j = 0; j < row.size(); j++) {
                if (isCompared.test(table.columns().get(j))) {
                    cells.put(table.columns().get(j).name(), value.apply(row.get(j)));
                }
            }
            rows.put(figures.rows().get(i).key(), cells);
        }
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        table.columns().stream()
                .filter(column -> column.kind().isNumber())
                .forEach(column -> nothing.put(column.name(), zero));
        boolean isTold = zero instanceof Long && table.columns().stream().anyMatch(FigureColumns.COVERAGE::equals);
        return new FigureCells(rows, nothing, isTold ? null : zero);
    }

    public Map<String, @Nullable Object> row(FiguresTable.Key key) {
        return rows.getOrDefault(key, nothing);
    }

    /** What another side shows differently, of the cells that both have; by row, in the order of the columns. */
    public List<Change> changes(FigureCells other) {
        Set<FiguresTable.Key> keys = new TreeSet<>(rows.keySet());
        keys.addAll(other.rows.keySet());
        List<Change> changes = new ArrayList<>();
        for (FiguresTable.Key key : keys) {
            Map<String, @Nullable Object> now = other.row(key);
            row(key).forEach((column, was) -> {
                if (now.containsKey(column) && !Objects.equals(was, now.get(column))) {
                    Object before = rows.containsKey(key) ? was : absent;
                    Object after = other.rows.containsKey(key) ? now.get(column) : other.absent;
                    if (!Objects.equals(before, after)) {
                        changes.add(new Change(key, column, before, after));
                    }
                }
            });
        }
        return changes;
    }
}
