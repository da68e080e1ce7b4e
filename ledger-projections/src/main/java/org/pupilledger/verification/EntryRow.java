package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.EventRow;

/**
 * An entry and the event that it is of, as they are stored.
 *
 * @param event     null where there is none with the entry's global index
 * @param isGenuine false where the event was not appended by a holder of a key at hand; true where that was not asked
 */
@SuppressWarnings("ArrayRecordComponent") // on its way, never compared
record EntryRow(
        long position,
        long globalIndex,
        byte[] leaf,
        byte[] hash,
        @Nullable EventRow event,
        boolean isGenuine) {
    /** Every column of both tables; their global index and xid are only compared with each other. */
    static final String COLUMNS =
            "l.position, l.global_index, l.leaf_bytes, l.leaf_hash, e.global_index, l.xid = e.xid," + " "
                    + EventRow.COLUMNS;

    static EntryRow read(ResultSet row, Predicate<StoredEvent> genuine) throws SQLException {
        row.getLong(5);
        EventRow event = row.wasNull() ? null : EventRow.read(row, 7, row.getBoolean(6));
        return new EntryRow(
                row.getLong(1),
                row.getLong(2),
                bytes(row, 3),
                bytes(row, 4),
                event,
                event == null || genuine.test(event.stored()));
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
