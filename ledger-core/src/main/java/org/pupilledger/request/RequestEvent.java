package org.pupilledger.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Outcome;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Why;

/**
 * Facts about one matching request. Each carries what its meaning in the figures needs, so that it can be counted
 * without looking at any other. Names and fields are stored for ever; see {@code EventTypes}.
 */
public sealed interface RequestEvent {
    /** The aggregate's type; the names of the events begin with it. Here, so that who only reads needs no aggregate. */
    String AGGREGATE = "matching-request";

    /** @param why under what it is counted: that of {@code ask}, or {@link Why#UNTOLD} as it was written before that was told */
    record Received(Ask ask, Why why) implements RequestEvent {
        public Received(Ask ask) {
            this(ask, ask.why());
        }

        /** What it adds. */
        public Figures figures() {
            return new Figures(ask.headerOf(why), ask.outcome(), ask.submitted().individuals(), null, null);
        }
    }

    /**
     * A letter of the same request came later: one more is received and open, about people who are submitted already.
     *
     * @param header as it was until then
     */
    record ReferenceAdded(RequestHeader header, Reference reference) implements RequestEvent {}

    /**
     * One letter of several is refused while the rest goes on; it stays received.
     *
     * @param header as it was until then; from now on one less goes on
     * @param was    the outcome until then: {@code OPEN} or {@code APPROVED}
     */
    record ReferenceRefused(RequestHeader header, Outcome was, RefusedReference refused) implements RequestEvent {}

    /** What follows it is an approval that its agreement, not being in force, would not have allowed. */
    record OverrideRecorded(RequestHeader header, AgreementOverride override) implements RequestEvent {}

    /** @param was the outcome until then: {@code OPEN} or {@code NOT_STATED} */
    record Decided(RequestHeader header, Outcome was, Stage.Decision decision) implements RequestEvent {}

    /** @param was the outcome until then: {@code OPEN}, {@code NOT_STATED} or {@code APPROVED} */
    record Withdrawn(RequestHeader header, Outcome was, Stage.Withdrawal withdrawal) implements RequestEvent {}

    /**
     * @param was       the outcome until then: {@code OPEN} or {@code NOT_STATED} only of a historic request without a
     *                  decision, which counts as approved from now on
     * @param submitted people submitted, since those neither matched nor ambiguous are unmatched
     */
    record Matched(RequestHeader header, Outcome was, Individuals submitted, Stage.Match match)
            implements RequestEvent {}

    record Disclosed(RequestHeader header, Stage.Disclosure disclosure) implements RequestEvent {}

    /**
     * More was handed over later: readers subtract {@code was} and add {@code now}.
     *
     * @param disclosure what was handed over this time, about people of whom that had not been before
     */
    record DisclosedFurther(
            RequestHeader header,
            Figures.DisclosureFigures was,
            Figures.DisclosureFigures now,
            Stage.Disclosure disclosure)
            implements RequestEvent {}

    record Destroyed(RequestHeader header, Stage.Destruction destruction) implements RequestEvent {}

    record Closed(RequestHeader header, Stage.Closure closure) implements RequestEvent {}

    /** Compensates: readers subtract {@code was} and add {@code now}; both stay provable. */
    record Corrected(
            Figures was,
            Figures now,
            List<Change> changes,
            Cause cause,
            @Nullable SourceReference authority) implements RequestEvent {
        public Corrected {
            changes = List.copyOf(changes);
        }
    }

    /** Recorded by mistake: readers subtract {@code was}; what was recorded stays readable. */
    record Annulled(Figures was, Cause cause, @Nullable SourceReference authority) implements RequestEvent {}
}
