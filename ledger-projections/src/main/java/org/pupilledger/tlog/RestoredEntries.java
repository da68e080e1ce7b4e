package org.pupilledger.tlog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf.StoredEvent;

/**
 * Puts events back with the entries that they had, in the order of their positions, and makes the tree from them again.
 * Global indexes and transaction ids are new ones of this database, whose order is that of the positions. The sequencer
 * has searched nothing here yet, so its first search begins with everything.
 */
public final class RestoredEntries {
    private static final int BATCH = 1_000;

    private static final String INSERT = """
            with given as (
                select * from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
                with ordinality as g (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision,
                    payload, metadata, leaf_bytes, leaf_hash, number)),
            stored as (
                insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload,
                    metadata)
                select event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata
                from given order by number
                returning event_id, global_index, xid)
            insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash)
            select ? + g.number - 1, s.global_index, s.xid, g.leaf_bytes, g.leaf_hash
            from given g join stored s using (event_id)
            """;

    private final Connection connection;
    private final TreeEdge tree;
    private final List<Row> rows = new ArrayList<>(BATCH);

    @SuppressWarnings("ArrayRecordComponent") // on its way to the database
    private record Row(StoredEvent event, byte[] leaf, byte[] hash) {}

    /**
     * @param connection in a transaction, which the caller commits
     * @throws LogUnavailable another program gives positions at this moment
     */
    public RestoredEntries(Connection connection) throws SQLException {
        this.connection = connection;
        if (!Sequencing.isLeader(connection)) {
            throw new LogUnavailable(new SQLException("another program gives positions"));
        }
        this.tree = TreeEdge.read(connection);
    }

    /** Adds the next one. */
    public void add(StoredEvent event, byte[] leaf) throws SQLException {
        rows.add(new Row(event, leaf, TreeHash.ofLeaf(leaf)));
        if (rows.size() == BATCH) {
            write();
        }
    }

    /**
     * Writes what is left.
     *
     * @return the root of the tree, 32 bytes
     */
    public byte[] finish() throws SQLException {
        write();
        return tree.root();
    }

    private void write() throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>(columns());
        values.add(tree.size());
        if (Sql.update(connection, INSERT, values.toArray()) != rows.size()) {
            throw new TreeDamaged("not all entries were stored");
        }
        rows.forEach(row -> tree.append(row.hash()));
        rows.clear();
        tree.save(connection);
    }

    private List<Array> columns() throws SQLException {
        return List.of(
                column("text", row -> row.event().eventId()),
                column("text", row -> row.event().aggregateId()),
                column("bigint", row -> row.event().sequence()),
                column("text", row -> row.event().aggregateType()),
                column("text", row -> row.event().recordedAt()),
                column("text", row -> row.event().type()),
                column("text", row -> Integer.toString(row.event().revision())),
                column("bytea", row -> row.event().payload()),
                column("bytea", row -> row.event().metadata()),
                column("bytea", Row::leaf),
                column("bytea", Row::hash));
    }

    private Array column(String type, Function<Row, Object> value) throws SQLException {
        // of byte arrays the driver takes no array of objects
        return connection.createArrayOf(
                type, rows.stream().map(value).toArray(type.equals("bytea") ? byte[][]::new : Object[]::new));
    }
}
