package org.pupilledger.seal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** How long ago something was, on this program's own time, which no clock that is put right or wrong can move. */
record OwnTime(Clock clock, LongSupplier nanoTime) {
    static final long NEVER = Long.MIN_VALUE;

    /** Whatever was longer ago, was longer ago than anything is waited for. */
    private static final Duration LONGEST = Duration.ofDays(10_000);

    long now() {
        return nanoTime.getAsLong();
    }

    /** When that was on this program's own time; {@link #NEVER} where a clock was wrong, then or now. */
    long since(Instant then) {
        Duration ago = Duration.between(then, clock.instant());
        return ago.isNegative() || ago.compareTo(LONGEST) > 0 ? NEVER : now() - ago.toNanos();
    }

    boolean isOver(long since, Duration time) {
        return since == NEVER || now() - since >= time.toNanos();
    }
}
