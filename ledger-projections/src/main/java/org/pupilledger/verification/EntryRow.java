package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.EventRow;

/**
 * An entry and the event that it is of, as they are stored.
 *
 * @param event null where there is none with the entry's global index
 */
@SuppressWarnings("ArrayRecordComponent") // on its way, never compared
record EntryRow(
        long position,
        long globalIndex,
        byte[] leaf,
        byte[] hash,
        @Nullable EventRow event) {
    /** Every column of both tables; their global index and xid are only compared with each other. */
    static final String COLUMNS =
            "l.position, l.global_index, l.leaf_bytes, l.leaf_hash, e.global_index, l.xid = e.xid," + " "
                    + EventRow.COLUMNS;

    static EntryRow read(ResultSet row) throws SQLException {
        row.getLong(5);
        EventRow event = row.wasNull() ? null : EventRow.read(row, 7, row.getBoolean(6));
        return new EntryRow(row.getLong(1), row.getLong(2), bytes(row, 3), bytes(row, 4), event);
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
