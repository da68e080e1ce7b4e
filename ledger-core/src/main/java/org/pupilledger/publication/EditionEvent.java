package org.pupilledger.publication;

import java.time.LocalDate;
import org.pupilledger.period.Quarter;

/** Facts about one edition. Names and fields are stored for ever; see {@code EventTypes}. */
public sealed interface EditionEvent {
    Quarter quarter();

    /** @param releaseOn the date that is announced, in Europe/London */
    record Scheduled(Quarter quarter, LocalDate releaseOn, Profile profile) implements EditionEvent {}

    record Rescheduled(Quarter quarter, LocalDate was, LocalDate now, RescheduleReason reason)
            implements EditionEvent {}

    /** What the first release would say, for a second person to look at. */
    record Previewed(Quarter quarter, Content content) implements EditionEvent {}

    /** From now on everybody may see it: revision 1. */
    record Released(Quarter quarter, Content content) implements EditionEvent {}

    /**
     * What a new revision would say.
     *
     * @param revision 2 for the first
     */
    record RevisionPreviewed(Quarter quarter, int revision, Grounds grounds, Content content) implements EditionEvent {}

    /** From now on everybody sees this revision first; the earlier ones stay as they are. */
    record Revised(Quarter quarter, int revision, Grounds grounds, Content content) implements EditionEvent {}
}
