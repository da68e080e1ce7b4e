package org.pupilledger.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.pupilledger.files.FileHold;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.NoteSigner;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.Seal;
import org.pupilledger.tlog.SessionLock;
import org.pupilledger.tlog.Tiles;
import org.pupilledger.tlog.TreeDamaged;
import org.pupilledger.tlog.TreeEdge;

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
    /** Whatever was longer ago, was longer ago than anything is waited for. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    private static final long NEVER = Long.MIN_VALUE;
    private static final int FETCH = 1_000;

    private static final String AGAIN = "select l.position, l.leaf_bytes, l.leaf_hash, e.global_index, l.xid = e.xid, "
            + EventRow.COLUMNS + " from ledger_entry l left join event e on e.global_index = l.global_index"
            + " where l.position >= ? and l.position < ? order by l.position";
    private static final String PUBLISHED_SIZE = "select coalesce(max(size), 0) from checkpoint";
    private static final String PUBLISH =
            "insert into checkpoint (size, note) select ?, ? where (" + PUBLISHED_SIZE + ") = ?";
    private static final String PUBLIC = "select size, since from public_checkpoint";
    private static final String MAKE_PUBLIC = """
            insert into public_checkpoint (size, since) values (?, ?)
            on conflict (id) do update set size = excluded.size, since = excluded.since
            """;

    private final DataSource dataSource;
    private final Tiles tiles;
    private final LogIdentity log;
    private final Authenticity authenticity;
    private final LogFiles files;
    private final SigningGuard guard;
    private final Journal journal;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Duration publicInterval;
    private final EventTypes types = EventTypes.current();
    private final ReleaseEntries releases = new ReleaseEntries(types);
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
        this.authenticity = authenticity;
        this.files = files;
        this.guard = new SigningGuard(files.lastSignedFile(), writes);
        this.journal = new Journal(files.journalFile(), writes);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.publicInterval = publicInterval;
        this.lock = new SessionLock(dataSource);
    }

    /** What is known to be sealed. Given up after a failure, since then it is not known what was written. */
    private static final class State {
        private final KeyHistory keys;
        private CompactRange tree;
        private long signedAt = NEVER;
        private long recordedAt;
        private @Nullable Public shown;
        private long newestRelease = -1;

        /** @param recordedAt when the last line of the journal was written, on this program's own time */
        State(KeyHistory keys, CompactRange tree, long recordedAt, @Nullable Public shown) {
            this.keys = keys;
            this.tree = tree;
            this.recordedAt = recordedAt;
            this.shown = shown;
        }
    }

    /**
     * The public checkpoint.
     *
     * @param since   by the clock, as outsiders are told
     * @param shownAt the same on this program's own time, which no clock that is put right or wrong can move
     */
    private record Public(long size, Instant since, long shownAt) {}

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
            throw new SealFailed(
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
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PUBLISHED_SIZE);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private State compared() throws IOException, SQLException {
        journal.removeTornLine();
        try (Connection connection = dataSource.getConnection()) {
            long entries = edge(connection).size();
            Checkpoint last = guard.last();
            // what is not sealed yet says nothing, until it was derived again
            KeyHistory keys = KeyHistory.read(connection, types).among(last.size());
            List<Journal.Line> lines = journal.lastTwo();
            Optional<Sealed> published = LogReader.newestSigned(connection, verifier(keys));
            checkOrigin(last.origin(), "last signed state");
            checkOrigin(journal.origin(), "checkpoint journal");
            new Comparison(entries, tiles, last, lines, published, verifier(keys)).check();
            State found = new State(
                    keys,
                    new TileTree(last.size(), tiles).range(),
                    lines.isEmpty()
                            ? NEVER
                            : since(Instant.parse(lines.getLast().signedAt())),
                    shown(connection));
            finish(connection, found, last, lines, published);
            // one that was sealed but not made public before a crash
            found.newestRelease =
                    releases.newest(connection, found.shown == null ? 0 : found.shown.size(), last.size());
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

    /** Of all keys that ever signed, those at hand included: the first one signs before it is introduced. */
    private LogVerifier verifier(KeyHistory keys) {
        return new LogVerifier(
                log.origin(),
                Stream.concat(keys.all().stream(), Stream.of(log.firstKey()))
                        .distinct()
                        .toList());
    }

    /** What was signed is signed again, to the same bytes, and whatever was not written yet is. */
    private void finish(
            Connection connection, State found, Checkpoint last, List<Journal.Line> lines, Optional<Sealed> published)
            throws IOException, SQLException {
        if (last.size() == 0) {
            return;
        }
        SignedNote note = guard.sign(last, List.of(), signers(found.keys, last.size()));
        byte[] bytes = note.bytes();
        if (lines.isEmpty() || !Arrays.equals(lines.getLast().note(), bytes)) {
            record(found, note);
        }
        long before = published.map(Sealed::size).orElse(0L);
        if (before < last.size()) {
            publish(connection, last.size(), bytes, before);
        }
    }

    private List<NoteSigner> signers(KeyHistory keys, long size) {
        List<VerifierKey> active = keys.at(size);
        return (active.isEmpty() ? List.of(log.firstKey()) : active)
                .stream()
                        .map(key -> log.keys()
                                .signer(key)
                                .orElseThrow(() -> new LogRefused("The key file does not hold the key that this log is"
                                        + " signed with, " + key + ". Put that key back. To change keys, use the"
                                        + " command log rotate-key.")))
                        .toList();
    }

    private void record(State of, SignedNote note) throws IOException {
        journal.append(clock.instant(), note);
        of.recordedAt = nanoTime.getAsLong();
    }

    /** When that was on this program's own time; {@link #NEVER} where a clock was wrong, then or now. */
    private long since(Instant then) {
        Duration ago = Duration.between(then, clock.instant());
        return ago.isNegative() || ago.compareTo(LONGEST) > 0 ? NEVER : nanoTime.getAsLong() - ago.toNanos();
    }

    private boolean isOver(long since, Duration time) {
        return since == NEVER || nanoTime.getAsLong() - since >= time.toNanos();
    }

    private static void publish(Connection connection, long size, byte[] note, long sizeBefore) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLISH)) {
            statement.setLong(1, size);
            statement.setBytes(2, note);
            statement.setLong(3, sizeBefore);
            if (statement.executeUpdate() != 1) {
                throw new SealFailed("the newest checkpoint in the database is not the one of " + sizeBefore
                        + " entries that was published last");
            }
        }
    }

    private @Nullable Public shown(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUBLIC);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            Instant since = row.getTimestamp(2).toInstant();
            return new Public(row.getLong(1), since, since(since));
        }
    }

    private long advance() throws IOException, SQLException {
        State known = state();
        long sealed = known.tree.size();
        try (Connection connection = dataSource.getConnection()) {
            TreeEdge edge = TreeEdge.read(connection);
            long size = edge.size();
            if (size < sealed) {
                throw new SealFailed("the database ends before entry " + (sealed - 1) + ", which is sealed");
            }
            if (size > sealed && isTime(known)) {
                CompactRange tree = readAgain(connection, known, size);
                if (!Arrays.equals(tree.root(), edge.root())) {
                    throw new SealFailed("the tree that was committed is not the tree of its " + size + " entries");
                }
                sign(connection, known, tree, sealed);
            } else if (size > 0 && isOver(known.recordedAt, SIGN_OF_LIFE)) {
                sign(connection, known, known.tree, sealed);
            }
            renewPublic(connection, known);
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
        return isOver(known.signedAt, Duration.ofMillis(PACE_MS));
    }

    /**
     * The tree with the entries that were committed since, computed from their bytes alone. Each is derived again from its
     * event, which must be genuine: whoever can write entries could otherwise have anything signed.
     */
    private CompactRange readAgain(Connection connection, State known, long size) throws SQLException {
        CompactRange tree = new CompactRange(known.tree.size(), known.tree.hashes());
        AggregateOrder order = new AggregateOrder();
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
            statement.setLong(1, tree.size());
            statement.setLong(2, size);
            statement.setFetchSize(FETCH);
            // binary from the first row on
            statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long position = row.getLong(1);
                    byte[] leaf = row.getBytes(2);
                    byte[] hash = TreeHash.ofLeaf(leaf);
                    if (position != tree.size() || !Arrays.equals(hash, row.getBytes(3))) {
                        throw new SealFailed("entry " + tree.size() + " is not what was sequenced");
                    }
                    order.add(position, genuine(row, position, leaf));
                    tree.append(hash);
                    known.keys.add(position, leaf);
                    if (releases.isRelease(leaf)) {
                        known.newestRelease = position;
                    }
                }
            }
            order.check(connection, known.tree.size());
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        if (tree.size() != size) {
            throw new SealFailed("entry " + tree.size() + " is missing");
        }
        return tree;
    }

    /** The event of an entry, whose bytes it gives. */
    private StoredEvent genuine(ResultSet row, long position, byte[] leaf) throws SQLException {
        row.getLong(4);
        if (row.wasNull()) {
            throw new SealFailed("entry " + position + " has no event");
        }
        EventRow event = EventRow.read(row, 6, row.getBoolean(5));
        return switch (event.compare(leaf, authenticity)) {
            case GENUINE -> event.stored();
            case DIFFERENT -> throw new SealFailed("entry " + position + " is not what its event gives");
            case FOREIGN ->
                throw new SealFailed("the event of entry " + position
                        + " was not appended by a program that holds this ledger's key");
        };
    }

    private void sign(Connection connection, State known, CompactRange tree, long sealed)
            throws IOException, SQLException {
        long size = tree.size();
        Checkpoint next = new Checkpoint(log.origin(), size, tree.root(), List.of());
        List<byte[]> proof =
                new TileTree(size, tiles).consistencyProof(guard.last().size());
        SignedNote note = guard.sign(next, proof, signers(known.keys, size));
        known.signedAt = nanoTime.getAsLong();
        record(known, note);
        if (size > sealed) {
            publish(connection, size, note.bytes(), sealed);
            known.tree = tree;
        }
    }

    private void renewPublic(Connection connection, State known) throws SQLException {
        Public shown = known.shown;
        long size = known.tree.size();
        if (size == 0) {
            return;
        }
        if (shown == null || !isGoodEnough(shown, known.newestRelease)) {
            Public next = new Public(size, clock.instant(), nanoTime.getAsLong());
            makePublic(connection, next);
            known.shown = next;
        } else if (isMoved(connection, shown)) {
            // by somebody who does not seal
            makePublic(connection, shown);
        }
    }

    private static void makePublic(Connection connection, Public next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MAKE_PUBLIC)) {
            statement.setLong(1, next.size());
            statement.setTimestamp(2, Timestamp.from(next.since()));
            NotStored.unless(1, statement.executeUpdate(), "public_checkpoint");
        }
    }

    private boolean isMoved(Connection connection, Public shown) throws SQLException {
        Public stored = shown(connection);
        return stored == null || stored.size() != shown.size();
    }

    /** What is released is public: whoever reads it can check it at once. */
    private boolean isGoodEnough(Public shown, long newestRelease) {
        return newestRelease < shown.size()
                && !isOver(shown.shownAt(), publicInterval)
                && !shown.since().isAfter(clock.instant().plus(SIGN_OF_LIFE));
    }

    @Override
    public synchronized void close() {
        letGo();
    }
}
