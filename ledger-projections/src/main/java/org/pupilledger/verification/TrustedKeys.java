package org.pupilledger.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.KeyHistory;

/**
 * The pinned keys and those that the log introduced in entries for which a trusted key has signed. Keys of which only the
 * database says that they are the log's count for nothing: whoever can write there could introduce one of his own.
 */
final class TrustedKeys {
    private static final String NEWEST_FIRST = "select note from checkpoint order by size desc";
    private static final int FETCH = 50;

    private final LogVerifier pinned;
    private final KeyHistory history;
    private long vouched;
    private LogVerifier trusted;

    private TrustedKeys(LogVerifier pinned, KeyHistory history) {
        this.pinned = pinned;
        this.history = history;
        this.trusted = pinned;
    }

    /**
     * Begins with what the newest checkpoint vouches for that a pinned key signed.
     *
     * @param connection within a transaction
     */
    static TrustedKeys read(Connection connection, LogVerifier pinned) throws SQLException {
        TrustedKeys keys = new TrustedKeys(pinned, history(connection));
        try (PreparedStatement statement = connection.prepareStatement(NEWEST_FIRST)) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery()) {
                Optional<Checkpoint> newest = Optional.empty();
                while (newest.isEmpty() && row.next()) {
                    newest = pinned.open(row.getBytes(1));
                }
                newest.ifPresent(keys::vouch);
            }
        }
        return keys;
    }

    private static KeyHistory history(Connection connection) throws SQLException {
        try {
            return KeyHistory.read(connection, EventTypes.current());
        } catch (SQLException e) {
            throw e;
        } catch (RuntimeException e) {
            // an entry about keys is damaged: what follows will find that
            return new KeyHistory(EventTypes.current());
        }
    }

    /** From which position on every event is of a key at hand, as far as that is vouched for. */
    long completeFrom(EventKeys atHand) {
        return atHand.completeFrom(history, vouched);
    }

    /** Opens a checkpoint; empty where no trusted key signed it or it is another log's. */
    Optional<Checkpoint> open(byte[] note) {
        Optional<Checkpoint> opened = trusted.open(note);
        opened.ifPresent(this::vouch);
        return opened;
    }

    private void vouch(Checkpoint checkpoint) {
        if (checkpoint.size() > vouched) {
            int before = history.introducedAmong(vouched).size();
            vouched = checkpoint.size();
            List<VerifierKey> keys = history.introducedAmong(vouched);
            if (keys.size() > before) {
                trusted = pinned.and(keys);
            }
        }
    }
}
