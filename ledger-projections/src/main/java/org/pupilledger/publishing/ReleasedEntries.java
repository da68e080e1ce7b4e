package org.pupilledger.publishing;

import java.time.YearMonth;
import java.util.List;
import org.pupilledger.editions.Disclosure;
import org.pupilledger.editions.Releases;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
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
        Disclosure disclosure = new Disclosure(releases.all());
        if (first < 0 || first >= end || disclosure.isNothing() || end > publicSize()) {
            return false;
        }
        List<byte[]> leaves = log.entries(first, end);
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = Leaf.parse(leaves.get(i));
            if (!disclosure.isOpen(first + i, leaf.event(types), () -> monthBefore(leaf))) {
                return false;
            }
        }
        return true;
    }

    private long publicSize() {
        return log.ofPublic().map(Sealed::size).orElse(0L);
    }

    private YearMonth monthBefore(Leaf leaf) {
        return jdbc
                .query(
                        BEFORE,
                        (row, number) ->
                                Disclosure.monthsOf(Leaf.parse(row.getBytes(1)).event(types)),
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
