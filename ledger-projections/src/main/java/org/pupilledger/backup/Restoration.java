package org.pupilledger.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.BackupVerification.Verified;
import org.pupilledger.backup.Lines.ActorLine;
import org.pupilledger.backup.Lines.ClaimLine;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.failure.Hindered;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogRestoration;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.RestoredEntries;

/**
 * Writes a verified full bundle into an empty ledger: the database in one transaction, and then the files outside it, the
 * last signed state as the very last. So whatever interrupts it, there is nothing at all or what no server serves.
 *
 * <p>Projections are not in a bundle: the server that starts on the ledger folds them from the entries.
 */
public final class Restoration {
    private static final int BATCH = 1_000;

    private static final String IS_EMPTY = """
            select not exists (select from event) and not exists (select from ledger_entry)
                and not exists (select from checkpoint) and not exists (select from tile)
                and not exists (select from actor) and not exists (select from published_file)
                and not exists (select from reference_claim) and not exists (select from content_claim)
            """;
    private static final String CHECKPOINT = "insert into checkpoint (size, note) values (?, ?)";
    private static final String PUBLIC = "insert into public_checkpoint (size, since) values (?, ?)";
    private static final String ACTOR = "insert into actor (name, id) values (?, ?)";
    private static final String CLAIM = "insert into content_claim (digest, occurrence, request) values (?, ?, ?)";
    private static final String PUBLISHED = "insert into published_file (digest, bytes) values (?, ?)";

    private final Bundle bundle;
    private final Verified verified;
    private final LogFiles files;
    private final @Nullable Path keyFile;

    /**
     * @param verification run, and nothing found
     * @param files        of the ledger that is made
     * @param keyFile      a copy of the key that signs the log, to be put in its place; null where it is not at hand
     */
    public Restoration(BackupVerification verification, LogFiles files, @Nullable Path keyFile) {
        this.bundle = verification.bundle();
        this.verified = verification.verified();
        this.files = files;
        this.keyFile = keyFile;
    }

    /**
     * What was restored.
     *
     * @param missingKey where a key has to be put before a server can start; empty where it is there
     * @param active     keys that sign the log
     */
    public record Restored(BackupHead head, Optional<Path> missingKey, List<VerifierKey> active) {}

    /**
     * Looks whether it can be done, as far as that shows without a database; changes nothing.
     *
     * @throws Hindered there is a log already, or the key is another
     */
    public void check() {
        LogRestoration.check(files, verified.head().origin(), keyFile, verified.active());
    }

    /**
     * Restores.
     *
     * @param dataSource of a migrated database, as its owner: no other role may write both events and entries
     * @throws Hindered the ledger is not empty, or the key is another; nothing was changed
     * @throws LogUnavailable the database could not be written; nothing was changed in it
     */
    public Restored into(DataSource dataSource) {
        BackupHead head = verified.head();
        try (LogRestoration log = LogRestoration.begin(files, head.origin(), keyFile, verified.active())) {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    write(connection, log);
                    connection.commit();
                } catch (IOException | SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            }
            return new Restored(head, log.finish(verified.newest()), verified.active());
        } catch (BackupBroken e) {
            throw changedMeanwhile();
        } catch (IOException e) {
            throw new Hindered("The bundle cannot be read, or the files of the log cannot be written ("
                    + e.getClass().getSimpleName() + "). Use another empty data directory or database.");
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private void write(Connection connection, LogRestoration log) throws IOException, SQLException {
        if (!isEmpty(connection)) {
            throw new Hindered("The ledger is not empty. A bundle is restored into an empty one only: name an empty"
                    + " data directory, or a database without events.");
        }
        writeEntries(connection, log);
        BackupHead head = verified.head();
        if (head.publicSince() != null) {
            try (PreparedStatement statement = connection.prepareStatement(PUBLIC)) {
                statement.setLong(1, head.publicSize());
                statement.setTimestamp(2, Timestamp.from(head.publicSince()));
                statement.executeUpdate();
            }
        }
        writeLines(connection, ACTOR, BackupLayout.ACTORS, head.actors(), (line, row) -> {
            ActorLine actor = ActorLine.parse(line);
            row.setString(1, actor.name());
            row.setString(2, actor.id());
        });
        writeLines(connection, CLAIM, BackupLayout.CLAIMS, head.claims(), (line, row) -> {
            ClaimLine claim = ClaimLine.parse(line);
            row.setBytes(1, claim.digestBytes());
            row.setInt(2, claim.occurrence());
            row.setString(3, claim.request());
        });
        writePublished(connection);
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_EMPTY);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void writeEntries(Connection connection, LogRestoration log) throws IOException, SQLException {
        RestoredEntries entries = new RestoredEntries(connection);
        try (ReferenceClaims references = new ReferenceClaims(connection);
                PreparedStatement checkpoints = connection.prepareStatement(CHECKPOINT)) {
            Growth growth = new Growth(entries, references, checkpoints, log);
            BackupWalk.run(bundle, verified.head(), growth);
            growth.finish();
        }
        if (!Arrays.equals(entries.finish(), verified.newest().root())) {
            throw changedMeanwhile();
        }
    }

    private static Hindered changedMeanwhile() {
        return new Hindered("The bundle was changed since it was verified. Nothing was restored.");
    }

    /** The ledger as it grew, being written. */
    private final class Growth implements BackupWalk.Visitor<SQLException> {
        private final RestoredEntries entries;
        private final ReferenceClaims references;
        private final PreparedStatement checkpoints;
        private final LogRestoration log;
        private String recordedAt = "";
        private int waiting;

        Growth(RestoredEntries entries, ReferenceClaims references, PreparedStatement checkpoints, LogRestoration log) {
            this.entries = entries;
            this.references = references;
            this.checkpoints = checkpoints;
            this.log = log;
        }

        @Override
        public void entry(long position, Leaf leaf, byte[] leafBytes, StoredEvent event) throws SQLException {
            entries.add(event, leafBytes);
            references.add(leaf, event);
            recordedAt = event.recordedAt();
        }

        @Override
        public void checkpoint(long size, byte[] note) throws SQLException {
            checkpoints.setLong(1, size);
            checkpoints.setBytes(2, note);
            checkpoints.addBatch();
            waiting++;
            if (waiting == BATCH) {
                checkpoints.executeBatch();
                waiting = 0;
            }
            try {
                log.add(signedAt(size), SignedNote.parse(note).orElseThrow());
            } catch (IOException e) {
                throw new Hindered("The checkpoint journal cannot be written ("
                        + e.getClass().getSimpleName() + ").");
            }
        }

        /** When it may have been signed; what is known is when it was public. */
        private Instant signedAt(long size) {
            Instant recorded = Instant.parse(recordedAt);
            Instant since = verified.head().publicSince();
            if (since == null) {
                return recorded;
            }
            boolean isAfter = size > verified.head().publicSize();
            return recorded.isAfter(since) == isAfter ? recorded : since;
        }

        void finish() throws SQLException {
            references.flush();
            checkpoints.executeBatch();
        }
    }

    private interface Row {
        void set(byte[] line, PreparedStatement row) throws SQLException;
    }

    private void writeLines(Connection connection, String insert, String kind, long count, Row row)
            throws IOException, SQLException {
        try (PartLines lines = new PartLines(bundle, kind, count);
                PreparedStatement statement = connection.prepareStatement(insert)) {
            int waiting = 0;
            while (lines.hasNext()) {
                row.set(lines.next(), statement);
                statement.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
            statement.executeBatch();
        }
    }

    private void writePublished(Connection connection) throws IOException, SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
            for (String name : BackupVerification.published(bundle.names())) {
                byte[] content = bundle.read(name, PublishedFiles.MAX_BYTES);
                if (content == null) {
                    throw new IOException("a part cannot be read any more");
                }
                statement.setString(1, name.substring(BackupLayout.PUBLISHED.length()));
                statement.setBytes(2, content);
                statement.executeUpdate();
            }
        }
    }
}
