package org.pupilledger.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code backup}, {@code restore} and {@code import} say while they are at work. */
@Timeout(30)
class StillWorkingTest {
    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);

    @Test
    void itSaysAgainAndAgainWhatIsDoneOnOneLine() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        AtomicInteger written = new AtomicInteger();
        try (StillWorking _ = new StillWorking(
                err,
                () -> {
                    times.countDown();
                    return written.incrementAndGet() + " MiB written";
                },
                Duration.ofMillis(1))) {
            times.await();
        }

        assertThat(said.toString()).matches("(\\r\\d+ MiB written, \\d+ s ){2,}\\R");
    }

    @Test
    void whoIsDoneSoonerSaysNothing() {
        try (StillWorking _ = new StillWorking(err, () -> "writing", Duration.ofMinutes(1))) {
            err.flush();
        }

        assertThat(said.toString()).isEmpty();
    }
}
