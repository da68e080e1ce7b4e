package org.pupilledger.tlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/**
 * Statements over one connection, where no transaction of Spring's is under way: the values of their question marks in
 * order, and what to make of each row.
 */
public final class Sql {
    private Sql() {}

    /** Makes something of a row. */
    @FunctionalInterface
    public interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Takes a row. */
    @FunctionalInterface
    public interface Rows {
        void take(ResultSet row) throws SQLException;
    }

    /** What is done over a connection. */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        T over(Connection connection) throws SQLException, X;
    }

    /** All rows that a query finds. */
    public static <T> List<T> list(Connection connection, String query, Row<T> row, Object... values)
            throws SQLException {
        List<T> found = new ArrayList<>();
        each(connection, query, next -> found.add(row.of(next)), values);
        return found;
    }

    /** Hands over all rows that a query finds. */
    public static void each(Connection connection, String query, Rows rows, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, query, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.take(row);
            }
        }
    }

    /** The first row that a query finds. */
    public static <T> Optional<T> first(Connection connection, String query, Row<T> row, Object... values)
            throws SQLException {
        return list(connection, query, row, values).stream().findFirst();
    }

    /** The number that a query always finds. */
    public static long number(Connection connection, String query, Object... values) throws SQLException {
        return list(connection, query, row -> row.getLong(1), values).getFirst();
    }

    /** The answer that a query always finds. */
    public static boolean is(Connection connection, String query, Object... values) throws SQLException {
        return list(connection, query, row -> row.getBoolean(1), values).getFirst();
    }

    /** Returns how many rows were written. */
    public static int update(Connection connection, String update, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, update, values)) {
            return statement.executeUpdate();
        }
    }

    /**
     * Rows of which a few are in memory at a time, within a transaction; to be closed.
     *
     * @param fetch how many
     */
    public static ResultSet cursor(Connection connection, int fetch, String query, Object... values)
            throws SQLException {
        PreparedStatement statement = prepared(connection, query, values);
        try {
            statement.closeOnCompletion();
            statement.setFetchSize(fetch);
            // binary from the first row on: text would double the bytes of every leaf
            statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
            return statement.executeQuery();
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static PreparedStatement prepared(Connection connection, String statement, Object... values)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        try {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            return prepared;
        } catch (SQLException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    /** @throws LogUnavailable the database could not be read */
    public static <T> T read(DataSource dataSource, Work<T, RuntimeException> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.over(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** Reads within one transaction, which cursors need. */
    public static <T, X extends Exception> T reading(Connection connection, Work<T, X> work) throws SQLException, X {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try {
            return work.over(connection);
        } finally {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
        }
    }

    /** All that is written is committed together, or nothing of it. */
    public static <T, X extends Exception> T writing(Connection connection, Work<T, X> work) throws SQLException, X {
        connection.setAutoCommit(false);
        try {
            T done = work.over(connection);
            connection.commit();
            return done;
        } catch (Throwable e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
