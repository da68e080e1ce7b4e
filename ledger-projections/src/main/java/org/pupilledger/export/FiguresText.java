package org.pupilledger.export;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.totals.FiguresTable;
import org.pupilledger.totals.Measure;
import org.pupilledger.totals.Summary;

/** Figures as a table for a terminal. */
public final class FiguresText {
    private static final List<String> HEADER = List.of("Period", "Organisation", "Requests", "Summary");
    private static final int REQUESTS_COLUMN = 2;

    private FiguresText() {}

    public static String of(FiguresTable table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        for (FiguresTable.Row row : table.rows()) {
            lines.add(List.of(
                    row.label(),
                    row.organisation().value(),
                    Long.toString(row.tally().get(Measure.REQUESTS_RECEIVED)),
                    Summary.of(row.tally())));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(line(line, widths)).append('\n');
        }
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == REQUESTS_COLUMN ? padding + cells.get(i) : cells.get(i) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
