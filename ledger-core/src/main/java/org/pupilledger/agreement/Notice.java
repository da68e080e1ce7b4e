package org.pupilledger.agreement;

import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.SourceReference;

/**
 * What a published list shows from a day on.
 *
 * @param source the publication
 */
public record Notice(BusinessDate on, SourceReference source) {}
