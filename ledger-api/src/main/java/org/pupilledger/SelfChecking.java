package org.pupilledger;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pupilledger.limits.OutOfMemory;
import org.pupilledger.node.Replays;
import org.pupilledger.node.StartRefused;
import org.pupilledger.replay.ReplayCancelled;
import org.pupilledger.replay.ReplayListener;
import org.pupilledger.request.BusinessDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;

/** Replays everything when it is time to, and keeps snapshots meanwhile. */
final class SelfChecking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfChecking.class);

    /** For {@code ledger.self-check}: as Spring has it. */
    private static final String NEVER = "-";

    private static final Duration UPKEEP = Duration.ofSeconds(10);
    private static final long CLOSE_MS = 5_000;

    private final Replays replays;
    private final @Nullable CronExpression when;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("self-check").factory());
    private final ReplayListener listener = this::look;
    private volatile boolean isClosed;
    private String unkept = "";

    SelfChecking(Replays replays, String when, Clock clock) {
        this.replays = replays;
        this.clock = clock;
        this.when = parse(when);
        // else the next check is waited for at every stop
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        var _ = executor.scheduleWithFixedDelay(
                this::upkeep, UPKEEP.toMillis(), UPKEEP.toMillis(), TimeUnit.MILLISECONDS);
        planNext();
    }

    /**
     * When to look; null for never.
     *
     * @throws StartRefused the expression is none
     */
    static @Nullable CronExpression parse(String when) {
        try {
            return when.equals(NEVER) ? null : CronExpression.parse(when);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "ledger.self-check is not usable: it is a cron expression with seconds, such as 0 30 2 * * *, or -"
                            + " for never.");
        }
    }

    private void planNext() {
        if (when == null || isClosed) {
            return;
        }
        ZonedDateTime now = clock.instant().atZone(BusinessDate.ZONE);
        ZonedDateTime next = when.next(now);
        if (next != null) {
            var _ = executor.schedule(this::check, Duration.between(now, next).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        try {
            replays.selfCheck().run(listener);
        } catch (ReplayCancelled e) {
            // closed
        } catch (RuntimeException e) {
            // said by the check itself
        } catch (Error e) {
            OutOfMemory.endIfIn(e);
            throw e;
        }
        planNext();
    }

    private void upkeep() {
        try {
            replays.upkeep().run(listener);
            unkept = "";
        } catch (ReplayCancelled e) {
            // closed
        } catch (RuntimeException e) {
            String cause = e.getClass().getSimpleName();
            if (!cause.equals(unkept)) {
                // once per cause, not per try
                LOG.warn("snapshots could not be kept: {}", cause);
            }
            unkept = cause;
        } catch (Error e) {
            OutOfMemory.endIfIn(e);
            throw e;
        }
    }

    private void look(long done, long of) {
        if (isClosed) {
            throw new ReplayCancelled();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        executor.shutdown();
        try {
            var _ = executor.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
