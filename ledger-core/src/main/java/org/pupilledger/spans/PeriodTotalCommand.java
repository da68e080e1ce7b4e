package org.pupilledger.spans;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.SourceReference;

/** Orders to one period total; each may be {@link org.pupilledger.refusal.Refused}. */
public sealed interface PeriodTotalCommand {
    PeriodTotalId id();

    Occasion occasion();

    /** @param others what else is counted for the organisation */
    record RecordPeriodTotal(
            @TargetAggregateIdentifier PeriodTotalId id,
            PeriodTotalEvent.Recorded recorded,
            CountedElsewhere others,
            Occasion occasion)
            implements PeriodTotalCommand {}

    /**
     * @param was what is to be corrected, all of it
     * @param now what it is to read
     */
    record CorrectPeriodTotal(
            @TargetAggregateIdentifier PeriodTotalId id,
            Counts was,
            Counts now,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion)
            implements PeriodTotalCommand {}

    record AnnulPeriodTotal(
            @TargetAggregateIdentifier PeriodTotalId id,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion)
            implements PeriodTotalCommand {}
}
