package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.CsvCell;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.verdict.Break;

/** Compares the CSV file of a table with the table as the entries give it, cell by cell. */
final class TableComparison {
    private static final int MAX_FIGURE_DIGITS = 18;
    private static final int MORE_CELLS = 10_000;

    private final String name;
    private final Table table;
    private final long position;
    private final Map<Row, Long> keptBack;
    private final List<Break> breaks = new ArrayList<>();
    private long cells;

    /**
     * @param position newest entry that is counted
     * @param from     directory of the file, for messages
     * @param keptBack positions of entries that are about a row, and had not been given; nothing where that is not known
     */
    TableComparison(Table table, long position, String from, Map<Row, Long> keptBack) {
        this.table = table;
        this.position = position;
        this.keptBack = keptBack;
        this.name = from + table.name() + ".csv";
    }

    /** A row of figures, by the codes of its period and its organisation. */
    record Row(String period, String organisation) {}

    void compare(byte @Nullable [] csv, byte @Nullable [] metadata) {
        List<List<String>> records =
                csv == null ? null : CsvText.parse(csv, maxCells()).orElse(null);
        if (records == null || records.isEmpty()) {
            add(name + " is missing or no CSV file.");
            return;
        }
        List<String> header =
                table.columns().stream().map(column -> column.name()).toList();
        if (!records.getFirst().equals(header)) {
            add(name + " has other columns than the rules say.");
            return;
        }
        int rows = Math.max(records.size() - 1, table.rows().size());
        for (int i = 0; i < rows; i++) {
            if (i >= table.rows().size()) {
                add(name + ", row " + (i + 1) + ": the entries give no such row.");
            } else if (i >= records.size() - 1) {
                addMissing(i);
            } else {
                compareRow(i, records.get(i + 1), table.rows().get(i), header);
            }
        }
        if (metadata == null || !Arrays.equals(metadata, TableMetadata.of(table))) {
            add(name + "-metadata.json is not what the rules give.");
        }
    }

    /** Twice as many as there should be, so that rows put in are named; not any number. */
    private long maxCells() {
        return MORE_CELLS + 2L * table.columns().size() * (1 + table.rows().size());
    }

    private void compareRow(int row, List<String> record, List<@Nullable Object> expected, List<String> columns) {
        if (record.size() != columns.size()) {
            add(name + ", row " + (row + 1) + " (" + key(expected) + ") has another number of cells.");
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            String given = Objects.toString(CsvCell.of(expected.get(i)), "");
            cells++;
            if (!record.get(i).equals(given)) {
                String sentence = name + ", row " + (row + 1) + " (" + key(expected) + "), column " + columns.get(i)
                        + ": the file says " + shown(record.get(i)) + ", the entries give " + shown(given);
                Long entry = keptBack.get(row(expected));
                breaks.add(
                        entry == null
                                ? new Break(Break.Kind.CHANGED, position, sentence + ".")
                                : new Break(
                                        Break.Kind.MISSING,
                                        entry,
                                        sentence + "; the entry at position " + entry + " had been kept back."));
            }
        }
    }

    private Row row(List<@Nullable Object> cells) {
        return new Row(cell(cells, "period"), cell(cells, "organisation"));
    }

    private String cell(List<@Nullable Object> cells, String column) {
        for (int i = 0; i < cells.size(); i++) {
            if (table.columns().get(i).name().equals(column)) {
                return cells.get(i) + "";
            }
        }
        return "";
    }

    /** The texts that tell the row from others, as the entries give them. */
    private String key(List<@Nullable Object> row) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String column = table.columns().get(i).name();
            if (row.get(i) != null
                    && List.of("table", "figure", "reference", "period", "organisation", "item")
                            .contains(column)) {
                parts.add(row.get(i) + "");
            }
        }
        return String.join(", ", parts);
    }

    /** A number as it is; a text may hold anything. */
    private static String shown(String cell) {
        if (cell.isEmpty()) {
            return "nothing";
        }
        boolean isNumber = cell.length() <= MAX_FIGURE_DIGITS && cell.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? cell : "another text";
    }

    private void addMissing(int row) {
        List<@Nullable Object> expected = table.rows().get(row);
        Long entry = keptBack.get(row(expected));
        String sentence = name + ", row " + (row + 1) + " (" + key(expected) + ") is missing";
        breaks.add(
                entry == null
                        ? new Break(Break.Kind.CHANGED, position, sentence + ".")
                        : new Break(
                                Break.Kind.MISSING,
                                entry,
                                sentence + "; the entry at position " + entry + " had been kept back."));
    }

    private void add(String sentence) {
        breaks.add(new Break(Break.Kind.CHANGED, position, sentence));
    }

    long cells() {
        return cells;
    }

    List<Break> breaks() {
        return breaks;
    }
}
