package org.pupilledger.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.pupilledger.entries.Entry;
import org.pupilledger.failure.Hindered;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.ProjectedTable;
import org.pupilledger.tlog.Projection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One rebuild at work: all that it writes goes through one connection. */
final class Rebuilding {
    /** Entries that may be left to fold in the transaction of the swap, which keeps the processor waiting. */
    private static final int NEAR = 1_000;
    /** Rows of one transaction that clears a copy. */
    private static final int CLEARED = 20_000;

    private static final double NANOS_PER_SECOND = 1e9;
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

    /** @param position newest entry folded in */
    private record Place(Copy copy, int version, long position) {
        static Place of(ResultSet row, int number) throws SQLException {
            return new Place(Copy.of(row.getInt("copy")), row.getInt("version"), row.getLong("position"));
        }
    }

    private final Projection projection;
    private final Entries entries;
    private final int batchSize;
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

    /** @param batchSize entries of one transaction */
    Rebuilding(
            Projection projection,
            Entries entries,
            JdbcTemplate jdbc,
            DataSourceTransactionManager transactions,
            Watch watch,
            int batchSize) {
        this.projection = projection;
        this.entries = entries;
        this.batchSize = batchSize;
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
            throw new CancellationException("the rebuild was stopped");
        }
    }

    Outcome check() {
        try {
            begin();
            catchUp();
            return compare();
        } catch (GivenUp e) {
            throw new CancellationException("the rebuild was stopped");
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
            throw new Hindered(
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
        NotStored.unless(1, jdbc.update(BEGIN, projection.name(), shadow.number(), projection.version()), "rebuild");
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
            throw new Hindered("entries are missing");
        }
        return read;
    }

    /** Moves on only from exactly the position before, so that neither a gap nor a repeat can pass. */
    private void fold(List<Entry> next) {
        long before = next.getFirst().position() - 1;
        int moved = jdbc.update(
                MOVE, next.getLast().position(), projection.name(), shadow.number(), projection.version(), before);
        if (moved != 1) {
            throw new Hindered("another program works on the copy");
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
            throw new Hindered("what serves has gone back");
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
                throw new Hindered("another program works on the copy");
            }
            long goal = isMoved ? goal() : last.position();
            long at = position;
            while (at < goal) {
                List<Entry> next = read(at + 1, Math.min(at + batchSize, goal));
                fold(next);
                at = next.getLast().position();
            }
            if (at != goal) {
                throw new Hindered("what serves has gone back");
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
            case OLDER_VERSION -> LOG.info("the projection {} was rebuilt for a newer version", outcome.projection());
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
            case PAUSE -> throw new CancellationException("the rebuild was stopped");
            case GIVE_UP -> throw new GivenUp();
        }
    }

    private void report() {
        double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
        watch.at(new Progress(phase, position, head, folded / Math.max(seconds, 1 / NANOS_PER_SECOND)));
    }

    private static final class GivenUp extends RuntimeException {
        GivenUp() {
            super("given up", null, false, false);
        }
    }
}
