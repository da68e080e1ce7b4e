package org.pupilledger.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;

/**
 * Reads events again in the transaction that appended them, for the database may have said that they are there without
 * keeping them, or as something else: each has to be there once, in order, of this transaction and genuine, and only what was
 * sent is genuine under its id. Triggers that were put off until the commit have their turn before.
 */
final class StoredEvents {
    private static final String AGAIN = """
            set constraints all immediate;
            select aggregate_type, aggregate_id, sequence, event_id, recorded_at, type, revision, payload, metadata
            from event where event_id = any (?) and xid = pg_current_xact_id() and global_index > 0 order by global_index
            """;

    private final JdbcTemplate jdbc;
    private final Authenticity authenticity;

    StoredEvents(JdbcTemplate jdbc, Authenticity authenticity) {
        this.jdbc = jdbc;
        this.authenticity = authenticity;
    }

    /** @throws NotStored one of them is not there as it was sent */
    void check(List<? extends EventMessage<?>> events) {
        String[] ids = events.stream().map(EventMessage::getIdentifier).toArray(String[]::new);
        jdbc.execute(AGAIN, (PreparedStatementCallback<Boolean>) statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("text", ids));
            statement.execute();
            check(ids, statement);
            return true;
        });
    }

    private void check(String[] ids, PreparedStatement statement) throws SQLException {
        int next = 0;
        if (!statement.getMoreResults()) {
            throw new NotStored(EventTable.NAME);
        }
        try (ResultSet row = statement.getResultSet()) {
            while (row.next()) {
                if (next == ids.length || !ids[next].equals(row.getString(4)) || !authenticity.isGenuine(event(row))) {
                    throw new NotStored(EventTable.NAME);
                }
                next++;
            }
        }
        NotStored.unless(ids.length, next, EventTable.NAME);
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                row.getBytes(8),
                row.getBytes(9));
    }
}
