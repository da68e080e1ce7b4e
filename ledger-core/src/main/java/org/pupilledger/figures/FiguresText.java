package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pupilledger.tables.TextTable;

/** Figures as a table for a terminal. */
public final class FiguresText {
    private static final List<String> HEADER = List.of("Period", "Organisation", "Requests", "Summary");
    private static final int REQUESTS_COLUMN = 2;

    private FiguresText() {}

    public static String of(FiguresTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        for (FiguresTable.Row row : table.rows()) {
            lines.add(List.of(row.period().label(), row.organisation().value(), requests(row), Summary.of(row)));
        }
        return TextTable.of(lines, Set.of(REQUESTS_COLUMN));
    }

    private static String requests(FiguresTable.Row row) {
        Long received = StatedMeasure.RECEIVED.in(row);
        return received == null ? "not stated" : received.toString();
    }
}
