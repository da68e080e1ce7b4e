package org.pupilledger.editions;

import java.util.EnumSet;
import java.util.Set;
import org.pupilledger.codes.Code;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.spans.PeriodTotalEvent;

/** In what way a figure is another one than was published before; several may hold. */
public enum ChangeKind implements Code {
    /** What it counts besides was not in the ledger then, or nobody had said that the record was complete. */
    ADDED,
    /** What was counted then has gone on since: decided, matched, answered. */
    CONTINUED,
    /** What was published is not right any more, or is counted otherwise. */
    CORRECTED;

    /**
     * @param isBegun   whether the event is of a request or a total that was not in the ledger then
     * @param isRemoved whether a number is not stated any more
     */
    static ChangeKind of(Object event, boolean isBegun, boolean isRemoved) {
        return switch (event) {
            case RequestEvent request when isBegun -> ADDED;
            case PeriodTotalEvent total when isBegun -> ADDED;
            case RequestEvent.Corrected corrected -> CORRECTED;
            case RequestEvent.Annulled annulled -> CORRECTED;
            case RequestEvent request -> CONTINUED;
            case CoverageEvent.Declared declared when !isRemoved -> ADDED;
            case PeriodTotalEvent total -> CORRECTED;
            case CoverageEvent covered -> CORRECTED;
            case OrganisationEvent moved -> CORRECTED;
            default -> CONTINUED;
        };
    }

    /** What holds of a figure that events of these kinds explain; one that none explains is counted otherwise. */
    static Set<ChangeKind> of(Set<ChangeKind> kinds) {
        return kinds.isEmpty() ? EnumSet.of(CORRECTED) : kinds;
    }
}
