package org.pupilledger.request;

import java.time.YearMonth;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.Requests;
import org.pupilledger.values.Why;

/**
 * The row of the figures to which a request belongs, and how many requests it counts as.
 *
 * @param why        under what it is counted, the same in each event until a correction moves it
 * @param isHistoric whether it was recorded from a source, so that a stage of which nothing is told is not stated; never
 *                   where events do not tell why, since they did not tell this either
 */
public record RequestHeader(
        OrganisationCode organisation, YearMonth received, Requests requests, Why why, boolean isHistoric) {
    /** Of a live request. */
    public RequestHeader(OrganisationCode organisation, YearMonth received, Requests requests, Why why) {
        this(organisation, received, requests, why, false);
    }

    /** Of a request whose events do not tell why. */
    public RequestHeader(OrganisationCode organisation, YearMonth received, Requests requests) {
        this(organisation, received, requests, Why.UNTOLD);
    }
}
