package org.pupilledger.statement;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/**
 * When and how a number was told.
 *
 * @param toldOn    known to the day or only to the month
 * @param reference public reference of what said it, such as {@code PQ48634}; null only of a channel that has none
 */
public record Telling(
        BusinessDate toldOn, Channel channel, @Nullable SourceReference reference) {
    /** True from the day on which it was certainly told; of a month, its last. */
    public boolean isToldBy(LocalDate date) {
        return !toldOn.latest().isAfter(date);
    }
}
