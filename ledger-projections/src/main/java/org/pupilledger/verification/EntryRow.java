package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Leaf.StoredEvent;

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

    /**
     * An event as it is stored.
     *
     * @param hasXidOfEntry whether both tables name the same transaction
     * @param revision      as it is written
     */
    record EventRow(boolean hasXidOfEntry, String revision, StoredEvent stored) {
        static final String COLUMNS = "e.event_id, e.aggregate_id, e.sequence, e.aggregate_type, e.recorded_at, e.type,"
                + " e.revision, e.payload, e.metadata";
        /** Whether the revision is written as the ledger writes it. */
        boolean hasPlainRevision() {
            return revision.equals(Integer.toString(stored.revision()));
        }
    }

    static EntryRow read(ResultSet row) throws SQLException {
        row.getLong(5);
        EventRow event = row.wasNull() ? null : new EventRow(row.getBoolean(6), text(row, 13), event(row, 7));
        return new EntryRow(row.getLong(1), row.getLong(2), bytes(row, 3), bytes(row, 4), event);
    }

    /** Reads the columns of an event from {@code event_id} on. */
    static StoredEvent event(ResultSet row, int from) throws SQLException {
        return new StoredEvent(
                text(row, from + 3),
                text(row, from + 1),
                sequence(row, from + 2),
                text(row, from),
                text(row, from + 4),
                text(row, from + 5),
                revision(text(row, from + 6)),
                bytes(row, from + 7),
                bytes(row, from + 8));
    }

    /** No column can be null, unless somebody saw to it; and no entry says that one is empty. */
    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    private static long sequence(ResultSet row, int column) throws SQLException {
        long sequence = row.getLong(column);
        return row.wasNull() ? -1 : sequence;
    }

    /** -1, which no leaf has, for what is no number. */
    private static int revision(String revision) {
        try {
            return Integer.parseInt(revision);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
