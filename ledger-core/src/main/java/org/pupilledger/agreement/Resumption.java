package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** The end of a suspension; the agreement is in force again from this day on. */
public record Resumption(BusinessDate on, @Nullable SourceReference authority) {}
