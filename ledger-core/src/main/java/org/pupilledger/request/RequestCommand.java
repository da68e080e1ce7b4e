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
            Stage.@Nullable Decision decision,
            Stage.@Nullable Withdrawal withdrawal,
            Stage.@Nullable Match match,
            Stage.@Nullable Disclosure disclosure,
            Occasion occasion)
            implements RequestCommand {
        /** How many events recording it makes. */
        public int events() {
            int stages = 0;
            for (Stage stage : new @Nullable Stage[] {decision, withdrawal, match, disclosure}) {
                stages += stage == null ? 0 : 1;
            }
            return 1 + stages;
        }
    }

    record RecordStage(@TargetAggregateIdentifier RequestId id, Stage stage, Occasion occasion)
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
