package org.pupilledger.coverage;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.SourceReference;

/** Orders about one declaration; each may be {@link org.pupilledger.refusal.Refused}. */
public sealed interface CoverageCommand {
    /** Id of the aggregate. */
    String id();

    Occasion occasion();

    record ProposeCoverage(Declaration declaration, Occasion occasion) implements CoverageCommand {
        @Override
        @TargetAggregateIdentifier
        public String id() {
            return Coverage.idOf(declaration.months());
        }
    }

    /** A second person takes what was proposed: the declaration, or its withdrawal. */
    record ConfirmCoverage(@TargetAggregateIdentifier String id, Occasion occasion) implements CoverageCommand {}

    /** What was proposed is not to be. */
    record DropProposal(@TargetAggregateIdentifier String id, Occasion occasion) implements CoverageCommand {}

    record WithdrawCoverage(
            @TargetAggregateIdentifier String id,
            Cause cause,
            @Nullable SourceReference authority,
            Occasion occasion) implements CoverageCommand {}
}
