package org.pupilledger.tlog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
        try (PreparedStatement statement = connection.prepareStatement(Sequencing.LEADER)) {
            statement.setLong(1, Sequencing.LEADER_LOCK);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new LogUnavailable(new SQLException("another program gives positions"));
                }
            }
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
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int at = 1;
            for (Array column : columns()) {
                statement.setArray(at++, column);
            }
            statement.setLong(at, tree.size());
            if (statement.executeUpdate() != rows.size()) {
                throw new TreeDamaged("not all entries were stored");
            }
        }
        rows.forEach(row -> tree.append(row.hash()));
        rows.clear();
        tree.save(connection);
    }

    private List<Array> columns() throws SQLException {
        return List.of(
                array("text", rows.stream().map(row -> row.event().eventId()).toArray()),
                array(
                        "text",
                        rows.stream().map(row -> row.event().aggregateId()).toArray()),
                array("bigint", rows.stream().map(row -> row.event().sequence()).toArray()),
                array(
                        "text",
                        rows.stream().map(row -> row.event().aggregateType()).toArray()),
                array("text", rows.stream().map(row -> row.event().recordedAt()).toArray()),
                array("text", rows.stream().map(row -> row.event().type()).toArray()),
                array(
                        "text",
                        rows.stream()
                                .map(row -> Integer.toString(row.event().revision()))
                                .toArray()),
                array("bytea", rows.stream().map(row -> row.event().payload()).toArray(byte[][]::new)),
                array("bytea", rows.stream().map(row -> row.event().metadata()).toArray(byte[][]::new)),
                array("bytea", rows.stream().map(Row::leaf).toArray(byte[][]::new)),
                array("bytea", rows.stream().map(Row::hash).toArray(byte[][]::new)));
    }

    private Array array(String type, Object[] values) throws SQLException {
        return connection.createArrayOf(type, values);
    }
}
