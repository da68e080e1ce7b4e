package org.pupilledger.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupilledger.replay.ReplayListener;

/** Shows every second how many entries are done, on one line. */
public final class EntriesProgress implements ReplayListener {
    private static final long SHOW_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final @Nullable PrintWriter err;
    private long startedNanos;
    private long shownNanos;
    private long doneBefore = -1;
    private boolean isShown;

    /** @param err null to show nothing */
    public EntriesProgress(@Nullable PrintWriter err) {
        this.err = err;
    }

    @Override
    public void at(long done, long of) {
        long now = System.nanoTime();
        if (doneBefore < 0) {
            // where it goes on, what was done before took none of this run's time
            doneBefore = done;
            startedNanos = now;
            shownNanos = now;
        }
        if (err != null && now - shownNanos >= SHOW_EVERY_NANOS) {
            err.printf(
                    Locale.ROOT,
                    "\r%d %% of %d entries, %.0f entries/s ",
                    of == 0 ? 100 : done * 100 / of,
                    of,
                    (done - doneBefore) / ((now - startedNanos) / 1e9));
            err.flush();
            shownNanos = now;
            isShown = true;
        }
    }

    /** Ends the line, where there is one. */
    public void end() {
        if (err != null && isShown) {
            err.println();
            isShown = false;
        }
    }
}
