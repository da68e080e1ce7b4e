package org.pupilledger.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.statement.Conflict;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.StatementEvent.Made;

/**
 * Statements that give different numbers for the same figure, or more for a part than for the whole of it.
 *
 * @param kind         {@code SAME_PERIOD} or {@code PART_EXCEEDS_WHOLE}
 * @param subject      what is counted, where no measure names it; else null
 * @param organisation whose requests are counted, in the whole; null for all together
 * @param statements   in the order in which they were recorded
 */
public record ConflictView(
        String kind,
        String measure,
        @Nullable String subject,
        String unit,
        @Nullable String organisation,
        List<SaidView> statements) {
    /**
     * One side of it.
     *
     * @param value a number where it was told exactly, else an {@link AmountView}
     */
    public record SaidView(
            String id,
            String channel,
            @Nullable String reference,
            String toldOn,
            @Nullable String organisation,
            String from,
            String to,
            Object value) {}

    public static ConflictView of(Conflict conflict) {
        Figure figure = conflict.figure();
        return new ConflictView(
                conflict.kind().name(),
                figure.measure().code(),
                figure.subject() == null ? null : figure.subject().value(),
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
                made.figure().organisation() == null
                        ? null
                        : made.figure().organisation().value(),
                made.figure().period().from().toString(),
                made.figure().to().toString(),
                AmountView.of(said.value()));
    }
}
