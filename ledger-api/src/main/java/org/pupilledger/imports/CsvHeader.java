package org.pupilledger.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.pupilledger.reading.InvalidInput;

/** The first line of a file: what its lines are about, and where in them each column stands. */
final class CsvHeader {
    /** Characters of a line. */
    static final int MAX_LINE = 10_000;

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setTrailingData(false)
            .setLenientEof(false)
            .get();

    private final Map<String, Integer> places = new HashMap<>();

    private CsvHeader(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            places.put(cells.get(i), i);
        }
    }

    /**
     * Reads the header.
     *
     * @throws InvalidInput where it names columns that are not known, one twice, or not all that there must be
     */
    static CsvHeader of(CsvLines lines) {
        CsvLines.RawLine header = lines.hasNext() ? lines.next() : new CsvLines.RawLine(1, "", false);
        List<String> cells;
        try {
            cells = cells(header);
        } catch (InvalidInput e) {
            cells = List.of();
        }
        CsvHeader found = new CsvHeader(cells);
        List<String> required = found.required();
        Set<String> known =
                new HashSet<>(names(found.isOfTotals() ? TotalColumns.values() : RequestColumns.Columns.values()));
        if (found.places.size() < cells.size() || !cells.containsAll(required) || !known.containsAll(cells)) {
            throw new InvalidInput("", "wrong-header", CsvAdvice.header(header.text(), cells, required, known));
        }
        return found;
    }

    private List<String> required() {
        if (isOfTotals()) {
            return names(TotalColumns.ORGANISATION, TotalColumns.FROM, TotalColumns.TO, TotalColumns.SOURCE);
        }
        return has(RequestColumns.Columns.KIND)
                ? names(RequestColumns.Columns.ORGANISATION, RequestColumns.Columns.RECEIVED)
                : RequestColumns.Columns.OLDEST.stream().map(Column::header).toList();
    }

    private static List<String> names(Column... columns) {
        return Arrays.stream(columns).map(Column::header).toList();
    }

    /** Whether its lines are totals of longer periods, and not requests. */
    boolean isOfTotals() {
        return Stream.of(TotalColumns.FROM, TotalColumns.TO).allMatch(this::has);
    }

    private boolean has(Column column) {
        return places.containsKey(column.header());
    }

    /** @throws InvalidInput the line cannot be taken apart, or not as the header was */
    CsvCells read(CsvLines.RawLine line) {
        List<String> cells = cells(line);
        if (cells.size() != places.size()) {
            throw new InvalidInput("", "wrong-columns", CsvAdvice.cells(cells, places.size()));
        }
        return new CsvCells(places, cells);
    }

    private static List<String> cells(CsvLines.RawLine line) {
        String text = line.text();
        if (text == null) {
            throw new InvalidInput("", "not-utf-8", "The line is not UTF-8: save the file as \"CSV UTF-8\".");
        }
        if (line.isTooLong() || text.length() > MAX_LINE) {
            throw new InvalidInput("", "too-long", "The line is longer than " + MAX_LINE + " characters.");
        }
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() == 1) {
                return records.getFirst().toList();
            }
        } catch (IOException | UncheckedIOException e) {
            // said below; the parser's own message quotes the line
        }
        throw new InvalidInput("", "malformed-csv", "The line is not RFC 4180: look at its quotes.");
    }
}
