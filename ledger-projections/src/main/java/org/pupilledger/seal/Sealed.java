package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.SignedNote;

/**
 * A published checkpoint.
 *
 * @param size entries it covers, at least 1
 * @param note as signed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, compared by content where that matters
public record Sealed(long size, byte[] note) {
    private static final String NEWEST = "select size, note from checkpoint order by size desc limit 1";
    private static final String COVERING = "select size, note from checkpoint where size > ? order by size limit 1";
    private static final String PUBLIC =
            "select c.size, c.note from public_checkpoint p join checkpoint c on c.size = p.size";

    /** The newest one; empty before the first. */
    public static Optional<Sealed> newest(Connection connection) throws SQLException {
        return read(connection, NEWEST);
    }

    /** The one that everybody may see; empty before the first. */
    public static Optional<Sealed> ofPublic(Connection connection) throws SQLException {
        return read(connection, PUBLIC);
    }

    /** The smallest one that covers an entry; empty where it is not sealed. */
    static Optional<Sealed> covering(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COVERING)) {
            statement.setLong(1, position);
            return read(statement);
        }
    }

    private static Optional<Sealed> read(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            return read(statement);
        }
    }

    private static Optional<Sealed> read(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Sealed(row.getLong(1), row.getBytes(2))) : Optional.empty();
        }
    }

    /** What was signed. */
    public Optional<Checkpoint> checkpoint() {
        return SignedNote.parse(note).flatMap(signed -> Checkpoint.parse(signed.text()));
    }
}
