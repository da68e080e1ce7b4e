package org.pupilledger.request;

import java.time.YearMonth;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.Requests;
import org.pupilledger.values.Why;

/**
 * The row of the figures to which a request belongs, and how many requests it counts as.
 *
 * @param why under what it is counted, the same in each event until a correction moves it
 */
public record RequestHeader(OrganisationCode organisation, YearMonth received, Requests requests, Why why) {
    /** Of a request whose events do not tell why. */
    public RequestHeader(OrganisationCode organisation, YearMonth received, Requests requests) {
        this(organisation, received, requests, Why.UNTOLD);
    }
}
