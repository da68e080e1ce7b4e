package org.pupilledger;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.node.Replays;
import org.pupilledger.values.BusinessDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronTrigger;

/** Replays everything when it is time to, and keeps snapshots meanwhile. */
final class SelfChecking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfChecking.class);

    /** For {@code ledger.self-check}: as Spring has it. */
    private static final String NEVER = "-";

    private static final Duration UPKEEP = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Schedule schedule;
    private volatile boolean isClosed;

    SelfChecking(Replays replays, String when, Clock clock) {
        CronTrigger trigger = parse(when);
        schedule = new Schedule("self-check", clock, CLOSING)
                .every(UPKEEP, () -> replays.upkeep().run(this::look), this::tell);
        if (trigger != null) {
            // a failure is said by the check itself
            schedule.at(trigger, () -> replays.selfCheck().run(this::look), _ -> {});
        }
    }

    /**
     * When to look; null for never.
     *
     * @throws Hindered the expression is none
     */
    static @Nullable CronTrigger parse(String when) {
        try {
            return when.equals(NEVER) ? null : new CronTrigger(when, BusinessDate.ZONE);
        } catch (IllegalArgumentException e) {
            throw new Hindered(
                    "ledger.self-check is not usable: it is a cron expression with seconds, such as 0 30 2 * * *, or -"
                            + " for never.");
        }
    }

    private void tell(Class<?> cause) {
        if (!isClosed) {
            LOG.warn("snapshots could not be kept: {}", cause.getSimpleName());
        }
    }

    private void look(long done, long of) {
        if (isClosed) {
            throw new CancellationException();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        schedule.close();
    }
}
