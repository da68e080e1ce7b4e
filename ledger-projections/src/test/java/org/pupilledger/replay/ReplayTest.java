package org.pupilledger.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.Thorough;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.failure.NotYet;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Histories;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;

/** A random history, whose totals are kept for each position as they were when that was the newest. */
@Timeout(120)
class ReplayTest {
    private static final int REQUEST_EVENTS = 600;
    private static final int POSITIONS = Thorough.tries(100, 1_000);
    private static final EventTypes TYPES = EventTypes.current();

    private static Database database;
    private static TestLedger ledger;

    /** What every prefix adds up to, by plain addition of deltas, one event after the other. */
    private static final List<Map<Delta.Key, Tally>> EXPECTED = new ArrayList<>();

    private static final List<Instant> LATEST = new ArrayList<>();

    @BeforeAll
    static void record() {
        database = TestDatabase.migrated();
        ledger = new TestLedger(database);
        ledger.start();
        ledger.registerOrganisations();
        Random random = new Random(20_261_130);
        int appended = 0;
        while (appended < REQUEST_EVENTS) {
            appended += append(random);
        }
        ledger.awaitFolded();
        Totals totals = new Totals();
        Instant[] latest = {Instant.MIN};
        ledger.entries().read(ledger.entries().head(), entry -> {
            totals.add(entry.leaf().event(TYPES));
            Instant at = Instant.parse(entry.leaf().recordedAt());
            latest[0] = at.isAfter(latest[0]) ? at : latest[0];
            EXPECTED.add(copy(totals));
            LATEST.add(latest[0]);
            return true;
        });
    }

    /** The lives of some requests, interleaved. */
    private static int append(Random random) {
        record Life(String id, List<RequestEvent> events) {}
        List<Life> lives = new ArrayList<>();
        Histories.random(random)
                .forEach(events ->
                        lives.add(new Life(new UUID(random.nextLong(), random.nextLong()).toString(), events)));
        int[] told = new int[lives.size()];
        int appended = 0;
        while (true) {
            List<Integer> open = new ArrayList<>();
            for (int i = 0; i < told.length; i++) {
                if (told[i] < lives.get(i).events().size()) {
                    open.add(i);
                }
            }
            if (open.isEmpty()) {
                return appended;
            }
            int next = open.get(random.nextInt(open.size()));
            Life life = lives.get(next);
            RequestEvent event = life.events().get(told[next]);
            // clocks are not always right
            String recordedAt = Instant.parse("2026-06-01T00:00:00Z")
                    .plusSeconds(EXPECTED.size() + random.nextInt(86_400))
                    .toString();
            ledger.append(
                    "matching-request",
                    life.id(),
                    told[next]++,
                    recordedAt,
                    Objects.requireNonNull(TYPES.typeOf(event.getClass())).name(),
                    TYPES.encode(event));
            appended++;
        }
    }

    private static Map<Delta.Key, Tally> copy(Totals totals) {
        Totals copy = new Totals();
        totals.months().forEach(copy::add);
        return notZero(copy);
    }

    private static Map<Delta.Key, Tally> notZero(Totals totals) {
        Map<Delta.Key, Tally> rows = new TreeMap<>(totals.months());
        rows.values().removeIf(Tally::isZero);
        return rows;
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static Snapshots snapshots() {
        return new Snapshots(ledger.jdbc(), TestLedger.AUTHENTICITY);
    }

    @Test
    void atRandomPositionsTheTotalsAreThoseOfALedgerThatStoppedThere() {
        Replay replay = ledger.replay();
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            snapshots().put(replay.full(new Until.Position(random.nextInt(EXPECTED.size())), ReplayListener.NONE));
        }

        for (int i = 0; i < POSITIONS; i++) {
            int position = random.nextInt(EXPECTED.size());
            Prefix prefix = replay.nearest(new Until.Position(position));

            assertThat(prefix.position()).isEqualTo(position);
            assertThat(notZero(prefix.totals())).as("at " + position).isEqualTo(EXPECTED.get(position));
        }
    }

    @Test
    void anInstantMeansTheLongestPrefixRecordedByThenFromWhicheverSnapshot() {
        Replay replay = ledger.replay();
        Random random = new Random(2);
        for (int i = 0; i < 10; i++) {
            snapshots().put(replay.full(new Until.Position(random.nextInt(EXPECTED.size())), ReplayListener.NONE));
        }

        for (int i = 0; i < 200; i++) {
            Instant instant = LATEST.get(random.nextInt(LATEST.size())).plusSeconds(random.nextInt(3) - 1);
            long expected =
                    LATEST.stream().filter(latest -> !latest.isAfter(instant)).count() - 1;

            assertThat(replay.nearest(new Until.Moment(instant)).position()).isEqualTo(expected);
        }
        assertThat(replay.nearest(new Until.Moment(Instant.MIN)).size()).isZero();
        assertThat(replay.nearest(new Until.Moment(Instant.MAX)).size()).isEqualTo(EXPECTED.size());
    }

    @Test
    void aSnapshotThatWasChangedIsNotUsed() throws SQLException {
        Replay replay = ledger.replay();
        int position = EXPECTED.size() / 2;
        ledger.jdbc().update("delete from snapshot");
        snapshots().put(replay.full(new Until.Position(position), ReplayListener.NONE));
        ledger.jdbc().update("""
                update snapshot set content = convert_to(replace(convert_from(content, 'UTF8'),
                    '"requests_received":', '"requests_received":1'), 'UTF8')
                """);

        assertThat(snapshots().at(position)).isEmpty();
        assertThat(notZero(replay.nearest(new Until.Position(position)).totals()))
                .isEqualTo(EXPECTED.get(position));
    }

    @Test
    void aSnapshotOfAnotherLedgerIsNotUsed() {
        Replay replay = ledger.replay();
        int position = EXPECTED.size() / 2;
        Prefix real = replay.full(new Until.Position(position), ReplayListener.NONE);
        Prefix other = new Prefix();
        for (int i = 0; i <= position; i++) {
            other.tree().append(new byte[32]);
        }
        ledger.jdbc().update("delete from snapshot");
        snapshots().put(new Prefix(other.tree(), new Totals(), "2020-01-01T00:00:00Z"));

        assertThat(notZero(replay.nearest(new Until.Position(position)).totals()))
                .isEqualTo(notZero(real.totals()));
    }

    @Test
    void whatIsNotThereIsRefused() {
        Replay replay = ledger.replay();

        assertThatThrownBy(() -> replay.nearest(new Until.Position(EXPECTED.size())))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
        assertThatThrownBy(() -> replay.full(new Until.Position(Long.MAX_VALUE), ReplayListener.NONE))
                .isInstanceOf(NotYet.class)
                .hasMessage("beyond the newest entry");
    }

    @Test
    void aReplayTellsHowFarItIsAndCanBeEnded() {
        List<Long> told = new ArrayList<>();
        ledger.replay().full(new Until.Position(EXPECTED.size() - 1L), (done, of) -> {
            assertThat(of).isEqualTo(EXPECTED.size());
            told.add(done);
        });

        assertThat(told).isSorted().endsWith((long) EXPECTED.size());
        assertThatThrownBy(() -> ledger.replay().full(new Until.Moment(Instant.MAX), (done, of) -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void anEntryThatWasChangedGivesNoAnswer() throws SQLException {
        long position = EXPECTED.size() / 3;
        try (Connection superuser = Superuser.of(database).connect();
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("create temporary table kept as select * from ledger_entry where position = " + position);
            statement.execute(
                    "update ledger_entry set leaf_bytes = convert_to(replace(convert_from(leaf_bytes, 'UTF8'),"
                            + " '\"recordedAt\":\"2026', '\"recordedAt\":\"2025'), 'UTF8') where position = "
                            + position);
            try {
                Replay replay = ledger.replay();
                ledger.jdbc().update("delete from snapshot");

                assertThatThrownBy(() -> replay.full(new Until.Position(position), ReplayListener.NONE))
                        .isInstanceOf(NotAsSigned.class);
                assertThatThrownBy(() -> replay.nearest(new Until.Position(position + 5)))
                        .isInstanceOf(NotAsSigned.class);
                assertThat(notZero(
                                replay.nearest(new Until.Position(position - 1)).totals()))
                        .as("what comes before is as it was signed")
                        .isEqualTo(EXPECTED.get((int) position - 1));
            } finally {
                statement.execute("delete from ledger_entry where position = " + position);
                statement.execute("insert into ledger_entry select * from kept");
            }
        }
        assertThat(ledger.replay().nearest(new Until.Position(position)).position())
                .isEqualTo(position);
    }

    @Test
    void snapshotsAreNoCloserThanTheyNeedBe() {
        assertThat(Snapshots.spacing(0)).isEqualTo(Snapshots.SPACING);
        assertThat(Snapshots.spacing(1_000_000)).isEqualTo(Snapshots.SPACING);
        for (long size : new long[] {0, 1, 8_191, 8_192, 1_048_576, 1_060_000, 10_000_000, 3_000_000_000L}) {
            assertThat(size / Snapshots.spacing(size)).isLessThanOrEqualTo(Snapshots.MAX_KEPT);
            assertThat(Snapshots.spacing(size) % Snapshots.SPACING).isZero();
        }
    }
}
