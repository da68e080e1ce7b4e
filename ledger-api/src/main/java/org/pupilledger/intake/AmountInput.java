package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A number as it was told. In JSON a number alone is one that was told exactly. */
@Schema(
        name = "AmountInput",
        description = "A number that was told exactly, alone or as exactly; else about a number, or a range: at least,"
                + " at most, or both.")
public record AmountInput(
        @Nullable Integer exactly,
        @Nullable Integer about,
        @Nullable Integer least,
        @Nullable Integer most) {
    public static AmountInput of(@Nullable Integer number) {
        return new AmountInput(number, null, null, null);
    }
}
