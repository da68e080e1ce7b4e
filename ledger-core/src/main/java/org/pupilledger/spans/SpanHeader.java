package org.pupilledger.spans;

import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.Period;

/**
 * The row of the figures to which a period total belongs.
 *
 * @param period written as a month or as a range of months
 */
public record SpanHeader(OrganisationCode organisation, Period period) {}
