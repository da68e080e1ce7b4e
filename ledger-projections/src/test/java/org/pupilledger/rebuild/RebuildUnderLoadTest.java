package org.pupilledger.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.figures.FiguresSource;
import org.pupilledger.figures.Measure;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.register.Filters;
import org.pupilledger.register.Register;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.tlog.Projection;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.TotalsProjection;
import org.springframework.jdbc.core.JdbcTemplate;

/** Officers record and readers read while projections are rebuilt, over and over. */
@Timeout(120)
class RebuildUnderLoadTest {
    private static final int ROUNDS = 4;
    private static final int WRITERS = 2;
    private static final int SMALL = 100;
    private static final int PAGE = 20;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger recorded = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    /** Does something until all is over; whatever it throws is wrong. */
    private void whileRebuilding(ExecutorService threads, Runnable something) {
        threads.execute(() -> {
            try {
                while (!isOver.get()) {
                    something.run();
                }
            } catch (RuntimeException | Error e) {
                wrong.add(e.toString());
            }
        });
    }

    @Test
    void readsNeverFailFiguresNeverGoBackAndAllIsTheSameInTheEnd() {
        try (TestLedger ledger = TestLedger.started()) {
            RandomHistory.recordIn(ledger, new Random(5));
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    TestRequests requests = new TestRequests(ledger.organisations());
                    whileRebuilding(threads, () -> {
                        ledger.commands()
                                .send(
                                        requests.live(DWP, "2026-05", 3, reference(recorded.incrementAndGet())),
                                        RECORDER);
                    });
                }
                whileRebuilding(threads, figures(ledger));
                whileRebuilding(threads, register(ledger));
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        rebuild(ledger, TotalsProjection::new);
                        rebuild(ledger, RegisterProjection::new);
                    }
                } finally {
                    isOver.set(true);
                }
            }
            ledger.awaitFolded();

            assertThat(wrong).isEmpty();
            assertThat(recorded.get()).as("something was recorded").isGreaterThan(ROUNDS);
            assertThat(reads.get()).as("somebody read").isGreaterThan(ROUNDS);
            assertThat(SqlTotals.kept(ledger.jdbc())).isEqualTo(SqlTotals.folded(ledger.jdbc()));
            assertThat(ledger.processors().failures()).isEmpty();
            rebuild(ledger, TotalsProjection::new);
            rebuild(ledger, RegisterProjection::new);
        }
    }

    private static String reference(int number) {
        return "2026-%07d".formatted(number);
    }

    private static void rebuild(TestLedger ledger, Function<JdbcTemplate, Projection> projection) {
        Outcome outcome = new Rebuild(
                        Objects.requireNonNull(ledger.jdbc().getDataSource()), ledger.entries(), projection, SMALL)
                .run(new Unwatched());
        assertThat(outcome.finding()).as("%s", outcome).isEqualTo(Finding.SAME);
    }

    /** While only recording goes on, neither the position nor a number of requests or people can become less. */
    private Runnable figures(TestLedger ledger) {
        FiguresReader reader = new FiguresReader(ledger.jdbc(), ledger.entries(), Clock.systemUTC());
        long[] before = {-1, -1, -1};
        return () -> {
            FiguresSource.Current current = reader.current();
            long[] now = {
                current.position(), sum(current, Measure.REQUESTS_RECEIVED), sum(current, Measure.INDIVIDUALS_SUBMITTED)
            };
            for (int i = 0; i < now.length; i++) {
                if (now[i] < before[i]) {
                    wrong.add("figures went back from " + before[i] + " to " + now[i]);
                }
                before[i] = now[i];
            }
            reads.incrementAndGet();
        };
    }

    private static long sum(FiguresSource.Current current, Measure measure) {
        return current.totals().months().values().stream()
                .mapToLong(tally -> tally.get(measure))
                .sum();
    }

    private Runnable register(TestLedger ledger) {
        Register register = new Register(ledger.jdbc(), () -> Long.MAX_VALUE);
        var all = Filters.any();
        List<String> first = register.requests(all, PAGE, -1).items().stream()
                .map(Register.Registered::id)
                .toList();
        return () -> {
            List<String> now = register.requests(all, PAGE, -1).items().stream()
                    .map(Register.Registered::id)
                    .toList();
            if (!now.subList(0, Math.min(first.size(), now.size())).equals(first)) {
                wrong.add("the register lost something");
            }
            if (register.organisation(HOME_OFFICE).isEmpty()
                    || register.profiles().isEmpty()) {
                wrong.add("the register lost an organisation");
            }
            reads.incrementAndGet();
        };
    }
}
