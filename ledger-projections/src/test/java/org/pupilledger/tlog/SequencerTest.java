package org.pupilledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.tlog.EventRows.append;
import static org.pupilledger.tlog.EventRows.execute;
import static org.pupilledger.tlog.EventRows.number;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.Unsealed;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.failure.Damaged;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.EventRows.Aggregate;

@Timeout(120)
@Isolated("it counts the transactions of the whole database server")
class SequencerTest {
    private static final String SALTED = "{\"salt\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}";

    private static final String NOT_GENUINE =
            "event with global index 2, which waits for position 1, was not appended by a program that holds this ledger's key";

    /** The next one of the whole cluster, in which no other test runs meanwhile. */
    private static final String TRANSACTION_IDS = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

    private Database database;
    private HikariDataSource pool;
    private Connection writer;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.migrated();
        pool = Pools.openSequencing(database.sequencer());
        writer = database.app().connect();
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        pool.close();
    }

    @Test
    void anEntryHoldsTheEventAndItsHash() throws SQLException {
        append(writer, "a", 0);
        append(writer, "b", 0);
        sequence();

        try (PreparedStatement statement = writer.prepareStatement(
                        "select * from ledger_entry join event using (global_index) order by position");
                ResultSet row = statement.executeQuery()) {
            for (long position = 0; position < 2; position++) {
                assertThat(row.next()).isTrue();
                byte[] leaf = Leaf.bytesOf(new StoredEvent(
                        row.getString("aggregate_type"),
                        row.getString("aggregate_id"),
                        row.getLong("sequence"),
                        row.getString("event_id"),
                        row.getString("recorded_at"),
                        row.getString("type"),
                        1,
                        row.getBytes("payload"),
                        row.getBytes("metadata")));
                assertThat(row.getLong("position")).isEqualTo(position);
                assertThat(row.getBytes("leaf_bytes")).isEqualTo(leaf);
                assertThat(row.getBytes("leaf_hash")).isEqualTo(TreeHash.ofLeaf(leaf));
            }
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void whatIsCommittedIsSequencedWithoutBeingWoken() throws SQLException {
        Seal sealsAll = new Seal() {
            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public long seal() throws SQLException {
                return number(writer, "select count(*) from ledger_entry");
            }

            @Override
            public @Nullable String standsBy() {
                return null;
            }
        };
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, sealsAll)) {
            List<Long> grown = new CopyOnWriteArrayList<>();
            sequencer.onGrowth(() -> grown.add(sequencer.head()));
            sequencer.start();
            append(writer, "a", 0);
            Await.until("a listener is told", () -> !grown.isEmpty());
            assertThat(sequencer.head()).isZero();
            assertThat(sequencer.sequenced()).isOne();
            assertThat(sequencer.sealed()).isZero();
            assertThat(grown).containsExactly(0L);
        }
    }

    @Test
    void aLongTransactionDelaysItsOwnEventsOnly() throws SQLException {
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed());
                Connection slow = database.app().connect()) {
            sequencer.start();
            slow.setAutoCommit(false);
            append(slow, "slow", 0);
            for (int i = 0; i < 20; i++) {
                append(writer, "fast", i);
                long position = i;
                Await.until("a position", () -> sequencer.head() == position);
            }
            append(slow, "slow", 1);
            slow.commit();
            Await.until("a position", () -> sequencer.head() == 21);

            assertThat(orderOf("slow")).containsExactly(20L, 21L);
        }
    }

    @Test
    void anEventWhosePredecessorIsNotThereStopsItAndEverythingAfter() throws SQLException {
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed())) {
            append(writer, "before", 0);
            append(writer, "hole", 1);
            append(writer, "after", 0);
            sequencer.start();
            Await.until("it stops", () -> sequencer.failure() != null);

            assertThat(sequencer.failure())
                    .isEqualTo(
                            "event with global index 2, which waits for position 1, comes before the one that precedes it in its aggregate");
            append(writer, "later", 0);
            // too late: it will never come before its successor
            append(writer, "hole", 0);
            stays(sequencer, -1);
        }
    }

    @Test
    void itGoesOnOnceTheTransactionOfThePredecessorIsCommitted() throws SQLException {
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed());
                Connection slow = database.app().connect()) {
            slow.setAutoCommit(false);
            append(slow, "a", 0);
            append(writer, "a", 1);
            append(writer, "b", 0);
            sequencer.start();
            Await.until("it stops", () -> sequencer.failure() != null);
            stays(sequencer, -1);

            slow.commit();
            sequencer.wake();
            Await.until("it goes on", () -> sequencer.head() == 2);
            Await.until("nothing is wrong any more", () -> sequencer.failure() == null);
            assertThat(orderOf("a")).containsExactly(0L, 1L);
        }
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                Arguments.of("members out of order", "{\"secret\":1,\"a\":2}"),
                Arguments.of("white space", "{\"secret\": 1}"),
                Arguments.of("a fraction", "{\"secret\":1.5}"),
                Arguments.of("no object", "[\"secret\"]"),
                Arguments.of("a member twice", "{\"secret\":1,\"secret\":1}"),
                Arguments.of("more than one value", "{}{\"secret\":1}"),
                Arguments.of("nothing", ""),
                Arguments.of("not UTF-8", "{\"secret\":\"\u00e9\"}"),
                Arguments.of("too long", "{\"secret\":\"" + "x".repeat(Leaf.MAX_BYTES) + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void anEventThatCannotBeALeafStopsItAndIsNotQuoted(String why, String payload) throws SQLException {
        append(writer, "before", 0);
        EventRows.appendGenuine(writer, "unfit", payload);
        append(writer, "after", 0);

        stopsAtTheSecond(why, "event with global index 2, which waits for position 1, cannot be made an entry");
    }

    @Test
    void anEventThatCouldNotBeTakenOutOfItsLeafStopsIt() throws SQLException {
        append(writer, "before", 0);
        EventRows.appendNamed(writer, "unfit", "secret{}b");

        stopsAtTheSecond("a brace", "event with global index 2, which waits for position 1, cannot be made an entry");
    }

    static Stream<Arguments> unsalted() {
        return Stream.of(
                Arguments.of("no salt", "{\"actor\":\"secret\"}"),
                Arguments.of("a short salt", "{\"salt\":\"c2VjcmV0\"}"),
                Arguments.of("a salt not in base64", "{\"salt\":\"secret?\"}"),
                Arguments.of("a salt by chance", SALTED),
                Arguments.of("metadata with white space", " " + SALTED),
                Arguments.of("no metadata", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsalted")
    void anEventWithoutTheLedgersSaltStopsItAndIsNotQuoted(String why, String metadata) throws SQLException {
        append(writer, "before", 0);
        EventRows.appendForged(writer, "forged", "{\"secret\":1}", metadata);
        append(writer, "after", 0);

        stopsAtTheSecond(why, NOT_GENUINE);
    }

    /** By somebody with access to the database, who cannot make a salt but has many to copy. */
    static Stream<Arguments> forged() {
        String copy = """
                insert into event
                    (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
                select %s, metadata from event
                """;
        return Stream.of(
                Arguments.of(
                        "under new ids",
                        copy.formatted(
                                "'secret-e', 'secret-a', 0, aggregate_type, recorded_at, type, revision, payload")),
                Arguments.of(
                        "as the next event",
                        copy.formatted(
                                "'secret-e', aggregate_id, 1, aggregate_type, recorded_at, type, revision, payload")),
                Arguments.of(
                        "with another payload",
                        copy.formatted(
                                "event_id || 'secret', aggregate_id, 1, aggregate_type, recorded_at, type, revision,"
                                        + " '{\"secret\":1}'::bytea")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void aCopyOfARowStopsItAndIsNotQuoted(String how, String copy) throws SQLException {
        append(writer, "before", 0);
        execute(writer, copy);
        append(writer, "after", 0);

        stopsAtTheSecond(how, NOT_GENUINE);
    }

    @Test
    void aRowThatWasChangedBeforeItWasSequencedStopsIt() throws SQLException {
        append(writer, "before", 0);
        append(writer, "changed", 0);
        append(writer, "after", 0);
        try (Connection owner = database.owner().connect()) {
            execute(owner, "alter table event disable trigger event_is_append_only");
            execute(owner, "update event set payload = '{\"n\":7}' where aggregate_id = 'changed'");
        }

        stopsAtTheSecond("a changed payload", NOT_GENUINE);
    }

    @Test
    void eventsOfAProgramWithTheKeyBeforeAreStillSequenced() throws SQLException {
        append(writer, "a", 0);
        byte[] next = new byte[Authenticity.KEY_BYTES];

        assertThatThrownBy(() -> new Sequencing(pool, new Authenticity(List.of(next))).nextBatch())
                .isInstanceOf(Damaged.class);
        assertThat(new Sequencing(pool, new Authenticity(List.of(next, TestLedger.KEY))).nextBatch())
                .isEqualTo(new Sequencing.Outcome(true, 1, 0));
    }

    @Test
    void anEventWhoseVersionIsNoNumberStopsIt() throws SQLException {
        append(writer, "a", 0);
        execute(writer, """
                insert into event
                    (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
                select 'e', 'unfit', 0, aggregate_type, recorded_at, type, 'one', payload, metadata from event
                """);

        assertThatThrownBy(this::sequence).isInstanceOf(Damaged.class).hasMessageNotContaining("one ");
    }

    private void stopsAtTheSecond(String why, String failure) throws SQLException {
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed())) {
            sequencer.start();
            Await.until("it stops", () -> sequencer.failure() != null);

            assertThat(sequencer.failure())
                    .as(why)
                    .startsWith(failure)
                    .doesNotContain("secret", "c2VjcmV0", "changed", "{");
            stays(sequencer, -1);
        }
    }

    @Test
    void theBoundAdvancesAndAnIdleSequencerWritesNothing() throws SQLException {
        append(writer, "a", 0);
        sequence();
        long first = number(writer, "select pg_snapshot_xmin(snapshot)::text::bigint from sequencer");
        assertThat(first).isPositive();
        append(writer, "a", 1);
        sequence();
        long second = number(writer, "select pg_snapshot_xmin(snapshot)::text::bigint from sequencer");
        assertThat(second).isGreaterThan(first);
        assertThat(number(
                        writer,
                        "select count(*) from event, sequencer where not pg_visible_in_snapshot(xid, snapshot)"))
                .isZero();

        long ids = number(writer, TRANSACTION_IDS);
        for (int i = 0; i < 10; i++) {
            assertThat(new Sequencing(pool, TestLedger.AUTHENTICITY).nextBatch())
                    .isEqualTo(new Sequencing.Outcome(true, 0, 1));
        }
        // whatever writes takes a transaction id, each of these had it written; so does an autovacuum now and then
        assertThat(number(writer, TRANSACTION_IDS)).isLessThan(ids + 10);
    }

    @Test
    void aSearchThatBeganBesideAnOpenTransactionStillFindsItsEvents() throws SQLException {
        try (Connection slow = database.app().connect()) {
            slow.setAutoCommit(false);
            append(slow, "slow", 0);
            append(writer, "a", 0);
            sequence();
            append(writer, "a", 1);
            sequence();
            assertThat(
                            number(
                                    slow,
                                    "select count(*) from sequencer where not pg_visible_in_snapshot(pg_current_xact_id(), snapshot)"))
                    .isOne();
            slow.commit();
        }
        sequence();
        assertThat(EventRows.unsequenced(writer)).isZero();
        assertThat(orderOf("slow")).containsExactly(2L);
    }

    @Test
    void moreThanOneBatchIsSequencedWhole() throws SQLException {
        List<Aggregate> aggregates = aggregates("a", 3);
        append(writer, aggregates, 4_000);

        Sequencing sequencing = new Sequencing(pool, TestLedger.AUTHENTICITY);
        assertThat(sequencing.nextBatch())
                .isEqualTo(new Sequencing.Outcome(true, Sequencing.BATCH, Sequencing.BATCH - 1));
        assertThat(number(writer, "select count(*) from sequencer"))
                .as("nothing searched to its end yet")
                .isZero();
        sequence();

        assertThat(number(writer, "select max(position) from ledger_entry")).isEqualTo(11_999);
        assertThat(EventRows.misplaced(writer)).isZero();
    }

    /** A copy of a row is as genuine as the row; only the place that it claims is taken. */
    @Test
    void aCopyOfAnEventStopsTheSequencerThoughTheConstraintsAreGone() throws SQLException {
        append(writer, "a", 0);
        append(writer, "a", 1);
        sequence();
        try (Connection owner = database.owner().connect()) {
            execute(owner, "alter table event drop constraint event_event_id_key");
            execute(owner, "alter table event drop constraint event_aggregate_id_sequence_key");
        }
        execute(
                writer,
                "insert into event (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision,"
                        + " payload, metadata) select event_id, aggregate_id, sequence, aggregate_type, recorded_at, type,"
                        + " revision, payload, metadata from event where sequence = 0");

        assertThatThrownBy(() -> new Sequencing(pool, TestLedger.AUTHENTICITY).nextBatch())
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(
                        "the constraint that keeps the places of events in their aggregates unique is gone");
        assertThat(number(writer, "select count(*) from ledger_entry")).isEqualTo(2);
    }

    @Test
    void aLockThatSomebodyElseKeepsIsTold() throws SQLException {
        try (Connection other = database.app().connect();
                Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed())) {
            execute(other, "select pg_advisory_lock(" + 0x70757069_6c6c6f67L + ")");
            sequencer.start();
            Await.until("it is told", () -> sequencer.failure() != null);
            assertThat(sequencer.failure()).contains("holds the lock of the sequencer");
            execute(other, "select pg_advisory_unlock_all()");
            Await.until("it goes on", () -> sequencer.failure() == null);
        }
    }

    @Test
    void onlyOneProgramAtATimeSequences() throws SQLException {
        append(writer, "a", 0);
        try (Connection leader = database.app().connect()) {
            leader.setAutoCommit(false);
            execute(leader, "select pg_advisory_xact_lock(" + 0x70757069_6c6c6f67L + ")");
            assertThat(new Sequencing(pool, TestLedger.AUTHENTICITY).nextBatch())
                    .isEqualTo(new Sequencing.Outcome(false, 0, -1));
            leader.rollback();
        }
        assertThat(new Sequencing(pool, TestLedger.AUTHENTICITY).nextBatch())
                .isEqualTo(new Sequencing.Outcome(true, 1, 0));
    }

    /** Every step of a batch fails once before it is done and once after. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCrashAtAnyStepNeitherLosesNorRepeats(boolean isDoneFirst) throws SQLException {
        int broken = 0;
        for (int step = 1; ; step++) {
            append(writer, aggregates("step" + step + "-", 2), 3);
            try {
                new Sequencing(BreakingDataSource.at(pool, step, isDoneFirst), TestLedger.AUTHENTICITY).nextBatch();
                break;
            } catch (SQLException e) {
                broken++;
            }
            sequence();
            assertThat(EventRows.unsequenced(writer)).isZero();
        }
        assertThat(broken).as("steps of a batch").isGreaterThan(30);
        sequence();
        long events = number(writer, "select count(*) from event");
        assertThat(number(writer, "select count(*) from ledger_entry")).isEqualTo(events);
        assertThat(number(writer, "select max(position) from ledger_entry")).isEqualTo(events - 1);
        assertThat(EventRows.misplaced(writer)).isZero();
    }

    @Test
    void aLostDatabaseIsNamedAndGoneOnFromOnceItIsBack() throws SQLException {
        try (HikariDataSource own = Pools.openSequencing(database.sequencer());
                Sequencer sequencer = new Sequencer(own, TestLedger.AUTHENTICITY, new Unsealed())) {
            sequencer.start();
            append(writer, "a", 0);
            Await.until("a position", () -> sequencer.head() == 0);
            for (int i = 1; i < 5; i++) {
                executeAsSequencer("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()");
                append(writer, "a", i);
                sequencer.wake();
                long position = i;
                Await.until("a position", () -> sequencer.head() == position);
            }
            Await.until("nothing is wrong any more", () -> sequencer.failure() == null);
        }
        assertThat(orderOf("a")).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aListenerThatFailsDoesNotStopIt() throws SQLException {
        try (Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed())) {
            sequencer.onGrowth(() -> {
                throw new IllegalStateException("a listener's own trouble");
            });
            sequencer.start();
            append(writer, "a", 0);
            Await.until("a position", () -> sequencer.head() == 0);
            append(writer, "a", 1);
            Await.until("a position", () -> sequencer.head() == 1);
            assertThat(sequencer.failure()).isNull();
        }
    }

    @Test
    void aSequencerThatDoesNotRunSaysSo() {
        Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed());
        assertThat(sequencer.failure()).isEqualTo("not running");
        sequencer.start();
        assertThat(sequencer.failure()).isNull();
        sequencer.close();
        assertThat(sequencer.failure()).isEqualTo("closed");
    }

    /** Its transaction ids are lower than the snapshot that comes with the tables. */
    @Test
    void nothingIsLostAfterARestoreIntoAnotherCluster() throws Exception {
        burnTransactionIds(20_000);
        append(writer, aggregates("a", 3), 4);
        sequence();
        append(writer, "unsequenced", 0);

        try (EmbeddedCluster other = TestDatabase.anotherCluster()) {
            Database restored = TestDatabase.migrated(other);
            for (String table : List.of("event", "ledger_entry", "sequencer", "tile", "tree_edge")) {
                copy(database, restored, table);
            }
            try (Connection there = restored.app().connect();
                    Connection owner = restored.owner().connect();
                    HikariDataSource poolThere = Pools.openSequencing(restored.sequencer())) {
                execute(
                        owner,
                        "select setval(pg_get_serial_sequence('event', 'global_index'),"
                                + " (select max(global_index) from event))");
                assertThat(number(
                                there,
                                "select pg_snapshot_xmin(snapshot)::text::bigint - pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
                                        + " from sequencer"))
                        .as("how far the saved snapshot is ahead")
                        .isGreaterThan(10_000);
                append(there, "new", 0);
                append(there, "unsequenced", 1);
                try (Sequencer sequencer = new Sequencer(poolThere, TestLedger.AUTHENTICITY, new Unsealed())) {
                    sequencer.start();
                    Await.until("all have positions", () -> sequencer.head() == 14);
                    append(there, "new", 1);
                    Await.until("also what comes later", () -> sequencer.head() == 15);
                }
                assertThat(EventRows.unsequenced(there)).isZero();
                assertThat(EventRows.misplaced(there)).isZero();
                assertThat(number(there, "select pg_snapshot_xmin(snapshot)::text::bigint from sequencer"))
                        .isLessThan(15_000);
            }
        }
    }

    /** As after a copy of the data directory that went its own way and then got the newer tables. */
    @Test
    void aSnapshotThatThisClusterHasNotReachedIsNotBelieved() throws SQLException {
        append(writer, "a", 0);
        sequence();
        long ahead = number(writer, "select pg_snapshot_xmax(snapshot)::text::bigint + 1000000 from sequencer");
        long cluster = number(writer, "select cluster from sequencer");
        String snapshot = ahead + ":" + ahead + ":";
        byte[] mac = TestLedger.AUTHENTICITY.mac(
                "sequencer-snapshot", (snapshot + " " + cluster).getBytes(StandardCharsets.US_ASCII));
        executeAsSequencer("update sequencer set snapshot = '" + snapshot + "', mac = '\\x"
                + HexFormat.of().formatHex(mac) + "'");
        append(writer, "a", 1);
        sequence();

        assertThat(EventRows.unsequenced(writer)).isZero();
    }

    /** With the sequencer's password, while the program is kept from its work. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sequencer set snapshot = pg_current_snapshot()",
                "update sequencer set snapshot = pg_current_snapshot(), mac = null",
                "update sequencer set snapshot = pg_current_snapshot(), mac = sha256('mac')"
            })
    void aSnapshotThatSomebodyMovedPassesOverNoEvent(String attack) throws SQLException {
        append(writer, "a", 0);
        sequence();
        append(writer, "a", 1);
        append(writer, "b", 0);
        executeAsSequencer(attack);
        sequence();

        assertThat(EventRows.unsequenced(writer)).isZero();
        executeAsSequencer(attack);
        sequence();
        assertThat(number(
                        writer,
                        "select count(*) from sequencer where mac is not null and mac <> sha256('mac')"
                                + " and pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot())"))
                .as("written anew where there was nothing to do")
                .isOne();
    }

    private void executeAsSequencer(String sql) throws SQLException {
        try (Connection connection = database.sequencer().connect()) {
            execute(connection, sql);
        }
    }

    /** Gives positions until there is nothing left to do. */
    private void sequence() throws SQLException {
        Sequencing sequencing = new Sequencing(pool, TestLedger.AUTHENTICITY);
        Sequencing.Outcome outcome;
        do {
            outcome = sequencing.nextBatch();
        } while (!outcome.isLeader() || outcome.isFull());
    }

    private static List<Aggregate> aggregates(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Aggregate(prefix + number))
                .toList();
    }

    private List<Long> orderOf(String aggregate) throws SQLException {
        List<Long> positions = new ArrayList<>();
        try (PreparedStatement statement = writer.prepareStatement(
                "select position from ledger_entry join event using (global_index) where aggregate_id = ? order by sequence")) {
            statement.setString(1, aggregate);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
            }
        }
        return positions;
    }

    /** Nothing gets a position, however often it tries. */
    private void stays(Sequencer sequencer, long head) throws SQLException {
        for (int i = 0; i < 5; i++) {
            sequencer.wake();
            Await.pause(50);
        }
        assertThat(number(writer, "select coalesce(max(position), -1) from ledger_entry"))
                .isEqualTo(head);
        assertThat(sequencer.head()).isEqualTo(head);
        assertThat(sequencer.failure()).isNotNull();
    }

    /** A subtransaction that wrote something takes an id of its own. */
    private void burnTransactionIds(int count) throws SQLException {
        execute(writer, """
                do $$ begin
                    for i in 1..%d loop
                        begin
                            insert into actor values ('burnt', 'burnt');
                            raise exception 'rolled back';
                        exception when raise_exception then null;
                        end;
                    end loop;
                end $$
                """.formatted(count));
    }

    private static void copy(Database from, Database to, String table) throws Exception {
        try (Connection source = from.owner().connect();
                Connection sink = to.owner().connect()) {
            if (table.equals("tree_edge")) {
                execute(sink, "delete from tree_edge");
            }
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            copyManager(source).copyOut("copy " + table + " to stdout (format binary)", rows);
            copyManager(sink)
                    .copyIn(
                            "copy " + table + " from stdin (format binary)",
                            new ByteArrayInputStream(rows.toByteArray()));
        }
    }

    private static CopyManager copyManager(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
