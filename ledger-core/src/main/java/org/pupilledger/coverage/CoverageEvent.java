package org.pupilledger.coverage;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.values.SourceReference;

/** Facts about what is covered. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface CoverageEvent {
    Declaration declaration();

    /** A publisher said so; nothing is covered before a second person does. */
    record Proposed(Declaration declaration) implements CoverageEvent {}

    /** From now on the months are covered. */
    record Declared(Declaration declaration) implements CoverageEvent {}

    /** A publisher wants to take it back; the months stay covered before a second person does. */
    record WithdrawalProposed(
            Declaration declaration, Cause cause, @Nullable SourceReference authority) implements CoverageEvent {}

    /** The months are covered by it no longer. */
    record Withdrawn(
            Declaration declaration, Cause cause, @Nullable SourceReference authority) implements CoverageEvent {}

    /** What was before a second person is so no longer; what stood before that stands. */
    record ProposalDropped(Declaration declaration) implements CoverageEvent {}
}
