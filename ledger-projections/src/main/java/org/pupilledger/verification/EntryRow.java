package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Authenticity.Finding;
import org.pupilledger.tlog.EventRow;

/**
 * An entry and the event that it is of, as they are stored.
 *
 * @param event   null where there is none with the entry's global index
 * @param finding what the event is beside the entry; genuine where only that was not asked
 */
@SuppressWarnings("ArrayRecordComponent") // on its way, never compared
record EntryRow(
        long position,
        long globalIndex,
        byte[] leaf,
        byte[] hash,
        @Nullable EventRow event,
        Finding finding) {
    /** Every column of both tables; their global index and xid are only compared with each other. */
    static final String COLUMNS =
            "l.position, l.global_index, l.leaf_bytes, l.leaf_hash, e.global_index, l.xid = e.xid," + " "
                    + EventRow.COLUMNS;

    /** @param authenticity null where it is not asked who appended the event */
    static EntryRow read(ResultSet row, @Nullable Authenticity authenticity) throws SQLException {
        row.getLong(5);
        EventRow event = row.wasNull() ? null : EventRow.read(row, 7, row.getBoolean(6));
        byte[] leaf = bytes(row, 3);
        return new EntryRow(
                row.getLong(1), row.getLong(2), leaf, bytes(row, 4), event, finding(event, leaf, authenticity));
    }

    private static Finding finding(@Nullable EventRow event, byte[] leaf, @Nullable Authenticity authenticity) {
        if (event == null) {
            return Finding.DIFFERENT;
        }
        if (authenticity != null) {
            return event.compare(leaf, authenticity);
        }
        return event.gives(leaf) ? Finding.GENUINE : Finding.DIFFERENT;
    }

    /** Whether all columns of both rows agree. */
    boolean agrees() {
        return finding != Finding.DIFFERENT;
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }
}
