package org.pupilledger.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.ExplainingEvent;

/**
 * A comparison as JSON shows it.
 *
 * @param position newest entry of the replay
 * @param cells    that differ; none where all agrees
 * @param events   that explain them, by position
 */
public record ComparisonView(@Nullable Long position, List<Cell> cells, List<Event> events) {
    /**
     * A cell that differs; values are as CSV has them.
     *
     * @param given    what was compared
     * @param replayed what the entries give
     * @param shownAt  position at which the ledger gave the given value; -1 for before the first entry; null for never
     * @param events   positions of those that explain it; none where the ledger never gave the value
     */
    public record Cell(
            String table,
            String period,
            String organisation,
            String column,
            String given,
            String replayed,
            @Nullable Long shownAt,
            List<Long> events) {}

    /** An event that explains a cell. */
    public record Event(long position, String recordedAt, String type, String aggregateId, String sentence) {}

    public static ComparisonView of(Comparison comparison) {
        return new ComparisonView(
                comparison.position(),
                comparison.cells().stream().map(ComparisonView::cell).toList(),
                comparison.events().stream().map(ComparisonView::event).toList());
    }

    private static Cell cell(Comparison.Cell cell) {
        return new Cell(
                cell.table(),
                cell.period(),
                cell.organisation(),
                cell.column(),
                cell.given(),
                cell.replayed(),
                cell.shownAt(),
                cell.events());
    }

    private static Event event(ExplainingEvent event) {
        return new Event(event.position(), event.recordedAt(), event.type(), event.aggregateId(), event.sentence());
    }
}
