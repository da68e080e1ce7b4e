package org.pupilledger.tlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.pupilledger.schema.Leaf;

/** Reads sequenced entries by position. */
public final class Entries {
    private static final int FETCH = 2_000;
    private static final String PAGE =
            "select position, leaf_bytes from ledger_entry where position > ? order by position limit ?";
    private static final String ALL =
            "select position, leaf_bytes from ledger_entry where position between 0 and ? order by position";
    private static final String HEAD = "select coalesce(max(position), -1) from ledger_entry";

    private final DataSource dataSource;

    public Entries(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The newest position, -1 where there is none. */
    public long head() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(HEAD);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** At most {@code limit} entries after {@code position}, in order. */
    List<Entry> after(long position, int limit) {
        List<Entry> page = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setLong(1, position);
            statement.setInt(2, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    page.add(new Entry(row.getLong(1), Leaf.parse(row.getBytes(2))));
                }
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        return page;
    }

    /**
     * Hands over the entries from 0 to {@code last} in order, for as long as {@code reader} says true. Memory stays
     * constant whatever the number.
     *
     * @return the position of the last entry for which {@code reader} said true, -1 where there is none
     * @throws IllegalStateException where a position is missing
     */
    public long read(long last, Predicate<Entry> reader) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (PreparedStatement statement = connection.prepareStatement(ALL)) {
                statement.setLong(1, last);
                statement.setFetchSize(FETCH);
                // binary from the first row on: text would double the bytes of every leaf
                statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
                try (ResultSet row = statement.executeQuery()) {
                    return read(row, reader);
                }
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static long read(ResultSet row, Predicate<Entry> reader) throws SQLException {
        long position = -1;
        while (row.next()) {
            if (row.getLong(1) != position + 1) {
                throw new IllegalStateException("position " + (position + 1) + " is missing");
            }
            if (!reader.test(new Entry(position + 1, Leaf.parse(row.getBytes(2))))) {
                return position;
            }
            position++;
        }
        return position;
    }

    /**
     * The newest entry of the longest prefix of the ledger in which every event was recorded at or before an instant;
     * -1 where already the first was recorded later.
     */
    public long lastRecordedBy(Instant instant) {
        return read(head(), entry -> !Instant.parse(entry.leaf().recordedAt()).isAfter(instant));
    }
}
