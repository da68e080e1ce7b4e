package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;

/** What was typed about the months of which the record is complete. */
@Schema(name = "CoverageInput", description = "Months of an organisation of which the record is complete.")
public record CoverageInput(
        @Schema(description = "code of the organisation whose requests are recorded") @Nullable
        String organisation,

        @Holds(Text.DATE) @Schema(description = "first month", example = "2018-04") @Nullable
        String from,

        @Holds(Text.DATE) @Schema(description = "last month, inclusive; left out where the record goes on") @Nullable
        String to,

        @Of(Source.class)
        @Schema(description = "where all of it was taken from; left out where requests are recorded as they come in")
        @Nullable
        String source,

        @Holds(Text.SOURCE) @Schema(description = "public reference of the source") @Nullable
        String reference) {

    /** Why months are not covered after all. */
    @Schema(name = "CoverageWithdrawalInput")
    public record CoverageWithdrawalInput(
            @Of(Cause.class) @Nullable String cause,

            @Holds(Text.SOURCE) @Schema(description = "public reference of what says so") @Nullable
            String authority) {}
}
