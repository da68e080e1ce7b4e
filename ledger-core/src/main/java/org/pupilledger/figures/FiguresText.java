package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.TextTable;

/** Figures as a table for a terminal. */
public final class FiguresText {
    private FiguresText() {}

    public static String of(FiguresTable table) {
        Cut cut = table.cut();
        List<List<String>> lines = new ArrayList<>();
        lines.add(
                line("Period", "Organisation", cut == null ? null : cut.column().label(), "Requests", "Summary"));
        for (FiguresTable.Row row : table.rows()) {
            lines.add(line(
                    row.period().label(),
                    row.organisation().value(),
                    cut == null
                            ? null
                            : cut.label(Objects.requireNonNull(row.key().code())),
                    requests(row),
                    Summary.of(row)));
        }
        int requestsColumn = cut == null ? 2 : 3;
        return TextTable.of(lines, Set.of(requestsColumn));
    }

    private static List<String> line(
            String period, String organisation, @Nullable String cut, String requests, String summary) {
        return cut == null
                ? List.of(period, organisation, requests, summary)
                : List.of(period, organisation, cut, requests, summary);
    }

    private static String requests(FiguresTable.Row row) {
        Long received = StatedMeasure.RECEIVED.in(row);
        return received == null ? "not stated" : received.toString();
    }
}
