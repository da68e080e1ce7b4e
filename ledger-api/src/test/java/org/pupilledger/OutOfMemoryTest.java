package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Program.Result;
import org.pupilledger.limits.OutOfMemory;

/** A program of which one thread ran out of memory ends, whatever the others do. */
class OutOfMemoryTest {
    private static final int KILLED_FOR_MEMORY = 137;

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual", "caught"})
    void aThreadThatRunsOutOfMemoryEndsTheProgram(String thread) {
        Result result = Program.runMain(Exhausted.class, List.of("-Xmx48m"), List.of(thread));

        assertThat(result.exitCode()).as("%s", result).isEqualTo(KILLED_FOR_MEMORY);
        assertThat(result.out()).as("no shutdown").isEmpty();
    }

    /** The program, waiting for a password to be typed, and a thread beside it. */
    static final class Exhausted {
        private static final int BLOCK = 1 << 20;

        private Exhausted() {}

        public static void main(String[] args) {
            Thread.Builder builder = args[0].equals("virtual")
                    ? Thread.ofVirtual()
                    : Thread.ofPlatform().daemon();
            builder.start(args[0].equals("caught") ? Exhausted::catchesIt : Exhausted::exhaust);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("shut down")));
            LedgerApplication.main(new String[] {"password"});
        }

        private static void exhaust() {
            while (Thread.getDefaultUncaughtExceptionHandler() == null) {
                LockSupport.parkNanos(1_000_000);
            }
            List<byte[]> kept = new ArrayList<>();
            while (kept.size() < Integer.MAX_VALUE) {
                kept.add(new byte[BLOCK]);
            }
        }

        /** As those do that answer whatever happens. */
        private static void catchesIt() {
            try {
                exhaust();
            } catch (OutOfMemoryError e) {
                OutOfMemory.endIfIn(new IllegalStateException("wrapped", e));
            }
        }
    }
}
