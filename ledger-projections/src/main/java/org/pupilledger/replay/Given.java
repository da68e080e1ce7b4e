package org.pupilledger.replay;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.Totals;
import org.pupilledger.tables.Table;

/**
 * Figures that are compared with a replay.
 *
 * @param name   of the table
 * @param rows   cells by column, by what tells a row from the others
 * @param header names of the columns
 * @param maker  makes the same table from totals
 */
record Given(
        String name,
        List<String> header,
        Map<FiguresTable.Key, Map<String, String>> rows,
        Function<Totals, Table> maker) {
    Given {
        header = List.copyOf(header);
    }
}
