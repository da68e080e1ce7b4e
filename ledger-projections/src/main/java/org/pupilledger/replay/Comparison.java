package org.pupilledger.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.ExplainingEvent;

/**
 * What a replay gives otherwise than figures that somebody has, and why.
 *
 * @param position newest entry of the replay, null where it has none
 * @param cells    that differ, in the order of the tables, their rows and their columns
 * @param events   that explain at least one of the cells, by position
 */
public record Comparison(@Nullable Long position, List<Cell> cells, List<ExplainingEvent> events) {
    /**
     * One cell that differs. Both values are as CSV has them: an empty text where nothing is stated; a row that is not there
     * has zeros, as nothing was asked.
     *
     * @param table    name of the table
     * @param period   as a code, {@code 2023-Q3}
     * @param column   name of the column
     * @param given    what is compared
     * @param replayed what the entries give
     * @param shownAt  the newest position, up to that of the replay, at which the ledger gave the given value; else the first
     *                 one after it; null where it never did, so that no event explains it
     * @param events   positions of those between the two that changed the cell, ascending
     */
    public record Cell(
            String table,
            String period,
            String organisation,
            String column,
            String given,
            String replayed,
            @Nullable Long shownAt,
            List<Long> events) {
        public Cell {
            events = List.copyOf(events);
        }
    }

    public Comparison {
        cells = List.copyOf(cells);
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }
}
