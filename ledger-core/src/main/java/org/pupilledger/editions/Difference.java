package org.pupilledger.editions;

import java.util.List;

/**
 * What the figures of two positions differ in, and why.
 *
 * @param was    newest position whose facts are in the one side, -1 for the empty ledger
 * @param now    the same of the other side; it may be the earlier of the two
 * @param cells  that are not the same on both sides, in the order of the tables, their rows and their columns
 * @param events that explain at least one of the cells, by position
 */
public record Difference(long was, long now, List<ChangedCell> cells, List<ExplainingEvent> events) {
    public Difference {
        cells = List.copyOf(cells);
        events = List.copyOf(events);
    }

    public boolean isEmpty() {
        return cells.isEmpty();
    }
}
