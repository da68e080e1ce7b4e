package org.pupilledger.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Damaged;
import org.pupilledger.failure.NotYet;
import org.pupilledger.files.FileHold;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Seal;
import org.pupilledger.tlog.SessionLock;
import org.pupilledger.tlog.Sql;
import org.pupilledger.tlog.Tiles;
import org.pupilledger.tlog.TreeDamaged;
import org.pupilledger.tlog.TreeEdge;
import org.pupilledger.verdict.KeyHistory;

/**
 * Seals what is sequenced: reads again what was committed, derives it again from its events, compares, signs, writes the
 * checkpoint to the journal and publishes it in the database, in this order. Whichever step fails, the next call begins by comparing
 * database, journal and last signed state, as the first one does, and goes on from there to the same bytes.
 *
 * <p>A checkpoint is signed at most every {@value #PACE_MS} ms and only where there are new entries, and once an hour
 * besides, which shows in the journal that key and journal still work. One program at a time signs: the one that holds the
 * lock of the database and that of the journal. It lets both go after each failure, so that another one can take over.
 * How long ago something was is measured on this program's own time: a clock is only asked what to write down.
 */
public final class Sealer implements Seal, AutoCloseable {
    private static final long PACE_MS = 100;
    private static final long STANDS_BY = -1;
    private static final Duration SIGN_OF_LIFE = Duration.ofHours(1);
    private static final String PUBLISHED_SIZE = "select coalesce(max(size), 0) from checkpoint";
    private static final String PUBLISH =
            "insert into checkpoint (size, note) select ?, ? where (" + PUBLISHED_SIZE + ") = ?";
    private final DataSource dataSource;
    private final Tiles tiles;
    private final LogIdentity log;
    private final LogFiles files;
    private final SigningGuard guard;
    private final Journal journal;
    private final OwnTime time;
    private final Duration publicInterval;
    private final EventTypes types = EventTypes.current();
    private final ReleaseEntries releases = new ReleaseEntries(types);
    private final CommittedEntries committed;
    private final SessionLock lock;
    private @Nullable FileHold hold;
    private @Nullable State state;
    private volatile @Nullable String standsBy = "it has not begun";

    /**
     * @param authenticity   tells which events were appended by a program that holds the ledger's key
     * @param publicInterval how long a public checkpoint stays before a newer one takes its place
     */
    public Sealer(
            DataSource dataSource,
            LogIdentity log,
            Authenticity authenticity,
            LogFiles files,
            Clock clock,
            Duration publicInterval) {
        this(dataSource, log, authenticity, files, clock, System::nanoTime, publicInterval, DurableWrites.DISK);
    }

    Sealer(
            DataSource dataSource,
            LogIdentity log,
            Authenticity authenticity,
            LogFiles files,
            Clock clock,
            LongSupplier nanoTime,
            Duration publicInterval,
            DurableWrites writes) {
        this.dataSource = dataSource;
        this.tiles = new Tiles(dataSource);
        this.log = log;
        this.committed = new CommittedEntries(authenticity);
        this.files = files;
        this.guard = new SigningGuard(files.lastSignedFile(), writes);
        this.journal = new Journal(files.journalFile(), writes);
        this.time = new OwnTime(clock, nanoTime);
        this.publicInterval = publicInterval;
        this.lock = new SessionLock(dataSource);
    }

    /** What is known to be sealed. Given up after a failure, since then it is not known what was written. */
    private static final class State {
        private final KeyHistory keys;
        private CompactRange tree;
        private long signedAt = OwnTime.NEVER;
        private long recordedAt;
        private final PublicCheckpoint shown;

        /** @param recordedAt when the last line of the journal was written, on this program's own time */
        State(KeyHistory keys, CompactRange tree, long recordedAt, PublicCheckpoint shown) {
            this.keys = keys;
            this.tree = tree;
            this.recordedAt = recordedAt;
            this.shown = shown;
        }

        private void note(long position, byte[] leaf, ReleaseEntries releases) {
            keys.add(position, leaf);
            if (releases.isRelease(leaf)) {
                shown.released(position);
            }
        }
    }

    /**
     * Compares database, journal and last signed state, unless another program signs, which has done so. Finishes what a
     * crash interrupted.
     *
     * @throws LogRefused     where they do not belong together
     * @throws LogUnavailable the database could not be read
     */
    public synchronized void open() {
        try {
            leads();
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    @Override
    public synchronized boolean leads() throws SQLException {
        return step(() -> 1) == 1;
    }

    @Override
    public synchronized long seal() throws SQLException {
        long sealed = step(this::advance);
        return sealed == STANDS_BY ? publishedSize() : sealed;
    }

    private interface Step {
        long run() throws IOException, SQLException;
    }

    private long step(Step next) throws SQLException {
        boolean isDone = false;
        try {
            long result = isAlone() ? run(next) : STANDS_BY;
            isDone = result != STANDS_BY;
            return result;
        } catch (IOException e) {
            throw new NotYet(
                    NotYet.What.SEALED,
                    "the files of the log outside the database, " + files.journalFile() + " and those beside "
                            + files.keyFile() + ", cannot be read or written: " + e.getMessage(),
                    e);
        } finally {
            if (!isDone) {
                letGo();
            }
        }
    }

    private long run(Step next) throws IOException, SQLException {
        if (state == null) {
            state = compared();
        }
        return next.run();
    }

    private boolean isAlone() throws IOException, SQLException {
        switch (lock.hold()) {
            case STILL -> {}
            // whatever is known may be out of date
            case ANEW -> state = null;
            case NOT -> {
                standsBy = "another program seals this ledger, or its database is a standby; see pg_locks, advisory";
                return false;
            }
        }
        if (hold == null) {
            hold = FileHold.tryHold(files.lockFile()).orElse(null);
        }
        standsBy = hold == null ? "another program holds the checkpoint journal" : null;
        return hold != null;
    }

    private void letGo() {
        state = null;
        lock.release();
        if (hold != null) {
            try {
                hold.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            hold = null;
        }
    }

    @Override
    public @Nullable String standsBy() {
        return standsBy;
    }

    private long publishedSize() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Sql.number(connection, PUBLISHED_SIZE);
        }
    }

    private State compared() throws IOException, SQLException {
        journal.removeTornLine();
        try (Connection connection = dataSource.getConnection()) {
            long entries = edge(connection).size();
            Checkpoint last = guard.last();
            // what is not sealed yet says nothing, until it was derived again
            KeyHistory keys = LogReader.keyHistory(connection).among(last.size());
            List<Journal.Line> lines = journal.lastTwo();
            Optional<Sealed> published = LogReader.newestSigned(connection, log.verifier(keys));
            checkOrigin(last.origin(), "last signed state");
            checkOrigin(journal.origin(), "checkpoint journal");
            new Comparison(entries, tiles, last, lines, published, log.verifier(keys)).check();
            State found = new State(
                    keys,
                    new TileTree(last.size(), tiles).range(),
                    lines.isEmpty()
                            ? OwnTime.NEVER
                            : time.since(Instant.parse(lines.getLast().signedAt())),
                    new PublicCheckpoint(connection, time, publicInterval));
            finish(connection, found, last, lines, published);
            // one that was sealed but not made public before a crash
            found.shown.released(releases.newest(connection, found.shown.size(), last.size()));
            return found;
        }
    }

    private static TreeEdge edge(Connection connection) throws SQLException {
        try {
            return TreeEdge.read(connection);
        } catch (TreeDamaged e) {
            throw new LogRefused("The tree in the database is damaged: " + e.getMessage()
                    + ". Run the command verify to see what else is, and restore a backup from before the damage.");
        }
    }

    private void checkOrigin(String origin, String where) {
        if (!origin.equals(log.origin())) {
            throw new LogRefused("The " + where + " is that of another log, " + origin + ", not of " + log.origin()
                    + ". Put back the files that belong to this database.");
        }
    }

    /** What was signed is signed again, to the same bytes, and whatever was not written yet is. */
    private void finish(
            Connection connection, State found, Checkpoint last, List<Journal.Line> lines, Optional<Sealed> published)
            throws IOException, SQLException {
        if (last.size() == 0) {
            return;
        }
        SignedNote note = guard.sign(last, List.of(), log.signers(found.keys, last.size()));
        byte[] bytes = note.bytes();
        if (lines.isEmpty() || !Arrays.equals(lines.getLast().note(), bytes)) {
            record(found, note);
        }
        long before = published.map(Sealed::size).orElse(0L);
        if (before < last.size()) {
            publish(connection, last.size(), bytes, before);
        }
    }

    private void record(State of, SignedNote note) throws IOException {
        journal.append(time.clock().instant(), note);
        of.recordedAt = time.now();
    }

    private static void publish(Connection connection, long size, byte[] note, long sizeBefore) throws SQLException {
        if (Sql.update(connection, PUBLISH, size, note, sizeBefore) != 1) {
            throw new Damaged("the newest checkpoint in the database is not the one of " + sizeBefore
                    + " entries that was published last");
        }
    }

    private long advance() throws IOException, SQLException {
        State known = state();
        long sealed = known.tree.size();
        try (Connection connection = dataSource.getConnection()) {
            TreeEdge edge = TreeEdge.read(connection);
            long size = edge.size();
            if (size < sealed) {
                throw new Damaged("the database ends before entry " + (sealed - 1) + ", which is sealed");
            }
            if (size > sealed && isTime(known)) {
                CompactRange tree = committed.readAgain(
                        connection, known.tree, size, (position, leaf) -> known.note(position, leaf, releases));
                if (!Arrays.equals(tree.root(), edge.root())) {
                    throw new Damaged("the tree that was committed is not the tree of its " + size + " entries");
                }
                sign(connection, known, tree, sealed);
            } else if (size > 0 && time.isOver(known.recordedAt, SIGN_OF_LIFE)) {
                sign(connection, known, known.tree, sealed);
            }
            known.shown.renew(connection, known.tree.size());
        }
        return known.tree.size();
    }

    private State state() {
        State known = state;
        if (known == null) {
            throw new IllegalStateException("not compared yet");
        }
        return known;
    }

    private boolean isTime(State known) {
        return time.isOver(known.signedAt, Duration.ofMillis(PACE_MS));
    }

    private void sign(Connection connection, State known, CompactRange tree, long sealed)
            throws IOException, SQLException {
        long size = tree.size();
        Checkpoint next = new Checkpoint(log.origin(), size, tree.root(), List.of());
        List<byte[]> proof =
                new TileTree(size, tiles).consistencyProof(guard.last().size());
        SignedNote note = guard.sign(next, proof, log.signers(known.keys, size));
        known.signedAt = time.now();
        record(known, note);
        if (size > sealed) {
            publish(connection, size, note.bytes(), sealed);
            known.tree = tree;
        }
    }

    @Override
    public synchronized void close() {
        letGo();
    }
}
