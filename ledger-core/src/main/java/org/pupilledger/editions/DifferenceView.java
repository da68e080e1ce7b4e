package org.pupilledger.editions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference as JSON shows it.
 *
 * @param was    position of the one side
 * @param now    position of the other side
 * @param events that explain at least one of the cells, by position
 */
public record DifferenceView(long was, long now, List<Cell> cells, List<Event> events) {
    /**
     * One cell that differs.
     *
     * @param table  name of the table
     * @param period as a code, {@code 2023-Q3}
     * @param label  the period as it is read, {@code Jul to Sep 2023}
     * @param organisation its code; null of an agreement
     * @param agreement    its reference; null of a figure
     * @param column name of the column
     * @param was    null where it is not stated
     * @param now    null where it is not stated
     * @param events positions of those that explain it
     */
    public record Cell(
            String table,
            String period,
            @Nullable String label,
            @Nullable String organisation,
            @Nullable String agreement,
            String column,
            @Nullable Object was,
            @Nullable Object now,
            boolean wasNotStated,
            boolean nowNotStated,
            List<Long> events) {}

    /**
     * One event.
     *
     * @param cause      code, of a correction or an annulment
     * @param causeLabel the same as it is read
     * @param authority  of a correction or an annulment, where it names one
     */
    public record Event(
            long position,
            String recordedAt,
            String type,
            String aggregateId,
            @Nullable String cause,
            @Nullable String causeLabel,
            @Nullable String authority,
            String sentence) {}

    public static DifferenceView of(Difference difference) {
        return new DifferenceView(
                difference.was(),
                difference.now(),
                difference.cells().stream().map(DifferenceView::cell).toList(),
                difference.events().stream().map(DifferenceView::event).toList());
    }

    private static Cell cell(ChangedCell cell) {
        return new Cell(
                cell.table(),
                cell.key().getFirst(),
                cell.label(),
                cell.isOfAgreement() ? null : cell.key().getLast(),
                cell.isOfAgreement() ? cell.key().getLast() : null,
                cell.column(),
                cell.was(),
                cell.now(),
                cell.isWasNotStated(),
                cell.isNowNotStated(),
                cell.events());
    }

    private static Event event(ExplainingEvent event) {
        return new Event(
                event.position(),
                event.recordedAt(),
                event.type(),
                event.aggregateId(),
                event.cause() == null ? null : event.cause().code(),
                event.cause() == null ? null : event.cause().label(),
                event.authority() == null ? null : event.authority().value(),
                event.sentence());
    }
}
