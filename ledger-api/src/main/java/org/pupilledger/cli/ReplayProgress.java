package org.pupilledger.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupilledger.replay.ReplayListener;

/** Shows how far a replay has come. */
final class ReplayProgress implements ReplayListener {
    private static final long SHOW_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;

    private final @Nullable PrintWriter err;
    private final long startedNanos = System.nanoTime();
    private long shownNanos = startedNanos;
    private boolean isShown;

    /** @param err null to show nothing */
    ReplayProgress(@Nullable PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(long done, long of) {
        long now = System.nanoTime();
        if (err != null && now - shownNanos >= SHOW_EVERY_NANOS) {
            err.printf(
                    Locale.ROOT,
                    "\r%d %% of %d entries, %.0f entries/s ",
                    of == 0 ? PERCENT : done * PERCENT / of,
                    of,
                    done / ((now - startedNanos) / NANOS_PER_SECOND));
            err.flush();
            shownNanos = now;
            isShown = true;
        }
    }

    void end() {
        if (err != null && isShown) {
            err.println();
        }
    }
}
