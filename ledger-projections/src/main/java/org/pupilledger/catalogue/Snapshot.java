package org.pupilledger.catalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.pupilledger.tlog.Sql;

/** One read-only transaction in which all statements see the same. Its methods may be called by several threads. */
public final class Snapshot implements AutoCloseable {
    /** A million rows in order of an index, without sorting or hashing them to disk; and no time spent on preparations. */
    private static final List<String> SETTINGS = List.of(
            "set local enable_hashjoin = off",
            "set local enable_mergejoin = off",
            "set local enable_sort = off",
            "set local enable_seqscan = on",
            "set local jit = off",
            "set local max_parallel_workers_per_gather = 0");

    private final Connection connection;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    /** Of a transaction under way. */
    public static Snapshot of(Connection connection) {
        return new Snapshot(connection);
    }

    public static Snapshot take(DataSource dataSource) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Snapshot snapshot = new Snapshot(connection);
            for (String setting : SETTINGS) {
                snapshot.set(setting);
            }
            return snapshot;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    public Connection connection() {
        return connection;
    }

    public void set(String setting) throws SQLException {
        Sql.update(connection, setting);
    }

    /** All rows that a query finds; the query says how many at most. */
    public <T> List<T> rows(String query, Sql.Row<T> reader, Object... values) throws SQLException {
        return Sql.list(connection, query, reader, values);
    }

    /** Rows of which a few are in memory at a time; to be closed. */
    public ResultSet cursor(int fetch, String query, Object... values) throws SQLException {
        return Sql.cursor(connection, fetch, query, values);
    }

    /** The number that a query finds; empty where it finds none. */
    public OptionalLong number(String query, Object... values) throws SQLException {
        List<Long> rows = rows(query, row -> row.getLong(1), values);
        return rows.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rows.getFirst());
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }
}
