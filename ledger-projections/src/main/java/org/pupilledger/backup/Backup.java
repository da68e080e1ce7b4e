package org.pupilledger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Lines.ActorLine;
import org.pupilledger.backup.Lines.CheckpointLine;
import org.pupilledger.backup.Lines.ClaimLine;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.digest.Sha256;
import org.pupilledger.failure.Damaged;
import org.pupilledger.failure.NotYet;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Patience;
import org.pupilledger.tlog.SessionLock;
import org.pupilledger.tlog.Sql;
import org.pupilledger.verdict.KeyHistory;
import org.pupilledger.zip.StoredZip;

/**
 * The whole ledger up to its newest checkpoint, read in one snapshot beside a ledger in operation, on its way into a full
 * bundle. Memory stays constant whatever the size. A ledger that was restored from a bundle gives the same bytes again.
 *
 * <p>What was claimed by requests that are not sealed yet is left out with them. A claim that an annulment released which
 * is not sealed yet is gone all the same: then importing that content again adds it a second time.
 */
public final class Backup implements AutoCloseable {
    /** How long a seal of what was recorded is waited for. */
    private static final Duration AT_MOST = Duration.ofSeconds(15);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final int FETCH = 1_000;

    private static final String RECORDED = "select count(*) from event";
    private static final String SEALED = "select coalesce(max(size), 0) from checkpoint";

    private static final String ENTRIES = """
            select l.position, l.leaf_bytes, e.aggregate_type, e.aggregate_id, e.sequence, e.event_id, e.recorded_at,
                e.type, e.revision, e.payload, e.metadata
            from ledger_entry l join event e on e.global_index = l.global_index
            where l.position < ? order by l.position
            """;
    private static final String CHECKPOINTS = "select size, note from checkpoint where size <= ? order by size";
    private static final String ACTORS = "select id, name from actor order by name collate \"C\"";
    private static final String CLAIM_LINES =
            "select c.digest, c.occurrence, c.request " + BackupHead.CLAIMS + " order by c.digest, c.occurrence";
    private static final String PUBLISHED = "select digest, bytes from published_file order by digest collate \"C\"";

    private final Connection connection;
    private final LogReader log;
    private final Sealed sealed;
    private final Checkpoint checkpoint;
    private final List<VerifierKey> keys;
    private final BackupHead head;
    private final @Nullable EventKeys eventKeys;
    private final long notAuthenticated;
    private final long leftOut;

    private Backup(
            Connection connection,
            LogReader log,
            Sealed sealed,
            Checkpoint checkpoint,
            List<VerifierKey> keys,
            BackupHead head,
            @Nullable EventKeys eventKeys,
            long notAuthenticated,
            long leftOut) {
        this.connection = connection;
        this.log = log;
        this.sealed = sealed;
        this.checkpoint = checkpoint;
        this.keys = keys;
        this.head = head;
        this.eventKeys = eventKeys;
        this.notAuthenticated = notAuthenticated;
        this.leftOut = leftOut;
    }

    private static NotYet nothingSealed() {
        return new NotYet(NotYet.What.SEALED, "Nothing is sealed yet, so there is nothing that a bundle could prove.");
    }

    /** The ledger is not what was signed, so nothing whole goes out. */
    private static Damaged damaged() {
        return new Damaged("The ledger is not what its checkpoint says. Run the command verify to see where.");
    }

    /**
     * Takes the snapshot, which lasts until this is closed. What was recorded before this call is waited for to be sealed, for a
     * while and as long as some program seals.
     *
     * @param eventKeys       tell genuine events; null where none are at hand
     * @throws NotYet         there is nothing yet
     * @throws Damaged        the newest checkpoint is not that of the tree
     * @throws LogUnavailable the database could not be read
     */
    public static Backup open(DataSource dataSource, @Nullable EventKeys eventKeys) {
        try {
            long recorded = awaitSealed(dataSource);
            Connection connection = dataSource.getConnection();
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                return open(connection, new LogReader(dataSource), eventKeys, recorded);
            } catch (SQLException | RuntimeException e) {
                giveBack(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static long awaitSealed(DataSource dataSource) throws SQLException {
        long recorded = number(dataSource, RECORDED);
        boolean _ = Patience.until(
                AT_MOST, STEP, () -> number(dataSource, SEALED) >= recorded || !SessionLock.isTaken(dataSource));
        return recorded;
    }

    private static long number(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.number(connection, query);
        }
    }

    private static Backup open(Connection connection, LogReader log, @Nullable EventKeys eventKeys, long recorded)
            throws SQLException {
        Sealed sealed = Sealed.newest(connection).orElseThrow(Backup::nothingSealed);
        KeyHistory history = LogReader.keyHistory(connection);
        List<VerifierKey> keys = history.introducedAmong(sealed.size());
        if (keys.isEmpty()) {
            throw nothingSealed();
        }
        Checkpoint checkpoint = new LogVerifier(keys.getFirst().name(), keys)
                .open(sealed.note())
                .filter(it -> it.size() == sealed.size())
                .filter(it -> Arrays.equals(log.tree(it.size()).root(), it.root()))
                .orElseThrow(Backup::damaged);
        long notAuthenticated = eventKeys == null ? sealed.size() : eventKeys.completeFrom(history, sealed.size());
        return new Backup(
                connection,
                log,
                sealed,
                checkpoint,
                keys,
                BackupHead.counted(connection, checkpoint),
                eventKeys,
                notAuthenticated,
                Math.max(0, recorded - checkpoint.size()));
    }

    public BackupHead head() {
        return head;
    }

    /** Entries from the first one on of whose events it cannot be told who appended them. */
    public long notAuthenticated() {
        return notAuthenticated;
    }

    /** Events that were recorded before this was opened and are not in the bundle, since they were not sealed in time. */
    public long leftOut() {
        return leftOut;
    }

    /**
     * Writes the bundle.
     *
     * @throws Damaged        the ledger is not what was signed; then what was written is no whole file, and cannot be
     *                        mistaken for one
     * @throws LogUnavailable the database could not be read; likewise
     * @throws IOException    it cannot be written; likewise
     */
    public void writeTo(OutputStream to) throws IOException {
        StoredZip zip = new StoredZip(to);
        zip.put(BundleLayout.README, BackupReadme.of(head));
        zip.put(BundleLayout.HEAD, head.bytes());
        zip.put(BundleLayout.CHECKPOINT, sealed.note());
        zip.put(BundleLayout.KEY, keyLines(keys));
        for (Tile tile : (Iterable<Tile>) Tile.ofTree(head.entries())::iterator) {
            zip.put(BundleLayout.tile(tile), log.tile(tile, head.entries()).orElseThrow(Backup::damaged));
        }
        try {
            writeEntries(zip);
            writeMetadata(zip);
            writeLines(zip, BackupLayout.CHECKPOINTS, CHECKPOINTS, head.checkpoints(), Backup::checkpointLine);
            writeLines(zip, BackupLayout.ACTORS, ACTORS, head.actors(), Backup::actorLine);
            writeLines(zip, BackupLayout.CLAIMS, CLAIM_LINES, head.claims(), Backup::claimLine);
            writePublished(zip);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
        // only here does the file get the end without which it is none
        zip.close();
    }

    /** Verifier keys, one on a line. */
    static byte[] keyLines(List<VerifierKey> keys) {
        return VerifierKey.lines(keys);
    }

    private void writeEntries(StoredZip zip) throws IOException, SQLException {
        CompactRange tree = new CompactRange();
        writeLines(zip, BackupLayout.ENTRIES, ENTRIES, head.entries(), row -> {
            byte[] leaf = row.getBytes(2);
            if (row.getLong(1) != tree.size()) {
                throw damaged();
            }
            tree.append(TreeHash.ofLeaf(leaf));
            return leaf;
        });
        if (!Arrays.equals(tree.root(), checkpoint.root())) {
            throw damaged();
        }
    }

    private void writeMetadata(StoredZip zip) throws IOException, SQLException {
        writeLines(zip, BackupLayout.METADATA, ENTRIES, head.entries(), row -> {
            StoredEvent event = new StoredEvent(
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getInt(9),
                    row.getBytes(10),
                    row.getBytes(11));
            if (!Leaf.isOf(event, row.getBytes(2))
                    || (eventKeys != null && row.getLong(1) >= notAuthenticated && !eventKeys.isGenuine(event))) {
                throw damaged();
            }
            return event.metadata();
        });
    }

    private static byte[] checkpointLine(ResultSet row) throws SQLException {
        return new CheckpointLine(new String(row.getBytes(2), UTF_8), row.getLong(1)).bytes();
    }

    private static byte[] actorLine(ResultSet row) throws SQLException {
        return new ActorLine(row.getString(1), row.getString(2)).bytes();
    }

    private static byte[] claimLine(ResultSet row) throws SQLException {
        return new ClaimLine(HexFormat.of().formatHex(row.getBytes(1)), row.getInt(2), row.getString(3)).bytes();
    }

    private interface Line {
        byte[] of(ResultSet row) throws SQLException;
    }

    private void writeLines(StoredZip zip, String kind, String query, long count, Line line)
            throws IOException, SQLException {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        long written = 0;
        Object[] values = query.contains("?") ? new Object[] {head.entries()} : new Object[0];
        try (ResultSet row = Sql.cursor(connection, FETCH, query, values)) {
            while (row.next()) {
                part.writeBytes(line.of(row));
                part.write('\n');
                written++;
                if (written % BundleLayout.LINES == 0) {
                    put(zip, kind, written, part);
                }
            }
        }
        if (written != count) {
            throw damaged();
        }
        if (part.size() > 0) {
            put(zip, kind, written, part);
        }
    }

    private static void put(StoredZip zip, String kind, long written, ByteArrayOutputStream part) throws IOException {
        zip.put(BackupLayout.lineFile(kind, (written - 1) / BundleLayout.LINES), part.toByteArray());
        part.reset();
    }

    private void writePublished(StoredZip zip) throws IOException, SQLException {
        try (ResultSet row = Sql.cursor(connection, 1, PUBLISHED)) {
            while (row.next()) {
                byte[] content = row.getBytes(2);
                String digest = Sha256.of(content).hex();
                if (!digest.equals(row.getString(1))) {
                    throw damaged();
                }
                zip.put(BackupLayout.PUBLISHED + digest, content);
            }
        }
    }

    @Override
    public void close() {
        try {
            giveBack(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static void giveBack(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }
}
