package org.pupilledger.rebuild;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.pupilledger.entries.Entry;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.ProjectedTable;
import org.pupilledger.tlog.Projection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes one projection anew from the entries while the copy there is goes on to serve and to grow. The new copy is folded
 * batch by batch, compared with the old one at one position, and takes its place in one transaction. Whatever ends it
 * before that leaves the old copy serving, and what was folded so far: the next rebuild goes on from there. Where the place
 * of the old one was moved, the new one goes as far as the ledger is sealed, and so says its place.
 *
 * <p>All that it writes, it writes through one connection, which holds an advisory lock for as long. So where the
 * connection is lost, neither does a rebuild of another program meet one that still writes, nor this one write on.
 */
public final class Rebuild {
    /** Entries of one transaction. */
    private static final int BATCH = 5_000;

    /** Entries that may be left to fold in the transaction of the swap, which keeps the processor waiting. */
    private static final int NEAR = 1_000;

    /** Rows of one transaction that clears a copy. */
    private static final int CLEARED = 20_000;

    /** The first half of advisory locks of rebuilds; the second is the hash of the projection's name. */
    private static final int LOCKS = 0x7265_6275;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String LOCK = "select pg_try_advisory_lock(?, hashtext(?))";
    private static final String UNLOCK = "select pg_advisory_unlock(?, hashtext(?))";
    private static final String SERVING = "select copy, version, position from projection where name = ?";
    private static final String UNFINISHED = "select copy, version, position from rebuild where projection = ?";
    private static final String BEGIN =
            "insert into rebuild (projection, copy, version, position) values (?, ?, ?, -1)";
    private static final String MOVE =
            "update rebuild set position = ? where projection = ? and copy = ? and version = ? and position = ?";
    private static final String SWAP = "update projection set copy = ?, version = ? where name = ?";
    private static final String FORGET = "delete from rebuild where projection = ?";

    /** What holds the row of a projection longer is no processor at work. */
    private static final String PATIENCE = "select set_config('lock_timeout', '10s', true)";

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private final DataSource dataSource;
    private final Entries entries;
    private final Function<JdbcTemplate, Projection> projections;
    private final int batchSize;

    /** @param projections makes the projection that writes through a connection */
    public Rebuild(DataSource dataSource, Entries entries, Function<JdbcTemplate, Projection> projections) {
        this(dataSource, entries, projections, BATCH);
    }

    /** @param batchSize entries of one transaction, at least 1 */
    Rebuild(DataSource dataSource, Entries entries, Function<JdbcTemplate, Projection> projections, int batchSize) {
        this.dataSource = dataSource;
        this.entries = entries;
        this.projections = projections;
        this.batchSize = batchSize;
    }

    /**
     * Rebuilds, or goes on with a rebuild of the same version that was not finished.
     *
     * @throws AlreadyRebuilding a rebuild of it is under way
     * @throws Stopped           the watch did not want it to go on
     * @throws DataAccessException the database failed; to be tried again
     * @throws LogUnavailable      the entries could not be read; to be tried again
     */
    public Outcome run(Watch watch) {
        return withLock(watch, Work::run);
    }

    /**
     * Makes the new copy and compares, as {@link #run} does, and throws the new copy away.
     *
     * @throws AlreadyRebuilding a rebuild of it is under way
     * @throws Stopped           the watch did not want it to go on
     */
    public Outcome check(Watch watch) {
        return withLock(watch, Work::check);
    }

    private Outcome withLock(Watch watch, Function<Work, Outcome> what) {
        try (Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource only = new SingleConnectionDataSource(connection, true);
            JdbcTemplate jdbc = new JdbcTemplate(only);
            Projection projection = projections.apply(jdbc);
            if (!Boolean.TRUE.equals(jdbc.queryForObject(LOCK, Boolean.class, LOCKS, projection.name()))) {
                throw new AlreadyRebuilding();
            }
            try {
                return what.apply(new Work(projection, jdbc, new DataSourceTransactionManager(only), watch));
            } finally {
                unlock(connection, jdbc, projection);
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static void unlock(Connection connection, JdbcTemplate jdbc, Projection projection) throws SQLException {
        try {
            jdbc.queryForObject(UNLOCK, Boolean.class, LOCKS, projection.name());
        } catch (DataAccessException e) {
            // it must not come back into the pool with the lock
            connection.abort(Runnable::run);
        }
    }

    /** @param position newest entry folded in */
    private record Place(Copy copy, int version, long position) {
        static Place of(ResultSet row, int number) throws SQLException {
            return new Place(Copy.of(row.getInt("copy")), row.getInt("version"), row.getLong("position"));
        }
    }

    private final class Work {
        private final Projection projection;
        private final JdbcTemplate jdbc;
        private final TransactionTemplate batch;
        private final TransactionTemplate snapshot;
        private final Watch watch;
        private final Places places;
        private final boolean isMoved;
        private final Place serving;
        private final Copy shadow;
        private Phase phase = Phase.FOLDING;
        private long position = -1;
        private long head;
        private long folded;
        private final long startedNanos = System.nanoTime();

        Work(Projection projection, JdbcTemplate jdbc, DataSourceTransactionManager transactions, Watch watch) {
            this.projection = projection;
            this.jdbc = jdbc;
            this.batch = new TransactionTemplate(transactions);
            this.snapshot = new TransactionTemplate(transactions);
            snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
            snapshot.setReadOnly(true);
            this.watch = watch;
            this.places = new Places(jdbc, projection.name());
            places.add(projection.version());
            // nobody else swaps copies while the lock is held
            this.serving = serving();
            this.shadow = serving.copy().other();
            this.isMoved = places.areMoved() || serving.position() > entries.head();
            this.head = goal();
        }

        Outcome run() {
            try {
                begin();
                catchUp();
                Outcome outcome = compare();
                catchUp();
                swap();
                tell(outcome);
                clearAfterwards();
                return outcome;
            } catch (GivenUp e) {
                jdbc.update(FORGET, projection.name());
                clearAfterwards();
                throw new Stopped();
            }
        }

        Outcome check() {
            try {
                begin();
                catchUp();
                return compare();
            } catch (GivenUp e) {
                throw new Stopped();
            } finally {
                jdbc.update(FORGET, projection.name());
                clearAfterwards();
            }
        }

        private Place serving() {
            return Objects.requireNonNull(jdbc.queryForObject(SERVING, Place::of, projection.name()));
        }

        /** How far the new copy has to go. */
        private long goal() {
            return isMoved ? Math.max(position, entries.head()) : serving().position();
        }

        /** What was begun is resumed where it is of this version, for this copy, and not ahead of what serves. */
        private void begin() {
            if (serving.version() > projection.version()) {
                throw new NotRebuilt(
                        "what serves says that version " + serving.version() + " made it, and this program is of "
                                + projection.version()
                                + ": use that one, or, where there is none, have the owner of the schema set"
                                + " projection.version to 0");
            }
            Place unfinished = jdbc.query(UNFINISHED, Place::of, projection.name()).stream()
                    .findFirst()
                    .orElse(null);
            if (unfinished != null
                    && unfinished.version() == projection.version()
                    && unfinished.copy() == shadow
                    && unfinished.position() <= goal()) {
                position = unfinished.position();
                report();
                return;
            }
            jdbc.update(FORGET, projection.name());
            clear(true);
            NotStored.unless(
                    1, jdbc.update(BEGIN, projection.name(), shadow.number(), projection.version()), "rebuild");
            report();
        }

        /** Folds until little is left, however fast entries come in. */
        private void catchUp() {
            do {
                head = goal();
                foldTo(head);
                head = goal();
            } while (head - position > NEAR);
        }

        private void foldTo(long last) {
            while (position < last) {
                heedWish();
                List<Entry> next = read(position + 1, Math.min(position + batchSize, last));
                batch.executeWithoutResult(transaction -> fold(next));
                position = next.getLast().position();
                folded += next.size();
                report();
            }
        }

        private List<Entry> read(long first, long last) {
            List<Entry> read = new ArrayList<>();
            entries.read(first, last, entry -> {
                read.add(entry);
                return true;
            });
            if (read.size() != last - first + 1) {
                throw new NotRebuilt("entries are missing");
            }
            return read;
        }

        /** Moves on only from exactly the position before, so that neither a gap nor a repeat can pass. */
        private void fold(List<Entry> next) {
            long before = next.getFirst().position() - 1;
            int moved = jdbc.update(
                    MOVE, next.getLast().position(), projection.name(), shadow.number(), projection.version(), before);
            if (moved != 1) {
                throw new NotRebuilt("another program works on the copy");
            }
            projection.fold(shadow, next);
        }

        /** Both copies at one position: the old one as a snapshot sees it, the new one folded up to there. */
        private Outcome compare() {
            enter(Phase.COMPARING);
            record Seen(long position, String digest) {}
            Seen was = Objects.requireNonNull(snapshot.execute(
                    transaction -> new Seen(goal(), Digest.of(jdbc, projection, serving.copy(), this::heedWish))));
            if (was.position() < position) {
                throw new NotRebuilt("what serves has gone back");
            }
            foldTo(was.position());
            String now = Objects.requireNonNull(
                    snapshot.execute(transaction -> Digest.of(jdbc, projection, shadow, this::heedWish)));
            Finding finding = was.digest().equals(now)
                    ? isMoved ? Finding.DAMAGED : Finding.SAME
                    : serving.version() < projection.version() ? Finding.OLDER_VERSION : Finding.DAMAGED;
            return new Outcome(projection.name(), was.position(), finding, was.digest(), now);
        }

        /** While it lasts, the processor waits to commit; readers do not. */
        private void swap() {
            enter(Phase.SWAPPING);
            batch.executeWithoutResult(transaction -> {
                jdbc.queryForObject(PATIENCE, String.class);
                if (isMoved) {
                    places.lock();
                }
                Place last = Objects.requireNonNull(
                        jdbc.queryForObject(SERVING + " for no key update", Place::of, projection.name()));
                if (last.copy() != serving.copy() || last.version() != serving.version()) {
                    throw new NotRebuilt("another program works on the copy");
                }
                long goal = isMoved ? goal() : last.position();
                long at = position;
                while (at < goal) {
                    List<Entry> next = read(at + 1, Math.min(at + batchSize, goal));
                    fold(next);
                    at = next.getLast().position();
                }
                if (at != goal) {
                    throw new NotRebuilt("what serves has gone back");
                }
                NotStored.unless(
                        1, jdbc.update(SWAP, shadow.number(), projection.version(), projection.name()), "projection");
                if (isMoved) {
                    places.put(at);
                }
                jdbc.update(FORGET, projection.name());
                head = at;
            });
            position = head;
        }

        private void tell(Outcome outcome) {
            switch (outcome.finding()) {
                case SAME -> LOG.info("the projection {} was rebuilt and is the same as before", outcome.projection());
                case OLDER_VERSION ->
                    LOG.info("the projection {} was rebuilt for a newer version", outcome.projection());
                case DAMAGED ->
                    LOG.error(
                            "the projection {} did not say what the entries say at position {}, or was not in its place: its"
                                    + " digest was {} and is {} after a rebuild",
                            outcome.projection(),
                            outcome.position(),
                            outcome.was(),
                            outcome.now());
            }
        }

        /** Not worth failing for: the next rebuild clears what is left. */
        private void clearAfterwards() {
            try {
                clear(false);
            } catch (DataAccessException e) {
                LOG.warn(
                        "the old copy of the projection {} was not cleared: {}",
                        projection.name(),
                        e.getClass().getSimpleName());
            }
        }

        /** Removes the rows of the copy that does not serve, which nobody looks at. */
        private void clear(boolean isStoppable) {
            Copy idle = serving().copy().other();
            for (ProjectedTable table : projection.tables()) {
                String some = "delete from " + table.name() + " where ctid = any(array(select ctid from " + table.name()
                        + " where copy = ? limit " + CLEARED + "))";
                int removed;
                do {
                    if (isStoppable) {
                        heedWish();
                    } else if (watch.wish() == Wish.PAUSE) {
                        return;
                    }
                    removed = jdbc.update(some, idle.number());
                } while (removed == CLEARED);
            }
        }

        private void enter(Phase next) {
            heedWish();
            phase = next;
            report();
        }

        private void heedWish() {
            switch (watch.wish()) {
                case GO_ON -> {
                    // as nearly always
                }
                case PAUSE -> throw new Stopped();
                case GIVE_UP -> throw new GivenUp();
            }
        }

        private void report() {
            double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
            watch.at(new Progress(phase, position, head, folded / Math.max(seconds, 1 / NANOS_PER_SECOND)));
        }
    }

    private static final class GivenUp extends RuntimeException {
        GivenUp() {
            super("given up", null, false, false);
        }
    }
}
