package org.pupilledger.publication;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Quarter;

/**
 * Everything known of one edition: the fold of its events.
 *
 * @param preview   what is before a second person, if anything
 * @param revisions what was released, oldest first; the first is revision 1
 */
public record EditionState(
        Quarter quarter,
        LocalDate releaseOn,
        Profile profile,
        @Nullable Revision preview,
        List<Revision> revisions) {
    /**
     * One version of an edition.
     *
     * @param number   1 for the first release
     * @param grounds  null for the first release
     * @param sequence 0-based place of its event among the events of the edition
     */
    public record Revision(int number, @Nullable Grounds grounds, Content content, long sequence) {}

    public EditionState {
        revisions = List.copyOf(revisions);
    }

    /**
     * The state after one more event.
     *
     * @param before   null before the first
     * @param sequence 0-based place of {@code event} among the events of the edition
     */
    public static EditionState after(@Nullable EditionState before, EditionEvent event, long sequence) {
        if (event instanceof EditionEvent.Scheduled(Quarter quarter, LocalDate releaseOn, Profile profile)) {
            return new EditionState(quarter, releaseOn, profile, null, List.of());
        }
        if (before == null) {
            throw new IllegalStateException("an event before the edition was scheduled");
        }
        return switch (event) {
            case EditionEvent.Scheduled scheduled -> before;
            // the files name the date, so what was previewed is out of date
            case EditionEvent.Rescheduled rescheduled ->
                new EditionState(before.quarter, rescheduled.now(), before.profile, null, before.revisions);
            case EditionEvent.Previewed(var quarter, Content content) ->
                before.withPreview(new Revision(1, null, content, sequence));
            case EditionEvent.RevisionPreviewed(var quarter, int number, Grounds grounds, Content content) ->
                before.withPreview(new Revision(number, grounds, content, sequence));
            case EditionEvent.Released(var quarter, Content content) ->
                before.withRelease(new Revision(1, null, content, sequence));
            case EditionEvent.Revised(var quarter, int number, Grounds grounds, Content content) ->
                before.withRelease(new Revision(number, grounds, content, sequence));
        };
    }

    public EditionStatus status() {
        return switch (revisions.size()) {
            case 0 -> preview == null ? EditionStatus.SCHEDULED : EditionStatus.PREVIEWED;
            case 1 -> EditionStatus.RELEASED;
            default -> EditionStatus.REVISED;
        };
    }

    public boolean isReleased() {
        return !revisions.isEmpty();
    }

    /** The newest release; empty before the first. */
    public Optional<Revision> newest() {
        return revision(null);
    }

    /** A release by its number, from 1; the newest where that is null. */
    public Optional<Revision> revision(@Nullable Integer number) {
        int wanted = number == null ? revisions.size() : number;
        return wanted >= 1 && wanted <= revisions.size() ? Optional.of(revisions.get(wanted - 1)) : Optional.empty();
    }

    /** As everybody may see it: nothing of what is before a second person. */
    public EditionState withoutPreview() {
        return withPreview(null);
    }

    private EditionState withPreview(@Nullable Revision next) {
        return new EditionState(quarter, releaseOn, profile, next, revisions);
    }

    private EditionState withRelease(Revision next) {
        List<Revision> all = new ArrayList<>(revisions);
        all.add(next);
        return new EditionState(quarter, releaseOn, profile, null, all);
    }
}
