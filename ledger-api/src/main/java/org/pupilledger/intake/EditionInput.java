package org.pupilledger.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RescheduleReason;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.reading.Holds;
import org.pupilledger.reading.Holds.Text;
import org.pupilledger.reading.Of;

/** The edition of a quarter as it is to be announced. */
@Schema(name = "EditionInput", description = "The edition of a quarter as it is to be announced.")
public record EditionInput(
        @Holds(Text.DATE) @Schema(description = "such as 2023-Q3", example = "2023-Q3") @Nullable
        String quarter,

        @Holds(Text.DATE) @Schema(description = "the date that is announced; after the quarter's end") @Nullable
        String releaseOn,

        @Of(Profile.class)
        @Schema(description = "how figures are guarded against disclosure; EXACT where left out")
        @Nullable
        String profile) {

    /** A body that says nothing, which no form of a page can send. */
    @Schema(name = "NothingInput")
    public record NothingInput() {}

    /** Another date, before the release. */
    @Schema(name = "ScheduleInput")
    public record ScheduleInput(
            @Holds(Text.DATE) @Nullable String releaseOn,

            @Of(RescheduleReason.class) @Nullable String reason) {}

    /** Why an edition is revised, and on whose word. */
    @Schema(name = "RevisionInput")
    public record RevisionInput(
            @Of(RevisionKind.class) @Nullable String kind,

            @Of(Cause.class) @Nullable String reason,

            @Of(Decider.class) @Schema(description = "a role, never a person") @Nullable
            String decider,

            @Holds(Text.DATE)
            @Schema(description = "users are told on this date; the revision is not released before")
            @Nullable
            String announcedOn) {}
}
