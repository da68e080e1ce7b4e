package org.pupilledger.publication;

import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.pupilledger.period.Quarter;
import org.pupilledger.request.Occasion;

/** Orders about one edition. */
public sealed interface EditionCommand {
    Quarter quarter();

    Occasion occasion();

    /** Id of the aggregate. */
    @TargetAggregateIdentifier
    default String id() {
        return Edition.id(quarter());
    }

    /** Announces when the edition of a quarter is released. */
    record ScheduleEdition(Quarter quarter, LocalDate releaseOn, Profile profile, Occasion occasion)
            implements EditionCommand {}

    /** Announces another date, before the release. */
    record RescheduleEdition(Quarter quarter, LocalDate releaseOn, RescheduleReason reason, Occasion occasion)
            implements EditionCommand {}

    /** Puts what the release would say before a second person. */
    record PreviewEdition(Quarter quarter, Content content, Occasion occasion) implements EditionCommand {}

    /** Puts what a new revision would say before a second person. */
    record PreviewRevision(Quarter quarter, Grounds grounds, Content content, Occasion occasion)
            implements EditionCommand {}

    /** Releases what was previewed last, to the byte. */
    record ReleaseEdition(Quarter quarter, Occasion occasion) implements EditionCommand {}
}
