package org.pupilledger.request;

import java.time.YearMonth;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.Requests;

/** The row of the figures to which a request belongs, and how many requests it counts as. */
public record RequestHeader(OrganisationCode organisation, YearMonth received, Requests requests) {}
