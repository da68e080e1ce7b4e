package org.pupilledger.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.pupilledger.request.ReturnLevel;
import org.pupilledger.totals.FiguresTable;
import org.pupilledger.totals.Measure;
import org.pupilledger.totals.Summary;
import org.pupilledger.totals.Tally;

/** Figures as CSV: RFC 4180, one header row, an empty cell for a measure that is not stated. */
public final class FiguresCsv {
    private static final List<Measure> REQUESTS = List.of(
            Measure.REQUESTS_RECEIVED,
            Measure.REQUESTS_APPROVED,
            Measure.REQUESTS_REFUSED,
            Measure.REQUESTS_WITHDRAWN,
            Measure.REQUESTS_OPEN,
            Measure.REQUESTS_ANSWERED,
            Measure.REQUESTS_LED_TO_DATA);

    private FiguresCsv() {}

    public static String of(FiguresTable table) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(header());
            for (FiguresTable.Row row : table.rows()) {
                csv.printRecord(cells(row));
            }
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static List<String> header() {
        List<String> header = new ArrayList<>(List.of("period", "period_label", "organisation", "category"));
        REQUESTS.forEach(measure -> header.add(measure.column()));
        for (PeopleMeasure measure : PeopleMeasure.values()) {
            header.add(measure.people().column());
        }
        for (ReturnLevel level : ReturnLevel.values()) {
            header.add(Measure.level(level).column());
        }
        header.add("not_stated");
        header.add("summary");
        return header;
    }

    private static List<@Nullable Object> cells(FiguresTable.Row row) {
        Tally tally = row.tally();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(row.period());
        cells.add(row.label());
        cells.add(row.organisation().value());
        cells.add(row.category().name());
        REQUESTS.forEach(measure -> cells.add(tally.get(measure)));
        for (PeopleMeasure measure : PeopleMeasure.values()) {
            cells.add(measure.in(tally));
        }
        for (ReturnLevel level : ReturnLevel.values()) {
            cells.add(tally.get(Measure.level(level)));
        }
        cells.add(notStated(tally));
        cells.add(Summary.of(tally));
        return cells;
    }

    private static String notStated(Tally tally) {
        List<String> names = Arrays.stream(PeopleMeasure.values())
                .filter(measure -> measure.isNotStatedIn(tally))
                .map(PeopleMeasure::label)
                .collect(Collectors.toCollection(ArrayList::new));
        if (tally.get(Measure.LEVEL_NOT_STATED) > 0) {
            names.add(PeopleMeasure.RETURN_LEVELS);
        }
        return String.join(";", names);
    }
}
