package org.pupilledger.agreement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.values.BusinessDate;

/**
 * When the licence to use the data ends, as the published register has it.
 *
 * @param end         its last day, or the last of its month; null where the register gives none
 * @param description in the words of the register
 */
public record Licence(@Nullable BusinessDate end, @Nullable PublicText description) {}
