package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Nothing new may be approved under the agreement from this day on. */
public record Suspension(
        BusinessDate on,
        @Nullable SuspensionReason reason,
        @Nullable SourceReference authority) {}
