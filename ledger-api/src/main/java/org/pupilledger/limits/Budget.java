package org.pupilledger.limits;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.pupilledger.failure.Busy;

/** Memory that all callers together may take. Whoever asks first is served first, so that a large wish is not put off. */
public final class Budget {
    private static final int MEBIBYTE = 1 << 20;

    private final int mebibytes;
    private final Semaphore free;
    private final Duration atMost;

    /**
     * A budget.
     *
     * @param bytes  in all
     * @param atMost how long one waits for a share
     */
    public Budget(long bytes, Duration atMost) {
        this.mebibytes = (int) Math.max(1, bytes / MEBIBYTE);
        this.free = new Semaphore(mebibytes, true);
        this.atMost = atMost;
    }

    /** Memory that is given back in the end. */
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Whether there is ever so much, in MiB. */
    boolean holds(int wanted) {
        return wanted <= mebibytes;
    }

    /**
     * Takes a share, or all there is where that is less.
     *
     * @throws Busy others hold too much of it for too long
     */
    public Share take(int wanted) {
        int taken = Math.min(wanted, mebibytes);
        try {
            if (!free.tryAcquire(taken, atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Busy(Busy.With.MEMORY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy(Busy.With.MEMORY);
        }
        AtomicBoolean isGivenBack = new AtomicBoolean();
        return () -> {
            if (isGivenBack.compareAndSet(false, true)) {
                free.release(taken);
            }
        };
    }
}
