package org.pupilledger.timeline;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.CoveredMonths;
import org.pupilledger.coverage.Declaration;
import org.pupilledger.period.Period;
import org.pupilledger.values.SourceReference;

/** Events about what is covered, in sentences. */
final class CoverageSentences {
    private CoverageSentences() {}

    static String of(CoverageEvent event) {
        String record = "The record of " + months(event.declaration().months());
        return switch (event) {
            case CoverageEvent.Proposed(var declaration) ->
                record + " was proposed as complete" + from(declaration) + ".";
            case CoverageEvent.Declared(var declaration) -> record + " was declared complete" + from(declaration) + ".";
            case CoverageEvent.WithdrawalProposed(var declaration, var cause, var authority) ->
                record + " was proposed as no longer complete" + because(cause, authority) + ".";
            case CoverageEvent.Withdrawn(var declaration, var cause, var authority) ->
                record + " is no longer declared complete" + because(cause, authority) + ".";
            case CoverageEvent.ProposalDropped dropped -> record + ": what was proposed was dropped.";
        };
    }

    /** {@code DWP for Apr to Jun 2018} */
    private static String months(CoveredMonths months) {
        return months.organisation()
                + (months.to() == null
                        ? " from " + Period.months(months.from(), months.from()).label() + " on"
                        : " for " + Period.months(months.from(), months.to()).label());
    }

    private static String from(Declaration declaration) {
        if (declaration.source() == null) {
            return ", as requests came in";
        }
        return " (" + declaration.source().label()
                + (declaration.reference() == null ? "" : ", " + declaration.reference()) + ")";
    }

    private static String because(Cause cause, @Nullable SourceReference authority) {
        return " (" + cause.label() + (authority == null ? "" : ", " + authority) + ")";
    }
}
