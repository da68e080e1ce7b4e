package org.pupilledger.verification;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.VerificationStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the database of a running ledger over and over, in a thread of its own and of low priority. A break that it
 * finds stays known until a later run has gone through everything and found none. That it could not run is another matter,
 * and shown as such.
 */
public final class Scan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scan.class);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long CLOSE_MS = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final DatabaseVerification verification;
    private final Duration interval;
    private final BooleanSupplier standsBy;
    private final Supplier<@Nullable String> unsealed;
    private final Thread thread = Thread.ofPlatform().daemon().name("scan").unstarted(this::run);
    private volatile long position = -1;
    private volatile long completedNanos;
    private volatile boolean wasCompleted;
    private volatile @Nullable String breakFound;
    private volatile @Nullable String failure;
    private volatile boolean isClosed;

    /** @param interval from the end of one run to the beginning of the next, and before one that failed is tried again */
    public Scan(DatabaseVerification verification, Duration interval) {
        this(verification, interval, () -> false, () -> null);
    }

    /**
     * @param standsBy while it is true nothing is verified: the files at hand need not be as new as the database
     * @param unsealed why nothing is sealed; where that changes, a break that was found is looked for again at once
     */
    public Scan(
            DatabaseVerification verification,
            Duration interval,
            BooleanSupplier standsBy,
            Supplier<@Nullable String> unsealed) {
        this.verification = verification;
        this.interval = interval;
        this.standsBy = standsBy;
        this.unsealed = unsealed;
    }

    @SuppressWarnings("ThreadPriorityCheck") // a courtesy; nothing depends on it
    public void start() {
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** The last position verified in the run under way or the last one, -1 before the first. */
    public long position() {
        return position;
    }

    /** Seconds since a run last went through everything, whatever it found; empty before the first. */
    public OptionalDouble completedSecondsAgo() {
        return wasCompleted
                ? OptionalDouble.of((System.nanoTime() - completedNanos) / NANOS_PER_SECOND)
                : OptionalDouble.empty();
    }

    /** The first break or difference that the last complete run found, as a sentence; null where it found none. */
    public @Nullable String breakFound() {
        return breakFound;
    }

    /** Why the last run could not be completed; null where it was, or none was tried yet. */
    public @Nullable String failure() {
        return failure;
    }

    private void run() {
        try {
            // a server that starts has better things to do
            Thread.sleep(interval.compareTo(FIRST) < 0 ? interval : FIRST);
            while (!isClosed) {
                String before = unsealed.get();
                if (standsBy.getAsBoolean()) {
                    Thread.sleep(LOOK);
                } else {
                    verify();
                    rest(before);
                }
            }
        } catch (InterruptedException | VerificationStopped e) {
            // closed
            Thread.currentThread().interrupt();
        }
    }

    private void rest(@Nullable String before) throws InterruptedException {
        long end = System.nanoTime() + interval.toNanos();
        for (long left = interval.toNanos();
                left > 0 && (breakFound == null || Objects.equals(before, unsealed.get()));
                left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK.toNanos()));
        }
    }

    private void verify() {
        try {
            Report report = verification.run((done, of, state) -> position = done - 1);
            position = report.entries() - 1;
            tell(report);
            completedNanos = System.nanoTime();
            wasCompleted = true;
            failure = null;
        } catch (VerificationStopped e) {
            throw e;
        } catch (RuntimeException e) {
            if (isClosed) {
                throw new VerificationStopped();
            }
            String reason = e.getClass().getSimpleName();
            if (!reason.equals(failure)) {
                // once per cause, not per try
                LOG.warn("the ledger could not be verified: {}", reason);
            }
            failure = reason;
        }
    }

    private void tell(Report report) {
        String found = report.first().orElse(null);
        if (found != null && !found.equals(breakFound)) {
            if (report.breaks().isEmpty()) {
                LOG.error("the database is not as it was made: {}", found);
            } else {
                Break first = report.breaks().getFirst();
                LOG.error("the ledger is broken at position {}, {}: {}", first.position(), first.kind(), found);
            }
        }
        breakFound = found;
    }

    /** Ends a run that is under way. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
