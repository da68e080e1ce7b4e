package org.pupilledger.export;

import java.nio.charset.StandardCharsets;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;

/** Figures as CSV: RFC 4180, one header row, an empty cell for a measure that is not stated. */
public final class FiguresCsv {
    private FiguresCsv() {}

    public static String of(FiguresTable table) {
        return new String(TableCsv.of(FiguresTables.answered(table)), StandardCharsets.UTF_8);
    }
}
