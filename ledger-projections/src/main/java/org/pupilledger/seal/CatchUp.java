package org.pupilledger.seal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.FileHold;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Patience;
import org.pupilledger.tlog.SessionLock;
import org.pupilledger.tlog.Sql;

/**
 * Brings a journal and a last signed state that are only shorter than what was published to the newest published
 * checkpoint: files that were copied before the database was, or those of a server in whose place another one sealed.
 *
 * <p>It adds what it finds in the database, and believes each checkpoint there only by its signature. That the entries
 * are those of the newest checkpoint has to be verified before, see {@link #notes}.
 */
public final class CatchUp implements AutoCloseable {
    private static final int FETCH = 1_000;
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(100);

    private static final String PUBLISHED = """
            select c.size, c.note, e.recorded_at from checkpoint c
            left join ledger_entry l on l.position = c.size - 1
            left join event e on e.global_index = l.global_index
            order by c.size
            """;

    private final DataSource dataSource;
    private final LogVerifier verifier;
    private final LogFiles files;
    private final SessionLock lock;
    private final FileHold hold;
    private final SigningGuard guard;
    private final Journal journal;

    /**
     * What was added.
     *
     * @param checkpoints lines that the journal got
     * @param newest      what is signed last from now on
     */
    public record Caught(long checkpoints, Checkpoint newest) {}

    private CatchUp(DataSource dataSource, LogVerifier verifier, LogFiles files, SessionLock lock, FileHold hold) {
        this.dataSource = dataSource;
        this.verifier = verifier;
        this.files = files;
        this.lock = lock;
        this.hold = hold;
        this.guard = new SigningGuard(files.lastSignedFile(), DurableWrites.DISK);
        this.journal = new Journal(files.journalFile());
    }

    /**
     * Keeps everybody else from sealing, until this is closed.
     *
     * @param verifier believes the keys that sign the log and those that did
     * @throws LogRefused     another program seals the ledger, or uses the files
     * @throws LogUnavailable the database could not be read
     */
    public static CatchUp begin(DataSource dataSource, LogVerifier verifier, LogFiles files) {
        SessionLock lock = new SessionLock(dataSource);
        try {
            // a server that cannot seal tries again each second, for a moment
            if (!Patience.until(AT_MOST, STEP, () -> lock.hold() != SessionLock.Hold.NOT)) {
                throw new LogRefused("Another program seals this ledger, so its files are those to go on with. Stop"
                        + " it first if these shall take their place.");
            }
            FileHold hold = Patience.find(AT_MOST, STEP, () -> FileHold.tryHold(files.lockFile()))
                    .orElseThrow(() -> new LogRefused("Another program uses " + files.journalFile() + "."));
            return new CatchUp(dataSource, verifier, files, lock, hold);
        } catch (SQLException e) {
            lock.close();
            throw new LogUnavailable(e);
        } catch (IOException e) {
            lock.close();
            throw unreadable(files, e);
        } catch (LogRefused e) {
            lock.close();
            throw e;
        }
    }

    private static LogRefused unreadable(LogFiles files, IOException e) {
        return new LogRefused("The files of the log, " + files.journalFile() + " and " + files.lastSignedFile()
                + ", cannot be read or written: " + e.getClass().getSimpleName() + ".");
    }

    /** What was signed last, as these files have it. */
    public Checkpoint lastSigned() {
        try {
            return guard.last();
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /** The signed checkpoints with which the journal ends: the database has to contain what they say. */
    public List<byte[]> notes() {
        try {
            journal.removeTornLine();
            return journal.lastTwo().stream().map(Journal.Line::note).toList();
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /**
     * Adds what was published since.
     *
     * @param verified entries that were found to be those of the newest checkpoint
     * @throws LogRefused     the journal is not only shorter; nothing was written
     * @throws LogUnavailable the database could not be read
     */
    public Caught run(long verified) {
        try {
            Checkpoint last = guard.last();
            if (!last.origin().equals(verifier.origin()) || !journal.origin().equals(verifier.origin())) {
                throw new LogRefused("The last signed state or the checkpoint journal is that of another log, not of "
                        + verifier.origin() + ". Put back the files that belong to this database.");
            }
            Comparing comparing = new Comparing();
            try (Connection connection = dataSource.getConnection()) {
                Sql.reading(connection, reading -> {
                    try (ResultSet row = Sql.cursor(reading, FETCH, PUBLISHED)) {
                        comparing.published(row, verified);
                        return comparing;
                    }
                });
            }
            Checkpoint newest = comparing.newest;
            if (newest == null || newest.size() < last.size()) {
                throw new LogRefused("The database is behind: a checkpoint of " + last.size()
                        + " entries was signed, and the newest there covers "
                        + (newest == null ? 0 : newest.size())
                        + ". There is nothing to catch up with; restore a newer backup of the database.");
            }
            guard.restore(newest);
            if (comparing.isLastUnpublished) {
                journal.removeLastLine();
            }
            journal.appendAll(comparing.missing);
            return new Caught(comparing.missing.size(), newest);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }

    /** The journal beside what was published, both in order of size. */
    private final class Comparing {
        private final List<Journal.Line> lines = new ArrayList<>();
        private final List<Journal.Line> missing = new ArrayList<>();
        private @Nullable Checkpoint newest;
        private boolean isLastUnpublished;
        private int next;

        Comparing() throws IOException {
            journal.read(lines::add);
        }

        void published(ResultSet row, long verified) throws SQLException {
            while (row.next()) {
                byte[] note = row.getBytes(2);
                Checkpoint checkpoint = verifier.open(note)
                        .filter(it -> it.size() <= verified)
                        .orElseThrow(() -> new LogRefused("A checkpoint in the database is not signed by a key of this"
                                + " log, or covers more than was verified. Run the command verify to see which."));
                newest = checkpoint;
                if (next == lines.size()) {
                    missing.add(line(note, row.getString(3)));
                } else if (isNext(note)) {
                    next++;
                    // a sign of life says the same again
                    while (next < lines.size() && isNext(note)) {
                        next++;
                    }
                } else {
                    passUnpublished(checkpoint, note, row.getString(3));
                }
            }
            if (next == lines.size() - 1) {
                throw new LogRefused(
                        "There is nothing to catch up with: what the journal has more was signed last, and the"
                                + " server publishes it when it starts.");
            }
            if (next < lines.size()) {
                throw notShorter();
            }
        }

        private boolean isNext(byte[] note) {
            return Arrays.equals(lines.get(next).note(), note);
        }

        /**
         * The last line may be of a checkpoint that a crash kept from being published, before another program sealed more.
         * Nobody has seen it, so it goes as a torn line does; the entries that it covers were compared with it before.
         */
        private void passUnpublished(Checkpoint checkpoint, byte[] note, @Nullable String recordedAt) {
            long size =
                    verifier.open(lines.get(next).note()).map(Checkpoint::size).orElseThrow(CatchUp::notShorter);
            if (next != lines.size() - 1 || size >= checkpoint.size()) {
                throw notShorter();
            }
            isLastUnpublished = true;
            next++;
            missing.add(line(note, recordedAt));
        }

        /** When it was signed is not known, but when its newest entry was recorded. */
        private Journal.Line line(byte[] note, @Nullable String recordedAt) {
            try {
                return Journal.Line.of(
                        Instant.parse(recordedAt == null ? "" : recordedAt),
                        SignedNote.parse(note).orElseThrow(CatchUp::notShorter));
            } catch (DateTimeException e) {
                throw notShorter();
            }
        }
    }

    private static LogRefused notShorter() {
        return new LogRefused(
                "The checkpoint journal is not only shorter than what was published: the two differ. Run the"
                        + " command verify to see where, and put back the newest copies of the journal and the last signed"
                        + " state, or of the database.");
    }

    @Override
    public void close() {
        try (lock;
                hold) {
            // both
        } catch (IOException e) {
            throw unreadable(files, e);
        }
    }
}
