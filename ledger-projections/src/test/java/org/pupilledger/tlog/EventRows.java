package org.pupilledger.tlog;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Appends events over plain JDBC, as any other program on the database might, and looks at what became of them. */
final class EventRows {
    private static final String MANY = """
            insert into event
                (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
            select gen_random_uuid()::text, a.id, a.next + n, 'test', '2026-04-17T09:00:00Z', 'test.happened', '1',
                convert_to('{"n":' || a.next + n || '}', 'UTF8'),
                convert_to('{"actor":"somebody","salt":"'
                    || encode(sha256(convert_to(random()::text, 'UTF8')), 'base64') || '"}', 'UTF8')
            from unnest(?::text[], ?::bigint[]) as a (id, next), generate_series(0, ? - 1) n
            order by n, a.id
            """;
    private static final String ONE = """
            insert into event
                (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
            values (gen_random_uuid()::text, ?, 0, 'test', '2026-04-17T09:00:00Z', 'test.happened', ?, ?, ?)
            """;

    private EventRows() {}

    /** A thing with events. {@code next} is the sequence of the one to come. */
    static final class Aggregate {
        private final String id;
        private long next;

        Aggregate(String id) {
            this.id = id;
        }

        void advance(int events) {
            next += events;
        }
    }

    /** Appends {@code each} events to each aggregate, in the transaction under way or one of its own. */
    static void append(Connection connection, List<Aggregate> aggregates, int each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MANY)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", aggregates.stream().map(it -> it.id).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", aggregates.stream().map(it -> it.next).toArray()));
            statement.setInt(3, each);
            statement.executeUpdate();
        }
    }

    /** Appends one event to one aggregate, whatever came before. */
    static void append(Connection connection, String aggregate, long sequence) throws SQLException {
        Aggregate one = new Aggregate(aggregate);
        one.next = sequence;
        append(connection, List.of(one), 1);
    }

    /** Appends one event with bytes of any kind. */
    static void append(Connection connection, String aggregate, String revision, byte[] payload, String metadata)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setString(1, aggregate);
            statement.setString(2, revision);
            statement.setBytes(3, payload);
            statement.setBytes(4, metadata.getBytes(StandardCharsets.UTF_8));
            statement.executeUpdate();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
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
