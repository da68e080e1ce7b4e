package org.pupilledger.comparison;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.entries.Entry;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.timeline.Sentences;
import org.pupilledger.values.SourceReference;

/**
 * An event that explains a difference, for a person to read.
 *
 * @param position   its 0-based place in the ledger
 * @param recordedAt the clock's claim, ISO 8601 in UTC
 * @param type       {@code matching-request.corrected}
 * @param cause      of a correction or an annulment, else null
 * @param authority  of a correction or an annulment, where it names one
 * @param sentence   codes and numbers in plain English; see {@link Sentences}
 */
public record ExplainingEvent(
        long position,
        String recordedAt,
        String type,
        String aggregateId,
        @Nullable Cause cause,
        @Nullable SourceReference authority,
        String sentence) {
    public static ExplainingEvent of(Entry entry, Object event) {
        Cause cause = null;
        SourceReference authority = null;
        if (event instanceof RequestEvent.Corrected corrected) {
            cause = corrected.cause();
            authority = corrected.authority();
        } else if (event instanceof RequestEvent.Annulled annulled) {
            cause = annulled.cause();
            authority = annulled.authority();
        } else if (event instanceof PeriodTotalEvent.Corrected corrected) {
            cause = corrected.cause();
            authority = corrected.authority();
        } else if (event instanceof PeriodTotalEvent.Annulled annulled) {
            cause = annulled.cause();
            authority = annulled.authority();
        }
        return new ExplainingEvent(
                entry.position(),
                entry.leaf().recordedAt(),
                entry.leaf().type(),
                entry.leaf().aggregateId(),
                cause,
                authority,
                Sentences.of(event));
    }

    /** Why a figure changed, in plain English. */
    public static String causeOf(Object event) {
        return switch (event) {
            case RequestEvent.Corrected corrected -> corrected.cause().label();
            case RequestEvent.Annulled annulled -> annulled.cause().label();
            case PeriodTotalEvent.Corrected corrected -> corrected.cause().label();
            case PeriodTotalEvent.Annulled annulled -> annulled.cause().label();
            case OrganisationEvent organisation -> "organisation put in another category";
            case CoverageEvent covered -> "what is covered declared or withdrawn";
            default -> "recorded later";
        };
    }

    /** A line for a terminal. */
    public String line() {
        return "  " + position + "  " + recordedAt + "  " + sentence + "\n";
    }
}
