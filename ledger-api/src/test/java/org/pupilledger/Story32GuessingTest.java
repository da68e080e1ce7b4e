package org.pupilledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Strangers guess passwords, many at once, while officers work. They come through a proxy that is believed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Story32GuessingTest {
    private static final int AT_ONCE = 500;
    private static final String FOR = "X-Forwarded-For";
    private static final String OFFICE = "192.0.2.10";

    private TestServer server;

    @BeforeAll
    void start() {
        Path directory = TestServer.newLedgerDirectory();
        List<String> settings = TestServer.settings(directory);
        settings.addAll(TestServer.users());
        settings.add("--ledger.security.proxies=127.0.0.1,10.0.0.0/8");
        // all come by way of one proxy
        settings.add("--ledger.http.connections-per-address=" + 2 * AT_ONCE);
        server = TestServer.start(directory, settings);
        for (String user : List.of("auditor", "recorder", "approver", "publisher")) {
            assertThat(get(user, "demo", OFFICE).status()).isEqualTo(200);
        }
    }

    @AfterAll
    void close() {
        server.close();
    }

    private Reply get(String user, String password, String address) {
        return server.as(user, password).get("/organisations/DWP", FOR, address);
    }

    @Test
    @ExtendWith(ProcessLock.class)
    void oneAccountFromOneAddress() throws Exception {
        String there = "203.0.113.9";

        Map<Integer, Integer> statuses = atOnce(i -> get("recorder", "guess " + i, there));

        assertThat(statuses.keySet()).isSubsetOf(401, 429);
        assertThat(statuses.getOrDefault(401, 0)).isBetween(1, 10);
        fill(() -> get("recorder", "guess", there));
        braked(get("recorder", "demo", there), 5);
        long started = System.nanoTime();
        while (TestServer.log()
                .lines()
                .noneMatch(line -> line.contains("\"sign-in-braked\"") && line.contains(there))) {
            assertThat(System.nanoTime() - started).as("nanoseconds waited").isLessThan(10_000_000_000L);
            Thread.sleep(50);
        }
        assertThat(TestServer.log()
                        .lines()
                        .filter(line -> line.contains('"' + there + '"'))
                        .count())
                .as("lines that %d guesses make", AT_ONCE)
                .isLessThan(AT_ONCE / 5);
        assertThat(get("recorder", "demo", OFFICE).status())
                .as("who is at home")
                .isEqualTo(200);
    }

    @Test
    void manyAccountsFromOneNetwork() throws Exception {
        IntFunction<Reply> guess = i -> get("name-" + i, "guess", "2001:db8:7:7:" + Integer.toHexString(i) + "::1");

        Map<Integer, Integer> statuses = atOnce(guess);

        assertThat(statuses.keySet()).isSubsetOf(401, 429);
        assertThat(statuses.getOrDefault(401, 0)).isBetween(1, 30);
        AtomicInteger next = new AtomicInteger(AT_ONCE);
        fill(() -> guess.apply(next.incrementAndGet()));
        braked(get("officer", "demo", "2001:db8:7:7::2"), 5);
        assertThat(get("officer", "demo", "2001:db8:7:8::2").status())
                .as("next door")
                .isEqualTo(200);
    }

    @Test
    void oneAccountFromManyAddresses() throws Exception {
        IntFunction<Reply> guess = i -> get("approver", "guess", "198.51." + i / 250 + "." + i % 250);

        Map<Integer, Integer> statuses = atOnce(guess);

        assertThat(statuses.keySet()).isSubsetOf(401, 429);
        assertThat(statuses.getOrDefault(401, 0)).isBetween(1, 30);
        AtomicInteger next = new AtomicInteger(AT_ONCE);
        fill(() -> guess.apply(next.incrementAndGet()));
        braked(get("approver", "demo", "198.51.9.9"), 5);
        assertThat(get("approver", "demo", OFFICE).status())
                .as("who is at home")
                .isEqualTo(200);
    }

    /** What is remembered of an officer helps nobody who guesses at the officer's own address. */
    @Test
    void besideAWorkingOfficer() {
        assertThat(get("publisher", "demo", OFFICE).status()).isEqualTo(200);
        fill(() -> get("publisher", "guess", OFFICE));
        braked(get("publisher", "demo", OFFICE), 5);
    }

    /** A password cut off after what the hash looks at is another password. */
    @Test
    void longWordsAreRefusedWithoutALook() {
        assertThat(get("recorder2", "x".repeat(5_000), "192.0.2.44").problem()).isEqualTo("401 unauthenticated");
        assertThat(get("x".repeat(5_000), "demo", "192.0.2.44").problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void manySignInsOfTheRightPersonAtOnceAreOne() throws Exception {
        assertThat(atOnce(i -> i < 50
                        ? get("admin", "demo", "192.0.2.55")
                        : server.anonymous().get("/figures")))
                .isEqualTo(Map.of(200, AT_ONCE));
    }

    /** Guesses on until the brake holds. */
    private static void fill(Supplier<Reply> guess) {
        for (int i = 0; i < 100; i++) {
            if (guess.get().status() == 429) {
                return;
            }
        }
        throw new AssertionError("nobody is braked");
    }

    private static void braked(Reply reply, int longest) {
        assertThat(reply.problem()).isEqualTo("429 too-many-requests");
        assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, longest);
    }

    /** How many of each status came back; a working officer and the probes are answered all the while. */
    private Map<Integer, Integer> atOnce(IntFunction<Reply> guess) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> work = threads.submit(() -> {
                int done = 0;
                do {
                    assertThat(get("auditor", "demo", OFFICE).status()).isEqualTo(200);
                    assertThat(server.anonymous()
                                    .get("//actuator/health/liveness")
                                    .status())
                            .isEqualTo(200);
                    done++;
                } while (!isOver.get());
                return done;
            });
            List<Future<Reply>> guesses = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                guesses.add(threads.submit(() -> guess.apply(number)));
            }
            for (Future<Reply> one : guesses) {
                statuses.merge(one.get().status(), 1, Integer::sum);
            }
            isOver.set(true);
            assertThat(work.get()).as("times the officer was answered").isPositive();
        }
        return statuses;
    }
}
