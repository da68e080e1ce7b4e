package org.pupilledger.spans;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.values.Historic;
import org.pupilledger.values.SourceReference;

/**
 * A period total as it stands.
 *
 * @param counts      after every correction
 * @param corrections oldest first
 * @param annulment   null while it counts
 */
public record PeriodTotalState(
        SpanHeader header,
        Counts counts,
        Historic source,
        List<Correction> corrections,
        @Nullable Annulment annulment) {
    /** @param sequence 0-based, of its event among those of the total */
    public record Correction(
            Counts was, Counts now, Cause cause, @Nullable SourceReference authority, long sequence) {}

    public record Annulment(Cause cause, @Nullable SourceReference authority) {}

    public PeriodTotalState {
        corrections = List.copyOf(corrections);
    }

    /** @param before null before the first event */
    public static PeriodTotalState after(@Nullable PeriodTotalState before, PeriodTotalEvent event, long sequence) {
        return switch (event) {
            case PeriodTotalEvent.Recorded(var header, var counts, var source) ->
                new PeriodTotalState(header, counts, source, List.of(), null);
            case PeriodTotalEvent.Corrected(var header, var was, var now, var cause, var authority) -> {
                PeriodTotalState total = Objects.requireNonNull(before, "a correction of nothing");
                List<Correction> corrections = new ArrayList<>(total.corrections);
                corrections.add(new Correction(was, now, cause, authority, sequence));
                yield new PeriodTotalState(header, now, total.source, corrections, null);
            }
            case PeriodTotalEvent.Annulled(var header, var was, var cause, var authority) -> {
                PeriodTotalState total = Objects.requireNonNull(before, "an annulment of nothing");
                yield new PeriodTotalState(
                        header, was, total.source, total.corrections, new Annulment(cause, authority));
            }
        };
    }

    public boolean isStanding() {
        return annulment == null;
    }
}
