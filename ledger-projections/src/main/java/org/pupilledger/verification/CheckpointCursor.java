package org.pupilledger.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.RootChecks.Expected;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.tlog.LogUnavailable;

/** Rows of the table of checkpoints in order of size, one ahead. */
final class CheckpointCursor implements AutoCloseable {
    private static final String AFTER = "select size, note from checkpoint where size >= ? order by size";
    private static final int FETCH = 200;

    private final ResultSet rows;
    private @Nullable Row row;

    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    record Row(long size, byte[] note) {}

    /** Of all rows. */
    CheckpointCursor(Snapshot snapshot) throws SQLException {
        this(snapshot, Long.MIN_VALUE);
    }

    /** Of those of a size on. */
    CheckpointCursor(Snapshot snapshot, long from) throws SQLException {
        rows = snapshot.cursor(FETCH, AFTER, from);
        next();
    }

    @Nullable
    Row peek() {
        return row;
    }

    @Nullable
    Row next() throws SQLException {
        row = rows.next() ? new Row(rows.getLong(1), rows.getBytes(2)) : null;
        return row;
    }

    /**
     * The next root that counts; null after the last.
     *
     * @param unsound sizes of rows that do not count
     * @throws LogUnavailable the database could not be read
     */
    @Nullable
    Expected root(Set<Long> unsound) {
        try {
            for (Row here = row; here != null; here = row) {
                next();
                Checkpoint said = Checkpoint.saidIn(here.note()).orElse(null);
                if (!unsound.contains(here.size()) && said != null && said.size() == here.size()) {
                    return new Expected(here.size(), said.root(), "in table checkpoint");
                }
            }
            return null;
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
