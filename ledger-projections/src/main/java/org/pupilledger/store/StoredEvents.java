package org.pupilledger.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.pupilledger.failure.NotYet;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.tlog.NotStored;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;

/**
 * Reads events again in the transaction that appended them, for the database may have said that they are there without
 * keeping them, or as something else: each has to be there once, in order, of this transaction and genuine, and only what was
 * sent is genuine under its id. Triggers that were put off until the commit have their turn before.
 *
 * <p>The same transaction has to see what was sealed: a database that was put back to an older state under a program at work
 * would take events that can never be sealed, until the sealer looks at it again.
 */
final class StoredEvents {
    private static final String AGAIN = """
            set constraints all immediate;
            select %columns, coalesce((select max(size) from checkpoint), 0) >= ?
            from event e where event_id = any (?) and xid = pg_current_xact_id() and global_index > 0 order by global_index
            """.replace("%columns", EventRow.COLUMNS);

    private final JdbcTemplate jdbc;
    private final Authenticity authenticity;
    private final LongSupplier sealed;

    /** @param sealed how many entries this program knows to be sealed */
    StoredEvents(JdbcTemplate jdbc, Authenticity authenticity, LongSupplier sealed) {
        this.jdbc = jdbc;
        this.authenticity = authenticity;
        this.sealed = sealed;
    }

    /**
     * @throws NotStored    one of them is not there as it was sent
     * @throws NotYet what was sealed is not there any more
     */
    void check(List<? extends EventMessage<?>> events) {
        String[] ids = events.stream().map(EventMessage::getIdentifier).toArray(String[]::new);
        jdbc.execute(AGAIN, (PreparedStatementCallback<Boolean>) statement -> {
            statement.setLong(1, sealed.getAsLong());
            statement.setArray(2, statement.getConnection().createArrayOf("text", ids));
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
                if (next == ids.length
                        || !ids[next].equals(row.getString(1))
                        || !authenticity.isGenuine(EventRow.stored(row, 1))) {
                    throw new NotStored(EventTable.NAME);
                }
                if (!row.getBoolean(10)) {
                    throw new NotYet(
                            NotYet.What.RECORDED,
                            "The database no longer holds what was sealed: it was probably put back to"
                                    + " an older state.");
                }
                next++;
            }
        }
        NotStored.unless(ids.length, next, EventTable.NAME);
    }
}
