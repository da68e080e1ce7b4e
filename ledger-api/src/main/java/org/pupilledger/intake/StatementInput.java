package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Source;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.Unit;

/** What was typed about a figure that was told outside. */
@Schema(name = "StatementInput", description = "A figure told to someone outside.")
public record StatementInput(
        @Of(Channel.class) @Nullable String channel,

        @Holds(Text.SOURCE)
        @Schema(description = "public reference of what said it; only PRESS and OTHER may have none")
        @Nullable
        String reference,

        @Schema(description = "code of the public body that was told; never a private person") @Nullable
        String body,

        @Holds(Text.DATE)
        @Schema(description = "to the day or the month; a month counts as told from its last day")
        @Nullable
        String toldOn,

        @Of(PublishedMeasure.class) @Nullable String measure,

        @Schema(description = "what is counted, of the measure other: capitals and underscores") @Nullable
        String subject,

        @Schema(description = "code of the organisation whose requests are counted; null for all together") @Nullable
        String organisation,

        @Holds(Text.DATE) @Schema(description = "first month") @Nullable
        String from,

        @Holds(Text.DATE)
        @Schema(description = "last month, inclusive, or the day in it up to which it counts")
        @Nullable
        String to,

        @Nullable AmountInput value,

        @Of(Unit.class) @Nullable String unit,

        @Nullable BackingInput backing) {

    /** Where the number came from: a position of the ledger, or a source and perhaps its reference. */
    public record BackingInput(
            @Nullable Long position,

            @Schema(description = "true where another number was told than the ledger had at that position") @Nullable
            Boolean wrongTelling,

            @Of(Source.class) @Nullable String source,
            @Holds(Text.SOURCE) @Nullable String reference) {}

    /** The number was told to be another. */
    public record StatementCorrectionInput(
            @Nullable AmountInput was,
            @Nullable AmountInput now,
            @Holds(Text.DATE) @Nullable String toldOn,
            @Of(Channel.class) @Nullable String channel,
            @Holds(Text.SOURCE) @Nullable String reference,
            @Of(Cause.class) @Nullable String cause) {}

    /** Those who had been given the number were told anew. */
    public record RecipientsToldInput(
            @Holds(Text.DATE) @Nullable String toldOn,
            @Of(Channel.class) @Nullable String channel,
            @Holds(Text.SOURCE) @Nullable String reference,
            @Nullable AmountInput value) {}
}
