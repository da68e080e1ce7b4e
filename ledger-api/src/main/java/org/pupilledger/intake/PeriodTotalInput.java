package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;
import org.pupilledger.views.PeriodTotalCounts;
import org.pupilledger.views.PeriodTotalCounts.PeopleCounts;
import org.pupilledger.views.PeriodTotalCounts.RequestCounts;

/** What was typed about a total of a longer period. */
@Schema(name = "PeriodTotalInput", description = "What a source says of several months together.")
public record PeriodTotalInput(
        @Schema(description = "code of the organisation whose requests are counted") @Nullable
        String organisation,

        @Holds(Text.DATE) @Schema(description = "first month of receipt") @Nullable
        String from,

        @Holds(Text.DATE) @Schema(description = "last month of receipt, inclusive") @Nullable
        String to,

        @Nullable RequestCounts requests,
        @Nullable PeopleCounts individuals,
        @Of(Source.class) @Nullable String source,

        @Holds(Text.SOURCE) @Schema(description = "public reference of the source") @Nullable
        String reference,

        @Holds(Text.DATE) @Schema(description = "when the source was published, to the day or the month") @Nullable
        String published) {

    /** The source, or another one, says something else. */
    @Schema(name = "PeriodTotalCorrectionInput")
    public record PeriodTotalCorrectionInput(
            @Schema(description = "all counts as they are recorded") @Nullable
            PeriodTotalCounts was,

            @Schema(description = "all counts as they are right") @Nullable
            PeriodTotalCounts now,

            @Of(Cause.class) @Nullable String cause,
            @Holds(Text.SOURCE) @Nullable String authority) {}
}
