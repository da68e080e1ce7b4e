package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.VerificationStopped;

/**
 * Events that have no position. Those that the sequencer will still come to are waiting for it; it has passed the others,
 * so they were put in afterwards.
 */
final class EventsWithoutEntry {
    private static final String EVENTS = "select count(*) from event";

    /** While this is there, no two events can have one place in an aggregate, and need not be looked for. */
    private static final String UNIQUE_PLACES = """
            select count(*) from pg_index i
            where i.indrelid = 'event'::regclass and i.indisunique and i.indisvalid and i.indpred is null
              and pg_get_indexdef(i.indexrelid) like '%(aggregate_id, sequence)%'
            """;

    private static final String REPEATED = """
            select max(l.position) from event e join ledger_entry l on l.global_index = e.global_index
            group by e.aggregate_id, e.sequence having count(*) > 1 order by 1 limit 1
            """;

    /** Sees nothing: where the kept snapshot means nothing, the sequencer will look at all events again. */
    private static final String NOTHING_SEARCHED = "1:1:";

    private static final String SEARCHED = """
            select coalesce((select s.snapshot from sequencer s, pg_control_system() c
                             where s.cluster = c.system_identifier
                               and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
                             order by pg_snapshot_xmin(s.snapshot) limit 1)::text, ?)
            """;

    private static final String WITHOUT_ENTRY = "select " + EventRow.COLUMNS
            + ", e.global_index, pg_visible_in_snapshot(e.xid, ?::pg_snapshot),"
            + " exists (select from event d join ledger_entry l on l.global_index = d.global_index"
            + " where d.aggregate_id = e.aggregate_id and d.sequence = e.sequence) from event e where e.xid >= ?::xid8"
            + " and not exists (select from ledger_entry l where l.global_index = e.global_index)";
    private static final String FOLLOWING =
            "select position from ledger_entry where global_index > ? order by global_index limit 1";
    private static final int FETCH = 1_000;

    private final Snapshot snapshot;
    private final EntryWalk walk;
    private final EventComparison events;
    private final @Nullable EventKeys eventKeys;
    private final Breaks breaks;

    EventsWithoutEntry(
            Snapshot snapshot, EntryWalk walk, EventComparison events, @Nullable EventKeys eventKeys, Breaks breaks) {
        this.snapshot = snapshot;
        this.walk = walk;
        this.events = events;
        this.eventKeys = eventKeys;
        this.breaks = breaks;
    }

    /** Looks at them; returns how many wait. */
    long verify() throws SQLException {
        if (snapshot.number(UNIQUE_PLACES).orElse(0) == 0) {
            snapshot.number(REPEATED)
                    .ifPresent(position -> breaks.at(Part.EVENT, Kind.INSERTED, position)
                            .say("event at position " + position
                                    + " has a place in its aggregate that an earlier one has"
                                    + " already; the constraint that forbids it was dropped."));
        }
        String searched = snapshot.rows(SEARCHED, row -> row.getString(1), NOTHING_SEARCHED)
                .getFirst();
        long waiting = read(searched.substring(0, searched.indexOf(':')), searched);
        long all = snapshot.number(EVENTS).orElse(0);
        if (all != walk.eventRows() + waiting) {
            // both tables in the order of their global index
            snapshot.set("set local enable_mergejoin = on");
            read("0", searched);
        }
        return waiting;
    }

    /** Returns how many of those from a transaction on wait. */
    private long read(String from, String searched) throws SQLException {
        long waiting = 0;
        try (ResultSet row = snapshot.cursor(FETCH, WITHOUT_ENTRY, searched, from)) {
            while (row.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new VerificationStopped();
                }
                boolean isLate = row.getBoolean(11);
                if (isLate) {
                    explainLate(EventRow.stored(row, 1), row.getLong(10));
                } else {
                    waiting++;
                    checkWaiting(EventRow.stored(row, 1), row.getLong(10), row.getBoolean(12));
                }
            }
        }
        return waiting;
    }

    private void explainLate(StoredEvent event, long globalIndex) throws SQLException {
        if (events.wasFound(globalIndex) || isOfMissingEntry(event)) {
            return;
        }
        OptionalLong following = snapshot.number(FOLLOWING, globalIndex);
        long position = following.orElse(walk.tree().size());
        breaks.at(Part.EVENT, Kind.INSERTED, position)
                .say("event has a row with global index " + globalIndex
                        + " that has no entry though the sequencer has passed" + " it; it would stand at position "
                        + position + ".");
    }

    private void checkWaiting(StoredEvent event, long globalIndex, boolean isRepeated) {
        if (isRepeated && !events.wasFound(globalIndex) && !isOfMissingEntry(event)) {
            long position = walk.tree().size();
            breaks.at(Part.EVENT, Kind.INSERTED, position)
                    .say("event has a row with global index " + globalIndex + " that waits for position " + position
                            + " or a later one, and has a place in its aggregate that another one has already.");
            return;
        }
        if (eventKeys != null
                && !eventKeys.isGenuine(event)
                && !events.wasFound(globalIndex)
                && !isOfMissingEntry(event)) {
            long position = walk.tree().size();
            breaks.at(Part.EVENT, Kind.FORGED, position)
                    .say("event has a row with global index " + globalIndex + " that waits for position " + position
                            + " or a later one and was not appended by a program that holds this ledger's key.");
        }
    }

    private boolean isOfMissingEntry(StoredEvent event) {
        try {
            return walk.isMissing(TreeHash.ofLeaf(Leaf.bytesOf(event)));
        } catch (UnreadableEvent | IllegalArgumentException e) {
            return false;
        }
    }
}
