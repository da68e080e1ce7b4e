package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.tlog.Sql;

/**
 * A published checkpoint.
 *
 * @param size entries it covers, at least 1
 * @param note as signed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, compared by content where that matters
public record Sealed(long size, byte[] note) {
    private static final String NEWEST = "select size, note from checkpoint order by size desc limit ?";
    private static final String COVERING = "select size, note from checkpoint where size > ? order by size limit ?";
    private static final String PUBLIC =
            "select c.size, c.note from public_checkpoint p join checkpoint c on c.size = p.size";

    /** The newest one, whoever wrote it; empty before the first. */
    public static Optional<Sealed> newest(Connection connection) throws SQLException {
        return newest(connection, 1).stream().findFirst();
    }

    /** The newest ones, at most so many, the newest first. */
    static List<Sealed> newest(Connection connection, int limit) throws SQLException {
        return Sql.list(connection, NEWEST, Sealed::of, limit);
    }

    /** The one that everybody may see; empty before the first. */
    static Optional<Sealed> ofPublic(Connection connection) throws SQLException {
        return Sql.first(connection, PUBLIC, Sealed::of);
    }

    /** Those that cover an entry, at most so many, the smallest first. */
    static List<Sealed> covering(Connection connection, long position, int limit) throws SQLException {
        return Sql.list(connection, COVERING, Sealed::of, position, limit);
    }

    private static Sealed of(ResultSet row) throws SQLException {
        return new Sealed(row.getLong(1), row.getBytes(2));
    }

    boolean isSame(Sealed other) {
        return size == other.size && Arrays.equals(note, other.note);
    }

    /** What was signed. */
    public Optional<Checkpoint> checkpoint() {
        return SignedNote.parse(note).flatMap(signed -> Checkpoint.parse(signed.text()));
    }
}
