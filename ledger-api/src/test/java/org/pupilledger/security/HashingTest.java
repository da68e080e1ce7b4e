package org.pupilledger.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

class HashingTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 7;
    private static final Account CHEAP = account("cheap", 7);
    private static final Account DEAR = account("dear", 10);

    private final Hashing hashing = new Hashing(
            List.of(CHEAP, DEAR), PasswordEncoderFactories.createDelegatingPasswordEncoder(), new SecureRandom(), 2);

    private static Account account(String name, int cost) {
        return new Account(name, "{bcrypt}" + new BCryptPasswordEncoder(cost).encode("right"), Set.of(Role.AUDITOR));
    }

    @Test
    void onlyTheRightPasswordOfSomebodyMatches() {
        assertThat(hashing.matches(CHEAP, "right")).isTrue();
        assertThat(hashing.matches(DEAR, "right")).isTrue();
        assertThat(hashing.matches(CHEAP, "wrong")).isFalse();
        assertThat(hashing.matches(DEAR, "wrong")).isFalse();
        assertThat(hashing.matches(null, "right")).isFalse();
    }

    /** Of a processor: the hashes differ by a factor of eight, a busy machine by more. */
    @Test
    void aWrongPasswordTakesAsLongForEveryName() {
        List<Long> cheap = new ArrayList<>();
        List<Long> dear = new ArrayList<>();
        List<Long> nobody = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            cheap.add(processorNanos(CHEAP));
            dear.add(processorNanos(DEAR));
            nobody.add(processorNanos(null));
        }
        double reference = median(dear);
        assertThat(median(cheap) / reference).isBetween(0.6, 1.7);
        assertThat(median(nobody) / reference).isBetween(0.6, 1.7);
    }

    private long processorNanos(@Nullable Account account) {
        long started = THREADS.getCurrentThreadCpuTime();
        hashing.matches(account, "wrong");
        return THREADS.getCurrentThreadCpuTime() - started;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
