package org.pupilledger.spans;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.values.Historic;
import org.pupilledger.values.SourceReference;

/**
 * Facts about one period total. Each carries what its meaning in the figures needs. Names and fields are stored for ever;
 * see {@code EventTypes}.
 */
public sealed interface PeriodTotalEvent {
    SpanHeader header();

    record Recorded(SpanHeader header, Counts counts, Historic source) implements PeriodTotalEvent {}

    /** Compensates: readers subtract {@code was} and add {@code now}; both stay provable. */
    record Corrected(
            SpanHeader header,
            Counts was,
            Counts now,
            Cause cause,
            @Nullable SourceReference authority) implements PeriodTotalEvent {}

    /** Recorded by mistake: readers subtract {@code was}; what was recorded stays readable. */
    record Annulled(
            SpanHeader header,
            Counts was,
            Cause cause,
            @Nullable SourceReference authority) implements PeriodTotalEvent {}
}
