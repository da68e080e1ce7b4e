package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long STEP_MS = 5;

    private Await() {}

    /** Returns as soon as {@code condition} holds, and fails where it does not within 30 s. */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(LIMIT.toNanos());
            pause(STEP_MS);
        }
    }

    public static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
