package org.pupilledger.request;

import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

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

        /** How many events recording it makes. */
        public int events() {
            int stages = override == null ? 0 : 1;
            for (Stage stage : new @Nullable Stage[] {decision, withdrawal, match, disclosure}) {
                stages += stage == null ? 0 : 1;
            }
            return 1 + stages;
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
