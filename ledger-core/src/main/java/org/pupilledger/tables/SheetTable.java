package org.pupilledger.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column.Kind;

/**
 * What a sheet of a workbook shows of a table.
 *
 * @param rows cells as in a table; also text where a column of numbers has shorthand
 * @param keys how many columns, from the first one on, say what a row is of
 */
record SheetTable(List<Column> columns, List<List<@Nullable Object>> rows, int keys) {
    private static final String NOTHING = "There is nothing in this table.";
    private static final String CATEGORY = "category";

    private static final Set<Column> KEYS =
            Set.of(FigureColumns.PERIOD_LABEL, FigureColumns.ORGANISATION, FigureColumns.ORGANISATION_NAME);

    private static final Column MARKS = new Column("marks", "Marks", Kind.TEXT, "Shorthand of what has no cell here.");

    /** The same columns and cells. */
    static SheetTable asPublished(Table table) {
        return new SheetTable(table.columns(), table.rows(), 0);
    }

    /**
     * For people who read it on paper: no column says again what another one says in words, shorthand stands in the cell
     * that it is about, and a table without rows says so.
     */
    static SheetTable forPaper(Table table) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!isLeftOut(table, table.columns().get(i).name())) {
                kept.add(i);
            }
        }
        // what stands behind the numbers lets more of them stand on the first page
        for (Column behind : List.of(FigureColumns.COVERAGE, FigureColumns.ORGANISATION)) {
            int column = table.indexOf(behind.name());
            if (table.indexOf(FigureColumns.ORGANISATION_NAME.name()) >= 0 && kept.remove(Integer.valueOf(column))) {
                kept.add(1 + Math.max(0, kept.indexOf(lastNumber(table))), column);
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        boolean hasMarks = false;
        for (List<@Nullable Object> row : table.rows()) {
            Marks marks = Marks.of(table, row);
            List<@Nullable Object> cells = new ArrayList<>();
            for (int i : kept) {
                cells.add(marks.cell(table.columns().get(i), row.get(i)));
            }
            cells.add(marks.others());
            hasMarks |= marks.others() != null;
            rows.add(cells);
        }
        List<Column> columns =
                new ArrayList<>(kept.stream().map(table.columns()::get).toList());
        if (hasMarks) {
            columns.add(MARKS);
        } else {
            rows.forEach(List::removeLast);
        }
        if (rows.isEmpty()) {
            rows.add(List.of(NOTHING));
        }
        int keys = (int) columns.stream().takeWhile(KEYS::contains).count();
        return new SheetTable(columns, rows, Math.max(keys, 1));
    }

    private static int lastNumber(Table table) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).kind().isNumber())
                .max()
                .orElse(0);
    }

    private static boolean isLeftOut(Table table, String column) {
        return switch (column) {
            case StatusColumn.NAME -> true;
            case CATEGORY -> table.indexOf(FigureColumns.ORGANISATION.name()) >= 0;
            default ->
                Stream.of(column + "_label", column + "_labels", column.replaceAll("s$", "") + "_labels")
                        .anyMatch(label -> table.indexOf(label) >= 0);
        };
    }

    /**
     * Shorthand of a row.
     *
     * @param byColumn of a cell that is empty
     * @param numbers  of every number that is empty
     * @param others   of cells that are not
     */
    private record Marks(
            Map<String, String> byColumn,
            @Nullable String numbers,
            @Nullable String others) {
        static Marks of(Table table, List<@Nullable Object> row) {
            Map<String, String> byColumn = new HashMap<>();
            String numbers = null;
            List<String> others = new ArrayList<>();
            int status = table.indexOf(StatusColumn.NAME);
            for (String entry : StatusColumn.entries(status < 0 ? null : row.get(status))) {
                int end = entry.indexOf(' ');
                String mark = end < 0 ? entry : entry.substring(0, end);
                String about = entry.substring(end + 1);
                int column = table.indexOf(StatusColumn.name(about));
                if (about.equals(StatusColumn.NOT_RECORDED) || about.equals(StatusColumn.RECORDED_IN_PART)) {
                    numbers = mark;
                } else if (column >= 0 && row.get(column) == null) {
                    byColumn.put(table.columns().get(column).name(), mark);
                } else {
                    others.add(entry);
                }
            }
            return new Marks(byColumn, numbers, StatusColumn.joined(others));
        }

        @Nullable
        Object cell(Column column, @Nullable Object cell) {
            String mark = byColumn.getOrDefault(column.name(), column.kind().isNumber() ? numbers : null);
            return cell == null ? mark : cell;
        }
    }
}
