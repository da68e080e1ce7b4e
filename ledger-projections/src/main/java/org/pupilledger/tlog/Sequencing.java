package org.pupilledger.tlog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.failure.Damaged;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the next events their positions and makes the tree larger by them, in one transaction.
 *
 * <p>A batch is the first {@value #BATCH} events, by global index, that one statement's snapshot sees and that have no
 * entry. So each event is taken exactly once, by the first snapshot that sees it, however late its transaction
 * commits. What a writer had read was committed before and has a lower index, so whichever snapshot sees the later
 * event of an aggregate sees the earlier one too: the order within an aggregate is kept, and it is checked all the same.
 *
 * <p>The snapshot of the last search that took all it saw only shortens the next one: what is still missing was written
 * by transactions that it did not see, those in progress then and those that began later. A transaction that stays open
 * adds one id to look for, not all that was written since. Transaction ids mean nothing in another cluster, so there the
 * search begins with everything, as it does where the snapshot is ahead of this cluster: then the tables came from a copy
 * of it that had gone on. The snapshot has a MAC, for with one that was moved ahead, events would be passed over: where it
 * does not hold, the search begins with everything too, and the row is written anew.
 */
final class Sequencing {
    /** Large enough to catch up with an import quickly, small enough to hold in memory. */
    static final int BATCH = 5_000;

    /** Any number, as long as every ledger program uses the same. */
    private static final long LEADER_LOCK = 0x70757069_6c6c6f67L;

    private static final int INSERT_BATCH = 500;

    private static final String LEADER = "select pg_try_advisory_xact_lock(?) and not pg_is_in_recovery()";
    private static final String SEARCHED = """
            select pg_snapshot_xmax(s.snapshot)::text, array(select pg_snapshot_xip(s.snapshot))::text,
                c.system_identifier,
                s.cluster = c.system_identifier
                    and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot()),
                s.snapshot::text, s.cluster, s.mac, pg_current_snapshot()::text,
                exists (select from pg_index i
                        where i.indrelid = 'event'::regclass and i.indisunique and i.indisvalid and i.indpred is null
                          and pg_get_indexdef(i.indexrelid) like '%(aggregate_id, sequence)%')
            from pg_control_system() c left join sequencer s on true
            """;
    private static final String LAST = "select coalesce(max(position), -1) from ledger_entry";
    private static final String UNSEQUENCED = """
            with fresh as (
                (select e.* from event e
                 where e.xid >= ?::xid8
                   and not exists (select from ledger_entry l where l.global_index = e.global_index)
                 order by e.global_index limit ?)
                union all
                (select e.* from event e
                 where e.xid = any(?::xid8[])
                   and not exists (select from ledger_entry l where l.global_index = e.global_index)
                 order by e.global_index limit ?)
                order by global_index limit ?)
            select e.global_index, e.xid, l.position is not null, pg_current_snapshot()::text, %columns
            from fresh e
            left join event p on p.aggregate_id = e.aggregate_id and p.sequence = e.sequence - 1
            left join ledger_entry l on l.global_index = p.global_index
            order by e.global_index
            """.replace("%columns", EventRow.COLUMNS);
    private static final String INSERT =
            "insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash) values (?, ?, ?::xid8, ?, ?)";
    private static final String ADDED = "select count(*) from ledger_entry where position > ?";
    private static final String SAVE_SEARCHED = """
            insert into sequencer (snapshot, cluster, mac) values (?::pg_snapshot, ?, ?)
            on conflict (id) do update
                set snapshot = excluded.snapshot, cluster = excluded.cluster, mac = excluded.mac
            """;
    private static final String PURPOSE = "sequencer-snapshot";
    private static final Logger LOG = LoggerFactory.getLogger(Sequencing.class);

    private final DataSource dataSource;
    private final Authenticity authenticity;

    Sequencing(DataSource dataSource, Authenticity authenticity) {
        this.dataSource = dataSource;
        this.authenticity = authenticity;
    }

    /**
     * What one batch did.
     *
     * @param isLeader false where another program is at it
     * @param count    events that got a position
     * @param last     the newest position, -1 where there is none
     */
    record Outcome(boolean isLeader, int count, long last) {
        boolean isFull() {
            return count == BATCH;
        }
    }

    Outcome nextBatch() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.writing(connection, this::nextBatch);
        }
    }

    /** The newest position, -1 where there is none. */
    long last() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.number(connection, LAST);
        }
    }

    private Outcome nextBatch(Connection connection) throws SQLException {
        boolean isLeader = isLeader(connection);
        // Each statement has its own snapshot: this one is taken after the lock, so it sees what the last leader wrote.
        long last = Sql.number(connection, LAST);
        if (!isLeader) {
            return new Outcome(false, 0, last);
        }
        Searched searched = searched(connection);
        List<Unsequenced> batch = unsequenced(connection, searched);
        if (batch.isEmpty()) {
            if (!searched.isGenuine()) {
                // as of before the search, so nothing that it did not see counts as seen
                saveSearched(connection, searched.now(), searched.cluster());
            }
            return new Outcome(true, 0, last);
        }
        checkOrder(batch, last + 1);
        checkAuthenticity(batch, last + 1);
        TreeEdge tree = TreeEdge.read(connection);
        if (tree.size() != last + 1) {
            throw new Damaged("the tree has " + tree.size() + " leaves, but the newest position is " + last);
        }
        insert(connection, batch, tree);
        // the driver counts rows of a batch together; the bytes of each are compared before they are sealed
        NotStored.unless(batch.size(), (int) Sql.number(connection, ADDED, last), "ledger_entry");
        tree.save(connection);
        if (batch.size() < BATCH) {
            saveSearched(connection, batch.getFirst().snapshot(), searched.cluster());
        }
        return new Outcome(true, batch.size(), last + batch.size());
    }

    /** Whether this program is the one that gives positions, until its transaction ends. */
    static boolean isLeader(Connection connection) throws SQLException {
        return Sql.is(connection, LEADER, LEADER_LOCK);
    }

    /**
     * What need not be looked for again.
     *
     * @param from       whatever an older transaction wrote was seen
     * @param inProgress except what these wrote, as text of an array
     * @param now        the snapshot in which this was read
     * @param isGenuine  false where something is stored that this program did not write
     */
    private record Searched(String from, String inProgress, long cluster, String now, boolean isGenuine) {}

    private Searched searched(Connection connection) throws SQLException {
        return Sql.first(connection, SEARCHED, this::searched).orElseThrow();
    }

    private Searched searched(ResultSet row) throws SQLException {
        String from = row.getString(1);
        long cluster = row.getLong(3);
        String snapshot = row.getString(5);
        boolean isGenuine = snapshot == null || isGenuine(snapshot, row.getLong(6), row.getBytes(7));
        if (!row.getBoolean(9)) {
            // a copy of an event is as genuine as the event: only this keeps it out
            throw new Damaged("the constraint that keeps the places of events in their aggregates unique is"
                    + " gone; verify, and put it back");
        }
        if (!isGenuine) {
            LOG.warn("how far the sequencer had searched was changed by somebody else, so all events are searched");
        }
        return from == null || !row.getBoolean(4) || !isGenuine
                ? new Searched("0", "{}", cluster, row.getString(8), isGenuine)
                : new Searched(from, row.getString(2), cluster, row.getString(8), true);
    }

    private boolean isGenuine(String snapshot, long cluster, byte @Nullable [] mac) {
        return mac != null && authenticity.isMac(mac, PURPOSE, content(snapshot, cluster));
    }

    private static byte[] content(String snapshot, long cluster) {
        return (snapshot + " " + cluster).getBytes(StandardCharsets.US_ASCII);
    }

    private record Unsequenced(
            long globalIndex, String xid, StoredEvent event, boolean followsSequenced, String snapshot) {
        static Unsequenced of(ResultSet row) throws SQLException {
            StoredEvent event = EventRow.stored(row, 5);
            if (event.revision() < 0) {
                throw new Damaged("an event version that is no number");
            }
            return new Unsequenced(row.getLong(1), row.getString(2), event, row.getBoolean(3), row.getString(4));
        }

        /** For whoever looks for it: by its place in the table, and by that in the ledger. */
        String waitingFor(long position) {
            return "event with global index " + globalIndex + ", which waits for position " + position + ",";
        }
    }

    private static List<Unsequenced> unsequenced(Connection connection, Searched searched) throws SQLException {
        return Sql.list(
                connection, UNSEQUENCED, Unsequenced::of, searched.from(), BATCH, searched.inProgress(), BATCH, BATCH);
    }

    private static void checkOrder(List<Unsequenced> batch, long first) {
        Map<String, Long> newest = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Unsequenced next = batch.get(i);
            StoredEvent event = next.event();
            Long before = newest.put(event.aggregateId(), event.sequence());
            boolean inOrder =
                    before != null ? before == event.sequence() - 1 : event.sequence() == 0 || next.followsSequenced();
            if (!inOrder) {
                throw new Damaged(
                        next.waitingFor(first + i) + " comes before the one that precedes it in its aggregate");
            }
        }
    }

    private void checkAuthenticity(List<Unsequenced> batch, long first) {
        for (int i = 0; i < batch.size(); i++) {
            Unsequenced next = batch.get(i);
            if (!authenticity.isGenuine(next.event())) {
                throw new Damaged(
                        next.waitingFor(first + i) + " was not appended by a program that holds this ledger's key");
            }
        }
    }

    private static void insert(Connection connection, List<Unsequenced> batch, TreeEdge tree) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int count = 0;
            for (Unsequenced next : batch) {
                byte[] leaf = leaf(next, tree.size());
                byte[] hash = TreeHash.ofLeaf(leaf);
                statement.setLong(1, tree.size());
                statement.setLong(2, next.globalIndex());
                statement.setString(3, next.xid());
                statement.setBytes(4, leaf);
                statement.setBytes(5, hash);
                statement.addBatch();
                tree.append(hash);
                count++;
                if (count % INSERT_BATCH == 0) {
                    NotStored.unlessEach(statement.executeBatch(), "ledger_entry");
                }
            }
            NotStored.unlessEach(statement.executeBatch(), "ledger_entry");
        }
    }

    private static byte[] leaf(Unsequenced next, long position) {
        try {
            return Leaf.bytesOf(next.event());
        } catch (UnreadableEvent e) {
            throw new Damaged(next.waitingFor(position) + " cannot be made an entry: " + e.getMessage(), e);
        }
    }

    private void saveSearched(Connection connection, String snapshot, long cluster) throws SQLException {
        byte[] mac = authenticity.mac(PURPOSE, content(snapshot, cluster));
        NotStored.unless(1, Sql.update(connection, SAVE_SEARCHED, snapshot, cluster, mac), "sequencer");
    }
}
