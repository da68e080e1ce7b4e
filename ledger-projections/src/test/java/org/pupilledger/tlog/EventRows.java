package org.pupilledger.tlog;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.pupilledger.TestLedger;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Appends events over plain JDBC, as any other program on the database might, and looks at what became of them. */
public final class EventRows {
    private static final String TYPE = "test";
    private static final String RECORDED_AT = "2026-04-17T09:00:00Z";
    private static final String HAPPENED = "test.happened";

    private static final String INSERT = """
            insert into event
                (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
            select r.event_id, r.aggregate_id, r.sequence, ?, ?, r.type, r.revision, r.payload, r.metadata
            from unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                with ordinality as r (event_id, aggregate_id, sequence, type, revision, payload, metadata, place)
            order by r.place
            """;

    private static final String UNSALTED = "{\"actor\":\"somebody\"}";

    private EventRows() {}

    /** A thing with events. {@code next} is the sequence of the one to come. */
    public static final class Aggregate {
        private final String id;
        private long next;

        public Aggregate(String id) {
            this.id = id;
        }

        void advance(int events) {
            next += events;
        }
    }

    /** Appends {@code each} events to each aggregate, in the transaction under way or one of its own. */
    public static void append(Connection connection, List<Aggregate> aggregates, int each) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        for (int n = 0; n < each; n++) {
            for (Aggregate aggregate : aggregates) {
                long sequence = aggregate.next + n;
                events.add(event(aggregate.id, sequence, HAPPENED, "{\"n\":" + sequence + "}"));
            }
        }
        insert(connection, events);
    }

    /** Gives all committed events their positions. */
    public static void sequence(DataSource dataSource) throws SQLException {
        Sequencing sequencing = new Sequencing(dataSource, TestLedger.AUTHENTICITY);
        while (sequencing.nextBatch().isFull()) {
            // until there is nothing left to do
        }
    }

    /** Appends one event to one aggregate, whatever came before. */
    public static void append(Connection connection, String aggregate, long sequence) throws SQLException {
        Aggregate one = new Aggregate(aggregate);
        one.next = sequence;
        append(connection, List.of(one), 1);
    }

    /** Appends the first event of an aggregate with a payload of any kind, one byte for each character. */
    static void appendGenuine(Connection connection, String aggregate, String payload) throws SQLException {
        insert(connection, List.of(event(aggregate, 0, HAPPENED, payload)));
    }

    /** Appends the first event of an aggregate under a name of any kind. */
    public static void appendNamed(Connection connection, String aggregate, String type) throws SQLException {
        insert(connection, List.of(event(aggregate, 0, type, "{}")));
    }

    /** Appends the first event of an aggregate with a salt of whatever kind. */
    public static void appendForged(Connection connection, String aggregate, String payload, String metadata)
            throws SQLException {
        StoredEvent genuine = event(aggregate, 0, HAPPENED, payload);
        insert(connection, List.of(withMetadata(genuine, metadata.getBytes(StandardCharsets.UTF_8))));
    }

    private static StoredEvent event(String aggregate, long sequence, String type, String payload) {
        StoredEvent unsalted = new StoredEvent(
                TYPE,
                aggregate,
                sequence,
                UUID.randomUUID().toString(),
                RECORDED_AT,
                type,
                1,
                payload.getBytes(StandardCharsets.ISO_8859_1),
                UNSALTED.getBytes(StandardCharsets.US_ASCII));
        return withMetadata(unsalted, TestLedger.saltedMetadata(unsalted));
    }

    private static StoredEvent withMetadata(StoredEvent event, byte[] metadata) {
        return new StoredEvent(
                event.aggregateType(),
                event.aggregateId(),
                event.sequence(),
                event.eventId(),
                event.recordedAt(),
                event.type(),
                event.revision(),
                event.payload(),
                metadata);
    }

    private static void insert(Connection connection, List<StoredEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, TYPE);
            statement.setString(2, RECORDED_AT);
            statement.setArray(3, array(connection, "text", events, StoredEvent::eventId));
            statement.setArray(4, array(connection, "text", events, StoredEvent::aggregateId));
            statement.setArray(5, array(connection, "bigint", events, StoredEvent::sequence));
            statement.setArray(6, array(connection, "text", events, StoredEvent::type));
            statement.setArray(7, array(connection, "text", events, event -> Integer.toString(event.revision())));
            statement.setArray(8, bytes(connection, events, StoredEvent::payload));
            statement.setArray(9, bytes(connection, events, StoredEvent::metadata));
            statement.executeUpdate();
        }
    }

    private static Array array(
            Connection connection, String type, List<StoredEvent> events, Function<StoredEvent, Object> column)
            throws SQLException {
        return connection.createArrayOf(type, events.stream().map(column).toArray());
    }

    private static Array bytes(Connection connection, List<StoredEvent> events, Function<StoredEvent, byte[]> column)
            throws SQLException {
        return connection.createArrayOf("bytea", events.stream().map(column).toArray(byte[][]::new));
    }

    /** The event with the newest global index, as it is stored. */
    public static StoredEvent newest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select " + EventRow.COLUMNS + " from event e order by global_index desc limit 1");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return EventRow.stored(row, 1);
        }
    }

    /** Writes the next entry and makes the tree larger by it, as the sequencer does, whatever the entry says. */
    public static void appendEntry(Connection connection, String globalIndexAndXid, byte[] leaf) throws SQLException {
        TreeEdge tree = TreeEdge.read(connection);
        byte[] hash = TreeHash.ofLeaf(leaf);
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash) select ?, s.*, ?, ? from ("
                        + globalIndexAndXid + ") s")) {
            statement.setLong(1, tree.size());
            statement.setBytes(2, leaf);
            statement.setBytes(3, hash);
            statement.executeUpdate();
        }
        tree.append(hash);
        tree.save(connection);
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** A single number that a query answers. */
    static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Events that have no position. */
    static long unsequenced(Connection connection) throws SQLException {
        return number(
                connection,
                "select count(*) from event e left join ledger_entry l using (global_index) where l.position is null");
    }

    /** Entries whose place among those of their aggregate is not the sequence of their event. */
    static long misplaced(Connection connection) throws SQLException {
        return number(connection, """
                select count(*) from (
                    select e.sequence, row_number() over (partition by e.aggregate_id order by l.position) - 1 as place
                    from ledger_entry l join event e using (global_index)) entry
                where sequence <> place
                """);
    }
}
