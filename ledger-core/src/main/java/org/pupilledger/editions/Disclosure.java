package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.figures.Delta;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.period.Period;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.StatementEvent;

/**
 * The rule by which entries become public: those that the figures of a release were counted from, and those that say how
 * it came about. It only ever opens more: what some releases disclose stays so with any further one.
 */
public final class Disclosure {
    private final List<Release> released;

    /** @param released the oldest first */
    public Disclosure(List<Release> released) {
        this.released = List.copyOf(released);
    }

    /** Whether nothing is released, so that nothing is open. */
    public boolean isNothing() {
        return released.isEmpty();
    }

    /**
     * Whether everybody may read an entry.
     *
     * @param monthBefore the month that the event's request was counted in then, asked for only where the event itself is
     *                    about none
     */
    public boolean isOpen(long position, Object event, Supplier<YearMonth> monthBefore) {
        Predicate<Release> isCounted = release -> release.content().position() >= position;
        return switch (event) {
            case RequestEvent request ->
                months(request, monthBefore).stream()
                        .allMatch(month -> released.stream().anyMatch(isCounted.and(release -> release.holds(month))));
            case PeriodTotalEvent total ->
                total.header()
                        .period()
                        .months()
                        .allMatch(month -> released.stream().anyMatch(isCounted.and(release -> release.holds(month))));
            case OrganisationEvent organisation -> released.stream().anyMatch(isCounted);
            case LedgerEvent ledger -> released.stream().anyMatch(isCounted);
            case EditionEvent edition -> isOpen(edition, position);
            case CoverageEvent coverage -> released.stream().anyMatch(isCounted);
            case AgreementEvent agreement -> released.stream().anyMatch(isCounted);
            case StatementEvent statement -> released.stream().anyMatch(isCounted);
            // whatever else there will be is closed until somebody decides
            default -> false;
        };
    }

    /** What is announced is public with the next release; what was put before a second person, with its own. */
    private boolean isOpen(EditionEvent event, long position) {
        Predicate<Release> isAnnounced = release -> release.position() >= position;
        Predicate<Release> isItsOwn = release -> release.quarter().equals(event.quarter());
        return released.stream()
                .anyMatch(
                        switch (event) {
                            case EditionEvent.Scheduled scheduled -> isAnnounced;
                            case EditionEvent.Rescheduled rescheduled -> isAnnounced;
                            case EditionEvent.Released release -> isAnnounced;
                            case EditionEvent.Revised revision -> isAnnounced;
                            case EditionEvent.Previewed preview -> isAnnounced.and(isItsOwn);
                            case EditionEvent.RevisionPreviewed preview -> isAnnounced.and(isItsOwn);
                        });
    }

    /**
     * The position of the first release with which an event of a request is open; empty where none opens it yet.
     *
     * @param months that the event changes, at least one
     */
    OptionalLong opening(long position, List<YearMonth> months) {
        long opening = -1;
        for (YearMonth month : months) {
            OptionalLong first = released.stream()
                    .filter(release -> release.content().position() >= position && release.holds(month))
                    .mapToLong(Release::position)
                    .findFirst();
            if (first.isEmpty()) {
                return first;
            }
            opening = Math.max(opening, first.getAsLong());
        }
        return OptionalLong.of(opening);
    }

    /** The months of the figures that an event is about: those it changes, else the one its request was counted in. */
    private static List<YearMonth> months(RequestEvent event, Supplier<YearMonth> monthBefore) {
        List<YearMonth> changed = monthsOf(event);
        return changed.isEmpty() ? List.of(monthBefore.get()) : changed;
    }

    /** The months of the figures that an event changes; of a correction the second is the one that it leaves. */
    public static List<YearMonth> monthsOf(Object event) {
        return Delta.of(event).rows().stream()
                .map(row -> row.key().period())
                .flatMap(Period::months)
                .toList();
    }
}
