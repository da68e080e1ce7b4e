package org.pupilledger.tlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;

/**
 * An event as it is stored, to be compared with its entry.
 *
 * @param hasXidOfEntry whether both tables name the same transaction
 * @param revision      as it is written
 */
public record EventRow(boolean hasXidOfEntry, String revision, StoredEvent stored) {
    /** Of table {@code event e}, in the order in which {@link #stored(ResultSet, int)} reads them. */
    public static final String COLUMNS =
            "e.event_id, e.aggregate_id, e.sequence, e.aggregate_type, e.recorded_at, e.type,"
                    + " e.revision, e.payload, e.metadata";

    /**
     * Reads the columns from one on.
     *
     * @param from of {@code event_id}
     */
    public static EventRow read(ResultSet row, int from, boolean hasXidOfEntry) throws SQLException {
        return new EventRow(hasXidOfEntry, text(row, from + 6), stored(row, from));
    }

    /** Reads the columns from {@code event_id} on. */
    public static StoredEvent stored(ResultSet row, int from) throws SQLException {
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

    /** Whether an entry is what this event gives, column by column. */
    public boolean gives(byte[] leaf) {
        return hasXidOfEntry && hasPlainRevision() && Leaf.isOf(stored, leaf);
    }

    /** What this event is, beside an entry. */
    public Authenticity.Finding compare(byte[] leaf, Authenticity authenticity) {
        return hasXidOfEntry && hasPlainRevision()
                ? authenticity.compare(stored, leaf)
                : Authenticity.Finding.DIFFERENT;
    }

    /** Whether the revision is written as the ledger writes it. */
    private boolean hasPlainRevision() {
        return revision.equals(Integer.toString(stored.revision()));
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
