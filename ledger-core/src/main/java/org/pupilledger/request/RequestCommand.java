package org.pupilledger.request;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Outcome;
import org.pupilledger.refusal.Refused;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.RequestId;
import org.pupilledger.values.SourceReference;

/** Orders to one matching request; each may be {@link Refused}. */
public sealed interface RequestCommand {
    RequestId id();

    Occasion occasion();

    /** Records a request; one that is historic may bring its stages, and is recorded wholly or not at all. */
    record RecordRequest(
            @TargetAggregateIdentifier RequestId id,
            Ask ask,
            @Nullable AgreementOverride override,
            Stage.@Nullable Decision decision,
            Stage.@Nullable Withdrawal withdrawal,
            Stage.@Nullable Match match,
            Stage.@Nullable Disclosure disclosure,
            Occasion occasion)
            implements RequestCommand {
        /** One that needs no override. */
        public RecordRequest(
                RequestId id,
                Ask ask,
                Stage.@Nullable Decision decision,
                Stage.@Nullable Withdrawal withdrawal,
                Stage.@Nullable Match match,
                Stage.@Nullable Disclosure disclosure,
                Occasion occasion) {
            this(id, ask, null, decision, withdrawal, match, disclosure, occasion);
        }

        /** What recording it makes, in order. */
        public List<RequestEvent> events() {
            RequestHeader header = ask.header();
            Individuals individuals = ask.submitted().individuals();
            Outcome outcome = decision == null ? ask.outcome() : decision.outcome();
            List<RequestEvent> events = new ArrayList<>(List.of(new RequestEvent.Received(ask)));
            if (override != null) {
                events.add(new RequestEvent.OverrideRecorded(header, override));
            }
            if (decision != null) {
                events.add(new RequestEvent.Decided(header, ask.outcome(), decision));
            }
            if (withdrawal != null) {
                events.add(new RequestEvent.Withdrawn(header, outcome, withdrawal));
            }
            if (match != null) {
                events.add(new RequestEvent.Matched(header, outcome, individuals, match));
            }
            if (disclosure != null) {
                events.add(new RequestEvent.Disclosed(header, disclosure));
            }
            return events;
        }
    }

    /** @param override only of an approval whose agreement is not in force */
    record RecordStage(
            @TargetAggregateIdentifier RequestId id,
            Stage stage,
            @Nullable AgreementOverride override,
            Occasion occasion)
            implements RequestCommand {
        /** One that needs no override. */
        public RecordStage(RequestId id, Stage stage, Occasion occasion) {
            this(id, stage, null, occasion);
        }
    }

    /** @param disclosure what was handed over after an earlier disclosure */
    record DiscloseFurther(@TargetAggregateIdentifier RequestId id, Stage.Disclosure disclosure, Occasion occasion)
            implements RequestCommand {}

    /** @param reference of a letter of the same request that came later */
    record AddReference(@TargetAggregateIdentifier RequestId id, Reference reference, Occasion occasion)
            implements RequestCommand {}

    /** @param refused one of several references of a request, the rest of which goes on */
    record RefuseReference(@TargetAggregateIdentifier RequestId id, RefusedReference refused, Occasion occasion)
            implements RequestCommand {}

    /** @param changes of different fields */
    record CorrectRequest(
            @TargetAggregateIdentifier RequestId id,
            List<Change> changes,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion)
            implements RequestCommand {
        public CorrectRequest {
            changes = List.copyOf(changes);
        }
    }

    record AnnulRequest(
            @TargetAggregateIdentifier RequestId id,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion)
            implements RequestCommand {}
}
