package org.pupilledger.values;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Source;

/**
 * The source from which a request is recorded that was received before the ledger's first day.
 *
 * @param outcome {@code OPEN} where the source says that nothing was decided yet; null where it does not say
 */
public record Historic(
        Source source,
        @Nullable SourceReference reference,
        @Nullable BusinessDate published,
        @Nullable Outcome outcome) {
    public Historic {
        if (outcome != null && outcome != Outcome.OPEN) {
            throw new IllegalArgumentException("a decision is told as one");
        }
    }

    /** The day on which the source was published; null where only its month is stated, or nothing. */
    @Nullable
    public LocalDate publishedOn() {
        return published == null || published.day() == null ? null : published.earliest();
    }

    /** Whether another names the same source, published on the same day. */
    public boolean isFromSameAs(@Nullable Historic other) {
        return other != null
                && Objects.equals(reference, other.reference)
                && Objects.equals(publishedOn(), other.publishedOn());
    }

    /** One that does not say whether anything was decided. */
    public Historic(Source source, @Nullable SourceReference reference, @Nullable BusinessDate published) {
        this(source, reference, published, null);
    }
}
