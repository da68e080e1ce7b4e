package org.pupilledger.agreement;

import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * What a published list shows from a day on.
 *
 * @param source the publication
 */
public record Notice(BusinessDate on, SourceReference source) {}
