package org.pupilledger.coverage;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;

/**
 * A declaration as it stands.
 *
 * @param newest   the newest event of it
 * @param sequence 0-based, of that event
 */
public record CoverageState(Standing standing, CoverageEvent newest, long sequence) {
    /** How far a declaration has come. */
    public enum Standing implements Code {
        PROPOSED,
        DECLARED,
        /** It is still declared. */
        WITHDRAWAL_PROPOSED,
        WITHDRAWN,
        /** It was proposed and never declared. */
        DROPPED
    }

    public Declaration declaration() {
        return newest.declaration();
    }

    /** Whether somebody may propose it, as if it had never been. */
    boolean isOver() {
        return standing == Standing.WITHDRAWN || standing == Standing.DROPPED;
    }

    public static CoverageState after(@Nullable CoverageState before, CoverageEvent event, long sequence) {
        Standing standing = switch (event) {
            case CoverageEvent.Proposed proposed -> Standing.PROPOSED;
            case CoverageEvent.Declared declared -> Standing.DECLARED;
            case CoverageEvent.WithdrawalProposed proposed -> Standing.WITHDRAWAL_PROPOSED;
            case CoverageEvent.Withdrawn withdrawn -> Standing.WITHDRAWN;
            case CoverageEvent.ProposalDropped dropped ->
                before != null && before.standing == Standing.WITHDRAWAL_PROPOSED
                        ? Standing.DECLARED
                        : Standing.DROPPED;
        };
        return new CoverageState(standing, event, sequence);
    }
}
