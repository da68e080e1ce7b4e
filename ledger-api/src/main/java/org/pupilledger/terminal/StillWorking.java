package org.pupilledger.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says on standard error every second that a command is at work, on what, and for how long. */
public final class StillWorking implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Thread thread;

    /** @param err null to say nothing */
    public StillWorking(@Nullable PrintWriter err, Supplier<String> what) {
        this(err, what, PAUSE);
    }

    /** @param pause before it says so, and says it again */
    StillWorking(@Nullable PrintWriter err, Supplier<String> what, Duration pause) {
        long started = System.nanoTime();
        thread = Thread.ofPlatform().daemon().name("progress").unstarted(() -> {
            if (err == null) {
                return;
            }
            boolean isShown = false;
            try {
                while (true) {
                    Thread.sleep(pause);
                    long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
                    err.printf(Locale.ROOT, "\r%s, %d s ", what.get(), seconds);
                    err.flush();
                    isShown = true;
                }
            } catch (InterruptedException e) {
                if (isShown) {
                    err.println();
                }
            }
        });
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
