package org.pupilledger.editions;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.period.Period;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionState;

/** What was released, and when. Folded anew only when there is a new entry of an edition. */
public final class Releases {
    private final KnownStates<EditionState> editions;
    private volatile Known known = new Known(0, List.of());

    public Releases(KnownStates<EditionState> editions) {
        this.editions = editions;
    }

    /** @param entries of editions, all there were */
    private record Known(long entries, List<Release> releases) {}

    /**
     * A revision of an edition that everybody may see.
     *
     * @param revision   1 for the first release
     * @param position   of the event that released it, which comes after all that is in it
     * @param recordedAt when that event was recorded
     * @param withheld   quarters of which it has nothing, since an edition of their own was still to come
     */
    public record Release(
            Quarter quarter, int revision, Content content, long position, Instant recordedAt, Set<Quarter> withheld) {
        public Release {
            withheld = Set.copyOf(withheld);
        }

        /** Whether no row of a month in its figures means no request: those up to its quarter, but for those withheld. */
        public boolean holds(YearMonth month) {
            return !month.isAfter(quarter.last()) && !withheld.contains(Quarter.of(month));
        }

        /** The same of all months of a period. */
        public boolean holds(Period period) {
            return period.months().allMatch(this::holds);
        }
    }

    /** All that are sealed and registered, the oldest first. */
    public List<Release> all() {
        long entries = editions.entries();
        Known newest = known;
        if (entries != newest.entries()) {
            newest = new Known(entries, releases(editions.all()));
            known = newest;
        }
        return newest.releases();
    }

    private static List<Release> releases(List<KnownStates.State<EditionState>> editions) {
        List<Release> releases = new ArrayList<>();
        for (KnownStates.State<EditionState> edition : editions) {
            for (EditionState.Revision revision : edition.state().revisions()) {
                KnownStates.Stamp stamp = edition.stamps().get((int) revision.sequence());
                releases.add(new Release(
                        edition.state().quarter(),
                        revision.number(),
                        revision.content(),
                        stamp.position(),
                        Instant.parse(stamp.recordedAt()),
                        withheld(
                                edition.state().quarter(),
                                editions,
                                revision.content().position())));
            }
        }
        releases.sort(Comparator.comparingLong(Release::position));
        return List.copyOf(releases);
    }

    /**
     * Quarters that the edition of another one must not show: those that had an edition of their own announced and not
     * released, as the ledger was at a position.
     */
    public Set<Quarter> withheld(Quarter own, long position) {
        return withheld(own, editions.all(), position);
    }

    /** Whether a month is in one of some quarters. */
    public static Predicate<YearMonth> in(Set<Quarter> quarters) {
        return month -> quarters.contains(Quarter.of(month));
    }

    /** The release that was the first to show a period; empty before there is one. */
    public Optional<Release> firstToShow(Period period) {
        return all().stream().filter(release -> release.holds(period)).findFirst();
    }

    /** Quarters with an edition that was scheduled, and not released, at the newest entry that was counted. */
    private static Set<Quarter> withheld(Quarter own, List<KnownStates.State<EditionState>> editions, long position) {
        return editions.stream()
                .filter(edition -> !edition.state().quarter().equals(own))
                .filter(edition -> edition.stamps().getFirst().position() <= position)
                .filter(edition -> !edition.state().isReleased() || firstRelease(edition) > position)
                .map(edition -> edition.state().quarter())
                .collect(Collectors.toSet());
    }

    private static long firstRelease(KnownStates.State<EditionState> edition) {
        return edition.state()
                .revision(1)
                .map(first -> edition.stamps().get((int) first.sequence()).position())
                .orElse(Long.MAX_VALUE);
    }
}
