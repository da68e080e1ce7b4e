package org.pupilledger.tlog;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Damaged;
import org.pupilledger.schema.Authenticity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sequencing of committed events until closed: at once when woken after a commit, and every
 * {@value #POLL_MS} ms besides, since other programs commit too. A failure stops it from going on, never makes it skip:
 * it tries the same batch again and {@link #failure} says why it is stuck.
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final long POLL_MS = 50;
    private static final long RETRY_MS = 1_000;

    /**
     * Between two batches of a busy ledger: what gathers meanwhile shares one transaction and one flush to disk. A little
     * longer than between two signatures, since nobody reads what is not signed.
     */
    private static final long PACE_MS = 110;

    private static final long LEADERLESS_MS = 10_000;

    /** Longer together than the pace at which a seal signs. */
    private static final int LAST_TRIES = 4;

    private static final long CLOSE_MS = 10_000;
    private static final String OURS = "org.pupilledger.";

    private final Sequencing sequencing;
    private final Seal seal;
    private final long paceMs;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong head = new AtomicLong(-1);
    private final AtomicLong sequenced = new AtomicLong();
    private final AtomicLong sealed = new AtomicLong();
    private final List<Runnable> onGrowth = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("sequencer").unstarted(this::run);
    private volatile @Nullable String failure;
    private volatile @Nullable String sealFailure;
    private volatile boolean isClosed;
    private long ledNanos = System.nanoTime();
    private long lastBatchNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PACE_MS);

    /** @param authenticity tells which events were appended by a program that holds the ledger's key */
    public Sequencer(DataSource dataSource, Authenticity authenticity, Seal seal) {
        this(dataSource, authenticity, seal, PACE_MS);
    }

    /** @param paceMs between two batches */
    Sequencer(DataSource dataSource, Authenticity authenticity, Seal seal, long paceMs) {
        this.sequencing = new Sequencing(dataSource, authenticity);
        this.seal = seal;
        this.paceMs = paceMs;
    }

    public void start() {
        sealFailure = seal.standsBy();
        thread.start();
    }

    /** Says that something was committed. */
    public void wake() {
        wakes.release();
    }

    /** The newest position known here, -1 where there is none. */
    public long head() {
        return head.get();
    }

    /** Events that this program gave a position. */
    public long sequenced() {
        return sequenced.get();
    }

    /** The newest sealed position known here, -1 where there is none. */
    public long sealed() {
        return sealed.get() - 1;
    }

    /** Why nothing is sealed at present; null where nothing is wrong. */
    public @Nullable String sealFailure() {
        return sealFailure;
    }

    /** Why no event gets a position at present; null where nothing is wrong. */
    public @Nullable String failure() {
        if (thread.isAlive()) {
            return failure;
        }
        return isClosed ? "closed" : "not running";
    }

    /** Calls {@code listener} whenever there are newly sealed entries, whichever program sealed them. */
    public void onGrowth(Runnable listener) {
        onGrowth.add(listener);
    }

    void forget(Runnable listener) {
        onGrowth.remove(listener);
    }

    private void run() {
        while (!isClosed) {
            try {
                drain();
                failure = null;
                pause(sealFailure == null ? POLL_MS : RETRY_MS);
                keepPace();
            } catch (InterruptedException e) {
                isClosed = true;
                Thread.currentThread().interrupt();
            } catch (SQLException | RuntimeException e) {
                if (failure == null) {
                    // once per cause, not per try
                    LOG.error("sequencing stopped", e);
                }
                failure = reason(e);
                pause(RETRY_MS);
            }
        }
        if (failure == null && sealFailure == null) {
            finish();
        }
    }

    /** So that whoever stops a ledger in peace leaves nothing that is not sealed. */
    private void finish() {
        try {
            drain();
            for (int tries = 0; tries < LAST_TRIES && sealed() < head() && sealFailure == null; tries++) {
                Thread.sleep(paceMs);
                seal();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("not everything is sealed: {}", reason(e));
        }
    }

    private void drain() throws SQLException {
        Sequencing.Outcome outcome;
        do {
            if (!leads()) {
                return;
            }
            outcome = sequencing.nextBatch();
            checkLeader(outcome.isLeader());
            sequenced.addAndGet(outcome.count());
            head.set(outcome.last());
            if (outcome.count() > 0) {
                lastBatchNanos = System.nanoTime();
            }
            seal();
        } while (outcome.isFull() && !isClosed);
    }

    /** Whoever cannot seal gives no positions either: that is for whoever can. */
    private boolean leads() throws SQLException {
        try {
            if (seal.leads()) {
                return true;
            }
            head.set(sequencing.last());
        } catch (SQLException | RuntimeException e) {
            cannotSeal(e);
            return false;
        }
        seal();
        return false;
    }

    /** Other programs lead for the time of a batch; whoever holds the lock for longer does not sequence. */
    private void checkLeader(boolean isLeader) {
        long now = System.nanoTime();
        if (isLeader) {
            ledNanos = now;
        } else if (now - ledNanos > TimeUnit.MILLISECONDS.toNanos(LEADERLESS_MS)) {
            throw new Damaged("another session of the database holds the lock of the sequencer, and does not let"
                    + " go; see pg_locks, advisory");
        }
    }

    /** Its trouble is not the sequencer's: what has its position keeps it, but nobody reads it. */
    private void seal() {
        try {
            long now = seal.seal();
            sealFailure = seal.standsBy();
            if (sealed.getAndSet(now) < now) {
                onGrowth.forEach(Sequencer::tell);
            }
        } catch (SQLException | RuntimeException e) {
            cannotSeal(e);
        }
    }

    private void cannotSeal(Exception failed) {
        String reason = reason(failed);
        if (!reason.equals(sealFailure)) {
            // once per cause, not per try
            LOG.error("nothing is sealed: {}", reason, failed);
        }
        sealFailure = reason;
    }

    /** Messages of others might quote data. */
    private static String reason(Exception e) {
        if (e instanceof SQLException sql) {
            return "the database does not answer as it should (SQLSTATE " + sql.getSQLState() + ")";
        }
        String message = e.getMessage();
        return message != null && e.getClass().getName().startsWith(OURS)
                ? message
                : e.getClass().getSimpleName();
    }

    /** An event that comes alone is sequenced at once; those that come close behind wait for each other. */
    private void keepPace() throws InterruptedException {
        long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBatchNanos);
        if (sinceMs < paceMs && !isClosed) {
            Thread.sleep(paceMs - sinceMs);
        }
    }

    /** A listener's trouble, such as a processor that is just being closed, is not the sequencer's. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener to the growth of the ledger failed", e);
        }
    }

    private void pause(long ms) {
        try {
            if (wakes.tryAcquire(ms, TimeUnit.MILLISECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            isClosed = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the batch under way. */
    @Override
    public void close() {
        isClosed = true;
        wake();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
