package org.pupilledger.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.statement.Conflict;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.StatementEvent.Made;

/**
 * Statements that give different numbers for the same period, or for periods that overlap.
 *
 * @param kind         {@code SAME_PERIOD}, {@code PART_EXCEEDS_WHOLE} or {@code OVERLAP}
 * @param organisation whose requests are counted; null for all together
 * @param statements   in the order in which they were recorded
 */
public record ConflictView(
        String kind, String measure, String unit, @Nullable String organisation, List<SaidView> statements) {
    /** One side of it. */
    public record SaidView(
            String id, String channel, @Nullable String reference, String toldOn, String from, String to, int value) {}

    public static ConflictView of(Conflict conflict) {
        Figure figure = conflict.figure();
        return new ConflictView(
                conflict.kind().name(),
                figure.measure().code(),
                figure.measure().unit().code(),
                figure.organisation() == null ? null : figure.organisation().value(),
                conflict.statements().stream().map(ConflictView::said).toList());
    }

    private static SaidView said(Conflict.Said said) {
        Made made = said.statement().state().made();
        return new SaidView(
                said.statement().id(),
                made.telling().channel().code(),
                made.telling().reference() == null
                        ? null
                        : made.telling().reference().value(),
                made.telling().toldOn().toString(),
                made.figure().period().from().toString(),
                made.figure().period().to().toString(),
                said.value());
    }
}
