package org.pupilledger.request;

import java.time.YearMonth;
import org.pupilledger.organisation.OrganisationCode;

/** The totals of longer periods that stand, as far as a rule needs to know them. */
@FunctionalInterface
public interface PeriodTotals {
    /** Where there are none. */
    PeriodTotals NONE = (organisation, month) -> false;

    /** Whether a total counts the requests of an organisation that were received in a month, so that no single one may. */
    boolean cover(OrganisationCode organisation, YearMonth month);
}
