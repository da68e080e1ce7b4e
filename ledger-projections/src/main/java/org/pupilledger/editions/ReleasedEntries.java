package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.List;
import java.util.function.Predicate;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.totals.Delta;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells which entries are released: those that the figures of a release were counted from, and those that say how it
 * came about. Each call costs as much as the entries it is about, whatever the ledger's size.
 */
public final class ReleasedEntries {
    /** Only a destruction and a closure have no month, and a request has at most one of each. */
    private static final int EVENTS_BACK = 2;

    private static final String BEFORE = """
            select l.leaf_bytes from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = ? and e.sequence < ? order by e.sequence desc limit ?
            """;

    private final JdbcTemplate jdbc;
    private final LogReader log;
    private final Releases releases;
    private final EventTypes types = EventTypes.current();

    public ReleasedEntries(JdbcTemplate jdbc, LogReader log, Releases releases) {
        this.jdbc = jdbc;
        this.log = log;
        this.releases = releases;
    }

    /**
     * Whether all of some entries are released.
     *
     * @param first position of the first
     * @param end   position after the last, at most a bundle away
     * @return false also where there are no such entries, or the public checkpoint does not cover them
     */
    public boolean areReleased(long first, long end) {
        List<Release> released = releases.all();
        if (first < 0 || first >= end || released.isEmpty() || end > publicSize()) {
            return false;
        }
        List<byte[]> leaves = log.entries(first, end);
        for (int i = 0; i < leaves.size(); i++) {
            if (!isReleased(first + i, Leaf.parse(leaves.get(i)), released)) {
                return false;
            }
        }
        return true;
    }

    private long publicSize() {
        return log.ofPublic().map(Sealed::size).orElse(0L);
    }

    private boolean isReleased(long position, Leaf leaf, List<Release> released) {
        Predicate<Release> isCounted = release -> release.content().position() >= position;
        return switch (leaf.event(types)) {
            case RequestEvent request ->
                months(request, leaf).stream()
                        .allMatch(month -> released.stream().anyMatch(isCounted.and(release -> release.holds(month))));
            case OrganisationEvent organisation -> released.stream().anyMatch(isCounted);
            case LedgerEvent ledger -> released.stream().anyMatch(isCounted);
            case EditionEvent edition -> isReleased(edition, position, released);
            case AgreementEvent agreement -> released.stream().anyMatch(isCounted);
            case StatementEvent statement -> released.stream().anyMatch(isCounted);
            // whatever else there will be is closed until somebody decides
            default -> false;
        };
    }

    /** What is announced is public with the next release; what was put before a second person, with its own. */
    private static boolean isReleased(EditionEvent event, long position, List<Release> released) {
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

    /** The months of the figures that an event is about: those it changes, else the one its request was counted in. */
    private List<YearMonth> months(RequestEvent event, Leaf leaf) {
        List<YearMonth> changed = monthsOf(event);
        return changed.isEmpty() ? List.of(monthBefore(leaf)) : changed;
    }

    private static List<YearMonth> monthsOf(Object event) {
        return Delta.of(event).rows().stream().map(row -> row.key().month()).toList();
    }

    private YearMonth monthBefore(Leaf leaf) {
        return jdbc
                .query(
                        BEFORE,
                        (row, number) -> monthsOf(Leaf.parse(row.getBytes(1)).event(types)),
                        leaf.aggregateId(),
                        leaf.sequence(),
                        EVENTS_BACK)
                .stream()
                .filter(months -> !months.isEmpty())
                .findFirst()
                // a correction is about two, and leaves the request in the second
                .map(List::getLast)
                .orElseThrow(() -> new IllegalStateException("a request that was never received"));
    }
}
