package org.pupilledger.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.tables.CsvCell;
import org.pupilledger.tables.Table;
import org.pupilledger.tables.TableMetadata;
import org.pupilledger.verdict.Break;

/** Where the CSV file of a table is not the table that the entries give, cell by cell. */
final class TableBreaks {
    private static final int MAX_FIGURE_DIGITS = 18;
    private static final int MORE_CELLS = 10_000;
    private static final Set<String> KEYS =
            Set.of("table", "figure", "reference", "period", "organisation", "purpose", "gateway", "item");

    private final String name;
    private final Table table;
    private final long position;
    private final Map<FiguresTable.Key, Long> keptBack;
    private final List<Break> breaks = new ArrayList<>();
    private long cells;

    /**
     * @param position newest entry that is counted
     * @param from     directory of the file, for messages
     * @param keptBack positions of entries that are about a row, and had not been given; nothing where that is not known
     */
    TableBreaks(Table table, long position, String from, Map<FiguresTable.Key, Long> keptBack) {
        this.table = table;
        this.position = position;
        this.keptBack = keptBack;
        this.name = from + table.name() + ".csv";
    }

    /** @param bundle that holds the file */
    void compare(Bundle bundle) {
        byte[] csv = bundle.read(BundleLayout.EDITION + table.name() + ".csv", PublishedFile.MAX_BYTES);
        byte[] metadata = bundle.read(BundleLayout.EDITION + TableMetadata.fileName(table), PublishedFile.MAX_BYTES);
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
                List<@Nullable Object> row = table.rows().get(i);
                addOf(row, name + ", row " + (i + 1) + " (" + key(row) + ") is missing");
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
                addOf(expected, sentence);
            }
        }
    }

    private void addOf(List<@Nullable Object> row, String sentence) {
        Long entry = Period.parse(cell(row, "period"))
                .flatMap(period -> OrganisationCode.parse(cell(row, "organisation"))
                        .flatMap(organisation ->
                                Optional.ofNullable(keptBack.get(new FiguresTable.Key(period, organisation)))))
                .orElse(null);
        breaks.add(
                entry == null
                        ? new Break(Break.Kind.CHANGED, position, sentence + ".")
                        : new Break(
                                Break.Kind.MISSING,
                                entry,
                                sentence + "; the entry at position " + entry + " had been kept back."));
    }

    private String cell(List<@Nullable Object> row, String column) {
        int index = table.indexOf(column);
        return index < 0 ? "" : row.get(index) + "";
    }

    /** The texts that tell the row from others, as the entries give them. */
    private String key(List<@Nullable Object> row) {
        return IntStream.range(0, row.size())
                .filter(i -> row.get(i) != null
                        && KEYS.contains(table.columns().get(i).name()))
                .mapToObj(i -> row.get(i) + "")
                .collect(Collectors.joining(", "));
    }

    /** A number as it is; a text may hold anything. */
    private static String shown(String cell) {
        if (cell.isEmpty()) {
            return "nothing";
        }
        boolean isNumber = cell.length() <= MAX_FIGURE_DIGITS && cell.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? cell : "another text";
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
