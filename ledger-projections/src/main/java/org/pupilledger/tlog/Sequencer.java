package org.pupilledger.tlog;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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

    /** Between two batches of a busy ledger: what gathers meanwhile shares one transaction and one flush to disk. */
    private static final long PACE_MS = 50;

    private static final long CLOSE_MS = 10_000;

    private final Sequencing sequencing;
    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong head = new AtomicLong(-1);
    private final AtomicLong sequenced = new AtomicLong();
    private final List<Runnable> onGrowth = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "sequencer");
    private volatile @Nullable String failure;
    private volatile boolean isClosed;
    private long lastBatchNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PACE_MS);

    public Sequencer(DataSource dataSource) {
        this.sequencing = new Sequencing(dataSource);
    }

    public void start() {
        thread.setDaemon(true);
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

    /** Why no event gets a position at present; null where nothing is wrong. */
    public @Nullable String failure() {
        if (thread.isAlive()) {
            return failure;
        }
        return isClosed ? "closed" : "not running";
    }

    /** Calls {@code listener} whenever there are new entries, whichever program sequenced them. */
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
                pause(POLL_MS);
                keepPace();
            } catch (InterruptedException e) {
                isClosed = true;
                Thread.currentThread().interrupt();
            } catch (SQLException | RuntimeException e) {
                if (failure == null) {
                    // once per cause, not per try
                    LOG.error("sequencing stopped", e);
                }
                failure = e instanceof SequencerStopped
                        ? e.getMessage()
                        : e.getClass().getSimpleName();
                pause(RETRY_MS);
            }
        }
    }

    private void drain() throws SQLException {
        Sequencing.Outcome outcome;
        do {
            outcome = sequencing.nextBatch();
            sequenced.addAndGet(outcome.count());
            if (head.getAndSet(outcome.last()) < outcome.last()) {
                onGrowth.forEach(Sequencer::tell);
            }
            if (outcome.count() > 0) {
                lastBatchNanos = System.nanoTime();
            }
        } while (outcome.isFull() && !isClosed);
    }

    /** An event that comes alone is sequenced at once; those that come close behind wait for each other. */
    private void keepPace() throws InterruptedException {
        long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastBatchNanos);
        if (sinceMs < PACE_MS && !isClosed) {
            Thread.sleep(PACE_MS - sinceMs);
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
