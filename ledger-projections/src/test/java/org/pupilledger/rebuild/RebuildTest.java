package org.pupilledger.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.RECORDER;

import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.codes.Status;
import org.pupilledger.failure.Hindered;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Totals;
import org.pupilledger.rebuild.Outcome.Finding;
import org.pupilledger.register.Filters;
import org.pupilledger.register.Register;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.tlog.BreakingDataSource;
import org.pupilledger.tlog.Copy;
import org.pupilledger.tlog.Projection;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.TotalsProjection;
import org.pupilledger.values.Why;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit calls open first
class RebuildTest {
    private static final int SMALL = 20;
    private static final String TOTALS = TotalsProjection.NAME;
    private static final String REGISTER = RegisterProjection.NAME;
    private static final Map<String, Function<JdbcTemplate, Projection>> PROJECTIONS =
            Map.of(TOTALS, TotalsProjection::new, REGISTER, RegisterProjection::new);

    private static final Random RANDOM = new Random(20_260_601);

    /** For all tests, whose rebuilds leave it as it was. */
    private static TestLedger ledger;

    @BeforeAll
    static void open() {
        ledger = TestLedger.started();
        RandomHistory.recordIn(ledger, RANDOM);
        RandomHistory.recordIn(ledger, RANDOM);
    }

    @AfterEach
    void forgetUnfinished() {
        ledger.jdbc().update("delete from rebuild");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static DataSource dataSource() {
        return Objects.requireNonNull(ledger.jdbc().getDataSource());
    }

    private static Rebuild rebuild(String projection) {
        return new Rebuild(dataSource(), ledger.entries(), Objects.requireNonNull(PROJECTIONS.get(projection)), SMALL);
    }

    private static Rebuilds rebuilds() {
        return new Rebuilds(
                ledger.jdbc(),
                ledger.entries(),
                List.of(TotalsProjection::new, RegisterProjection::new),
                Clock.systemUTC(),
                UUID::randomUUID);
    }

    /** Of the copy that serves. */
    private static String digest(String projection) {
        Projection read = Objects.requireNonNull(PROJECTIONS.get(projection)).apply(ledger.jdbc());
        return Objects.requireNonNull(new TransactionTemplate(new DataSourceTransactionManager(dataSource()))
                .execute(transaction -> Digest.of(ledger.jdbc(), read, serving(projection), () -> {})));
    }

    private static Copy serving(String projection) {
        return Copy.of((int) ledger.number("select copy from projection where name = ?", projection));
    }

    private static long rows(String table, Copy copy) {
        return ledger.number("select count(*) from " + table + " where copy = ?", copy.number());
    }

    /** The register folds a request in its own way, since it keeps little of it; what it finds says what the whole is. */
    @Test
    void aRequestIsFoundUnderTheStatusThatItsEventsGive() {
        Register register = ledger.registers().register();
        long found = 0;
        for (Status status : Status.values()) {
            List<Register.Registered> all = register.requests(
                            Filters.filter(null, null, status), Integer.MAX_VALUE - 1, -1)
                    .items();
            assertThat(all)
                    .allSatisfy(request -> assertThat(request.state().status()).isEqualTo(status));
            found += all.size();
        }

        assertThat(found).isPositive().isEqualTo(rows("request", serving(REGISTER)));
    }

    @Test
    void whatIsRebuiltEqualsWhatServedByDigestAndAFoldInSqlEqualsBoth() {
        List<String> digests = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            RandomHistory.recordIn(ledger, RANDOM);
            for (String projection : PROJECTIONS.keySet()) {
                Copy before = serving(projection);
                String digest = digest(projection);

                Outcome outcome = rebuild(projection).run(new Unwatched());

                assertThat(outcome)
                        .isEqualTo(new Outcome(projection, ledger.entries().head(), Finding.SAME, digest, digest));
                assertThat(serving(projection)).isEqualTo(before.other());
                assertThat(digest(projection)).isEqualTo(digest);
                digests.add(digest);
            }
            assertThat(SqlTotals.kept(ledger.jdbc())).isEqualTo(SqlTotals.folded(ledger.jdbc()));
        }
        assertThat(digests).as("it says something").doesNotHaveDuplicates();
        assertThat(rows("monthly_total", serving(TOTALS).other())).isZero();
        assertThat(rows("request", serving(REGISTER).other())).isZero();
        assertThat(ledger.number("select count(*) from rebuild")).isZero();
        assertThat(ledger.processors().failures()).isEmpty();
        assertThat(ledger.jdbc().queryForList("select distinct type from event", String.class))
                .contains(
                        "matching-request.decided",
                        "matching-request.withdrawn",
                        "matching-request.corrected",
                        "matching-request.annulled");
        assertThat(SqlTotals.folded(ledger.jdbc()).keySet())
                .anyMatch(key -> key.endsWith(" not_stated_matched"))
                .anyMatch(key -> key.endsWith(" individuals_returned"))
                .anyMatch(key -> key.endsWith(" level_school"));
    }

    @Test
    void anEmptyLedgerCanBeRebuilt() {
        try (TestLedger empty = new TestLedger(TestDatabase.migrated())) {
            Outcome outcome = new Rebuild(
                            Objects.requireNonNull(empty.jdbc().getDataSource()),
                            empty.entries(),
                            TotalsProjection::new)
                    .run(new Unwatched());

            assertThat(outcome.position()).isEqualTo(-1);
            assertThat(outcome.finding()).isEqualTo(Finding.SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update monthly_total set individuals_matched = individuals_matched + 1",
                "delete from total_organisation where code = 'DWP'",
                "update request set status = 'CLOSED' where status <> 'CLOSED'",
                "update request set individuals_submitted = null",
                "update organisation set parent = ''",
                "delete from request_reference",
                "insert into registered select 'x', 'statement', 0, copy from projection where name = 'register'"
            })
    void aDamagedRowIsMendedAndReported(String damage) {
        String projection = damage.contains("total") ? TOTALS : REGISTER;
        String good = digest(projection);
        ledger.jdbc().update(damage);
        String damaged = digest(projection);

        Outcome outcome = rebuild(projection).run(new Unwatched());

        assertThat(outcome).isEqualTo(new Outcome(projection, ledger.entries().head(), Finding.DAMAGED, damaged, good));
        assertThat(damaged).isNotEqualTo(good);
        assertThat(digest(projection)).isEqualTo(good);
        assertThat(rebuild(projection).run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
    }

    @Test
    void aMonthOfWhichNothingIsLeftIsLikeNone() {
        String before = digest(TOTALS);
        String zeros = ", 0".repeat(Measure.values().length);

        ledger.jdbc()
                .update("insert into monthly_total select '1999-01', 'DWP'" + zeros
                        + ", copy from projection where name = 'totals'");

        assertThat(digest(TOTALS)).isEqualTo(before);
        assertThat(rebuild(TOTALS).run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
    }

    /** Wants a rebuild to end at the first progress that fits. */
    private static Watch until(Predicate<Progress> isEnd, Wish end, List<Progress> seen) {
        return new Watch() {
            private boolean isOver;

            @Override
            public void at(Progress progress) {
                seen.add(progress);
                isOver |= isEnd.test(progress);
            }

            @Override
            public Wish wish() {
                return isOver ? end : Wish.GO_ON;
            }
        };
    }

    @Test
    void aPausedRebuildIsResumedWhereItWas() {
        String digest = digest(REGISTER);
        Copy before = serving(REGISTER);
        List<Progress> first = new ArrayList<>();
        List<Progress> second = new ArrayList<>();

        assertThatThrownBy(() ->
                        rebuild(REGISTER).run(until(progress -> progress.position() >= 2L * SMALL, Wish.PAUSE, first)))
                .isInstanceOf(CancellationException.class);
        long folded = ledger.number("select position from rebuild where projection = 'register'");
        assertThat(serving(REGISTER)).isEqualTo(before);
        assertThat(digest(REGISTER)).isEqualTo(digest);
        Outcome outcome = rebuild(REGISTER).run(until(progress -> false, Wish.GO_ON, second));

        assertThat(folded).isEqualTo(3L * SMALL - 1).isEqualTo(first.getLast().position());
        assertThat(second.getFirst().position()).isEqualTo(folded);
        assertThat(second).extracting(Progress::percent).isSorted().allMatch(percent -> percent < 100);
        assertThat(outcome.finding()).isEqualTo(Finding.SAME);
        assertThat(outcome.now()).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update rebuild set version = 0",
                "update rebuild set copy = 1 - copy",
                "update rebuild set position = 1000000"
            })
    void whatWasBegunOtherwiseIsThrownAway(String change) {
        assertThatThrownBy(() -> rebuild(TOTALS)
                        .run(until(progress -> progress.position() >= SMALL, Wish.PAUSE, new ArrayList<>())))
                .isInstanceOf(CancellationException.class);
        ledger.jdbc().update(change);
        List<Progress> second = new ArrayList<>();

        Outcome outcome = rebuild(TOTALS).run(until(progress -> false, Wish.GO_ON, second));

        assertThat(second.getFirst().position()).isEqualTo(-1);
        assertThat(outcome.finding()).isEqualTo(Finding.SAME);
    }

    @Test
    void oneGivenUpLeavesNothingBehind() {
        Copy before = serving(REGISTER);

        assertThatThrownBy(() -> rebuild(REGISTER)
                        .run(until(progress -> progress.phase() == Phase.COMPARING, Wish.GIVE_UP, new ArrayList<>())))
                .isInstanceOf(CancellationException.class);

        assertThat(serving(REGISTER)).isEqualTo(before);
        assertThat(rows("request", before.other())).isZero();
        assertThat(ledger.number("select count(*) from rebuild")).isZero();
    }

    /** A step is a call of JDBC; a connection that is lost is all that the database notices of a program that is killed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverItIsKilledTheOldOneServesAndTheNextOneFinishes(boolean isDoneFirst) {
        try (TestLedger own = TestLedger.started()) {
            for (int request = 0; request < 4; request++) {
                own.commands()
                        .send(
                                new TestRequests(own.organisations())
                                        .live(DWP, "2026-05", 5 + request, "2026-000000" + request),
                                RECORDER);
            }
            own.awaitFolded();
            DataSource pool = Objects.requireNonNull(own.jdbc().getDataSource());
            var served = SqlTotals.kept(own.jdbc());
            int broken = 0;
            int resumed = 0;
            for (int step = 1; ; step += 7) {
                try {
                    inTwos(own, BreakingDataSource.at(pool, step, isDoneFirst)).run(new Unwatched());
                    break;
                } catch (RuntimeException e) {
                    broken++;
                }
                assertThat(SqlTotals.kept(own.jdbc())).as("after step %s", step).isEqualTo(served);
                resumed += own.number("select count(*) from rebuild where position >= 0") == 1 ? 1 : 0;
                assertThat(finish(inTwos(own, pool)).finding())
                        .as("after step %s", step)
                        .isEqualTo(Finding.SAME);
                assertThat(SqlTotals.kept(own.jdbc())).isEqualTo(served);
            }
            assertThat(broken).isGreaterThan(20);
            assertThat(resumed).isGreaterThan(5);
        }
    }

    private static Rebuild inTwos(TestLedger own, DataSource dataSource) {
        return new Rebuild(dataSource, own.entries(), TotalsProjection::new, 2);
    }

    /** The database takes a moment to notice that a connection was lost, and to let its lock go. */
    private static Outcome finish(Rebuild rebuild) {
        List<Outcome> outcomes = new ArrayList<>();
        Await.until("the lock is free", () -> {
            try {
                return outcomes.add(rebuild.run(new Unwatched()));
            } catch (AlreadyRebuilding e) {
                return false;
            }
        });
        return outcomes.getFirst();
    }

    @Test
    void oneOfAProjectionAtATimeAcrossPrograms() {
        List<Class<?>> refused = new ArrayList<>();

        rebuild(TOTALS).run(new Watch() {
            @Override
            public void at(Progress progress) {
                if (refused.isEmpty()) {
                    try {
                        rebuild(TOTALS).run(new Unwatched());
                    } catch (AlreadyRebuilding e) {
                        refused.add(e.getClass());
                    }
                    assertThat(rebuild(REGISTER).run(new Unwatched()).finding())
                            .as("another one")
                            .isEqualTo(Finding.SAME);
                }
            }

            @Override
            public Wish wish() {
                return Wish.GO_ON;
            }
        });

        assertThat(refused).containsExactly(AlreadyRebuilding.class);
        assertThat(rebuild(TOTALS).run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
    }

    @Test
    void anEntryThatCannotBeFoldedFailsItAndHarmsNothing() {
        Copy before = serving(TOTALS);
        Function<JdbcTemplate, Projection> failing =
                jdbc -> new FailingProjection(new TotalsProjection(jdbc), 2 * SMALL);

        assertThatThrownBy(() -> new Rebuild(dataSource(), ledger.entries(), failing, SMALL).run(new Unwatched()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(serving(TOTALS)).isEqualTo(before);
        assertThat(ledger.number("select position from rebuild")).isEqualTo(2L * SMALL - 1);
        assertThat(rebuild(TOTALS).run(new Unwatched()).finding()).isEqualTo(Finding.SAME);
        assertThat(ledger.processors().failures()).isEmpty();
    }

    @Test
    void aCopyOfANewerProgramIsNotTouched() {
        try (TestLedger own = TestLedger.started()) {
            own.awaitFolded();
            own.jdbc().update("update projection set version = 1000 where name = 'totals'");

            assertThatThrownBy(() -> new Rebuild(
                                    Objects.requireNonNull(own.jdbc().getDataSource()),
                                    own.entries(),
                                    TotalsProjection::new)
                            .run(new Unwatched()))
                    .isInstanceOf(Hindered.class)
                    .hasMessageContaining("what serves says that version 1000 made it");
            own.commands()
                    .send(new TestRequests(own.organisations()).live(DWP, "2026-05", 5, "2026-0000009"), RECORDER);

            Await.until(
                    "the processor stands still",
                    () -> own.processors().failures().getOrDefault(TOTALS, "").startsWith("stuck"));
        }
    }

    /** As after a migration that added a column, and a program that knows it. */
    @Test
    void figuresOfAnOlderVersionComeFromTheEntriesUntilTheyAreRebuilt() {
        FiguresReader reader = new FiguresReader(ledger.jdbc(), ledger.entries(), Clock.systemUTC());
        Totals right = reader.current().totals();
        ledger.jdbc().update("update monthly_total set individuals_returned = 0");
        assertThat(returned(reader.current().totals())).isZero();
        ledger.jdbc().update("update projection set version = version - 1 where name = 'totals'");

        assertThat(returned(reader.current().totals()))
                .isEqualTo(returned(right))
                .isPositive();
        assertThat(reader.current().position()).isEqualTo(ledger.entries().head());
        try (Rebuilds rebuilds = rebuilds()) {
            rebuilds.resume();
            Await.until(
                    "it rebuilds by itself",
                    () -> rebuilds.all().stream()
                            .allMatch(state -> state.progress().phase() == Phase.DONE));
            assertThat(rebuilds.all()).hasSize(1).first().satisfies(state -> {
                Outcome outcome = Objects.requireNonNull(state.outcome());
                assertThat(outcome.projection()).isEqualTo(TOTALS);
                assertThat(outcome.finding()).isEqualTo(Finding.OLDER_VERSION);
                assertThat(state.progress().percent()).isEqualTo(100);
            });
            rebuilds.resume();
            assertThat(rebuilds.all()).as("nothing is owed any more").hasSize(1);
        }
        assertThat(ledger.number("select version from projection where name = 'totals'"))
                .isEqualTo(TotalsProjection.VERSION);
        assertThat(returned(reader.current().totals())).isEqualTo(returned(right));
        assertThat(SqlTotals.kept(ledger.jdbc())).isEqualTo(SqlTotals.folded(ledger.jdbc()));
    }

    private static long returned(Totals totals) {
        return totals.months().values().stream()
                .mapToLong(tally -> tally.get(Measure.INDIVIDUALS_RETURNED))
                .sum();
    }

    @Test
    void whatAKilledProgramLeftIsFinishedByTheNext() {
        assertThatThrownBy(() -> rebuild(REGISTER)
                        .run(until(progress -> progress.position() >= SMALL, Wish.PAUSE, new ArrayList<>())))
                .isInstanceOf(CancellationException.class);
        try (Rebuilds rebuilds = rebuilds()) {
            assertThat(rebuilds.unfinished()).hasSize(1).first().satisfies(left -> {
                assertThat(left.projection()).isEqualTo(REGISTER);
                assertThat(left.position()).isEqualTo(2L * SMALL - 1);
                assertThat(left.head()).isEqualTo(ledger.entries().head());
            });

            rebuilds.resume();

            Await.until(
                    "it is finished",
                    () -> rebuilds.all().stream()
                            .allMatch(state -> state.progress().phase() == Phase.DONE));
            assertThat(rebuilds.unfinished()).isEmpty();
        }
    }

    @Test
    void rebuildsOfAProgramRunOneAfterTheOtherAndAreRememberedNewestFirst() {
        try (Rebuilds rebuilds = rebuilds()) {
            List<String> ids = new ArrayList<>();
            new TransactionTemplate(new DataSourceTransactionManager(dataSource()))
                    .executeWithoutResult(transaction -> {
                        // so that the first one waits for its swap
                        ledger.jdbc().queryForList("select * from projection for no key update");
                        ids.add(rebuilds.start(TOTALS).id());
                        ids.add(rebuilds.start(REGISTER).id());
                        assertThatThrownBy(() -> rebuilds.start(TOTALS)).isInstanceOf(AlreadyRebuilding.class);
                        assertThatThrownBy(() -> rebuilds.start(REGISTER)).isInstanceOf(AlreadyRebuilding.class);
                        assertThat(rebuilds.find(ids.getLast())
                                        .orElseThrow()
                                        .progress()
                                        .phase())
                                .isEqualTo(Phase.QUEUED);
                        assertThat(rebuilds.cancel(ids.getLast())).isTrue();
                        assertThat(rebuilds.cancel("nothing")).isFalse();
                    });

            Await.until(
                    "both are over",
                    () -> rebuilds.all().stream()
                            .allMatch(state -> state.progress().phase().isOver()));
            assertThat(rebuilds.all()).extracting(Rebuilds.State::id).containsExactly(ids.getLast(), ids.getFirst());
            assertThat(rebuilds.all())
                    .extracting(state -> state.progress().phase())
                    .containsExactly(Phase.CANCELLED, Phase.DONE);
            assertThatThrownBy(() -> rebuilds.start("nothing")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyTheNewestAreRemembered() {
        try (Rebuilds rebuilds = rebuilds()) {
            for (int i = 0; i <= Rebuilds.KEPT; i++) {
                String id = rebuilds.start(TOTALS).id();
                Await.until(
                        "it is over",
                        () -> rebuilds.find(id).orElseThrow().progress().phase().isOver());
            }
            assertThat(rebuilds.all()).hasSize(Rebuilds.KEPT).allMatch(state -> state.outcome() != null);
        }
    }

    @Test
    void theFailureOfARebuildIsSaidByItsClass() {
        try (Rebuilds rebuilds = new Rebuilds(
                ledger.jdbc(),
                ledger.entries(),
                List.of(jdbc -> new FailingProjection(new TotalsProjection(jdbc), 3)),
                Clock.systemUTC(),
                UUID::randomUUID)) {
            String id = rebuilds.start(TOTALS).id();

            Await.until(
                    "it is over",
                    () -> rebuilds.find(id).orElseThrow().progress().phase().isOver());

            assertThat(rebuilds.find(id).orElseThrow()).satisfies(state -> {
                assertThat(state.progress().phase()).isEqualTo(Phase.FAILED);
                assertThat(state.reason()).isEqualTo("IllegalStateException");
                assertThat(state.outcome()).isNull();
            });
        }
    }

    @Test
    void whatIsLookedUpIsTheSameWhicheverCopyServes() {
        Register register = new Register(ledger.jdbc(), () -> Long.MAX_VALUE);
        var all = Filters.any();
        List<Register.Registered> before = register.requests(all, 50, -1).items();
        var profiles = register.profiles();

        rebuild(REGISTER).run(new Unwatched());
        rebuild(TOTALS).run(new Unwatched());

        assertThat(register.requests(all, 50, -1).items()).isNotEmpty().isEqualTo(before);
        assertThat(register.profiles()).isNotEmpty().isEqualTo(profiles);
        assertThat(register.organisation(DWP)).isPresent();
        ledger.commands()
                .send(new TestRequests(ledger.organisations()).live(DWP, "2026-05", 12, "2026-0000001"), RECORDER);
        ledger.awaitFolded();
        assertThat(register.requests(Filters.filter("2026-0000001", DWP, null), 10, -1)
                        .items())
                .as("it goes on to grow")
                .hasSize(1);
        assertThat(new FiguresReader(ledger.jdbc(), ledger.entries(), Clock.systemUTC())
                        .current()
                        .totals()
                        .months())
                .containsKey(new Delta.Key(
                        YearMonth.parse("2026-05"),
                        DWP,
                        new Why("SCHOOL_REGISTRATION_CHECK", "DWP-FUNC", "PUBLIC_TASK")));
        assertThat(SqlTotals.kept(ledger.jdbc())).isEqualTo(SqlTotals.folded(ledger.jdbc()));
    }
}
