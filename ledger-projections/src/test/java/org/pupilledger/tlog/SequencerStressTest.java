package org.pupilledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupilledger.tlog.EventRows.append;
import static org.pupilledger.tlog.EventRows.execute;
import static org.pupilledger.tlog.EventRows.number;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.Thorough;
import org.pupilledger.Unsealed;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.EventRows.Aggregate;

/**
 * The proof of the sequencer: whatever writers do with their transactions and whatever is done to the sequencers,
 * every committed event gets exactly one position, in the order of its aggregate, and nothing ever appears below a
 * position that was already read.
 */
@Timeout(180)
@Isolated("it interrupts every sequencer of the process")
class SequencerStressTest {
    private static final int EVENTS_PER_SEED = 60_000;
    private static final int WRITERS = 8;

    static LongStream seeds() {
        return Thorough.seeds(4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostRepeatedOrOutOfOrder(long seed) throws Exception {
        Database database = TestDatabase.migrated();
        DatabaseAccess access = database.app();
        Workload workload = new Workload(access);
        Reader reader = new Reader(access);
        try (Leaders leaders = new Leaders(database.sequencer(), new Random(seed));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            try {
                Future<?> disturbing = threads.submit(leaders::disturb);
                Future<?> reading = threads.submit(reader::follow);
                List<Future<?>> writing = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    Random random = new Random(seed * WRITERS + writer);
                    writing.add(threads.submit(() -> workload.write(random)));
                }
                for (Future<?> writer : writing) {
                    writer.get();
                }
                leaders.leaveAlone();
                disturbing.get();
                Await.until(
                        "every event has a position", () -> reader.read() == workload.committed() || reading.isDone());
                reader.stop();
                reading.get();
            } finally {
                leaders.leaveAlone();
                reader.stop();
            }
            assertThat(leaders.killed()).as("times that a sequencer was killed").isPositive();
        }
        assertThat(workload.done()).containsAll(EnumSet.allOf(Kind.class));
        assertThat(workload.committed()).isGreaterThanOrEqualTo(EVENTS_PER_SEED);
        try (Connection connection = access.connect()) {
            assertThat(EventRows.unsequenced(connection)).as("lost").isZero();
            assertThat(number(connection, "select count(*) from ledger_entry"))
                    .as("each once")
                    .isEqualTo(number(connection, "select count(distinct global_index) from ledger_entry"))
                    .isEqualTo(number(connection, "select count(*) from event"))
                    .isEqualTo(workload.committed());
            assertThat(EventRows.misplaced(connection)).as("out of order").isZero();
        }
        Reader second = new Reader(access);
        second.stop();
        second.follow();
        assertThat(second.hashes.equals(reader.hashes))
                .as("the same bytes at each position")
                .isTrue();
    }

    /** What a writer does with its transaction. */
    private enum Kind {
        PLAIN(50),
        /** Stays open while others come and go. */
        STALL(10),
        ROLL_BACK(10),
        /** Takes back a part of what it wrote, and writes another part in a subtransaction. */
        SAVEPOINT(12),
        /** Has its id long before it looks at what it will append to. */
        EARLY_ID(8),
        /** The same, by writing to another table. */
        EARLY_ROW(9),
        /** More than the sequencer takes at once. */
        LARGE(1);

        private final int percent;

        Kind(int percent) {
            this.percent = percent;
        }

        static Kind any(Random random) {
            int left = random.nextInt(100);
            for (Kind kind : values()) {
                left -= kind.percent;
                if (left < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("more than 100 percent");
        }
    }

    /** Writers that hand aggregates to each other: whoever appends next does so right after the commit before. */
    private static final class Workload {
        private static final int AGGREGATES = 300;

        private final DatabaseAccess access;
        private final ConcurrentLinkedDeque<Aggregate> free = new ConcurrentLinkedDeque<>();
        private final AtomicLong committed = new AtomicLong();
        private final AtomicInteger names = new AtomicInteger();
        private final Set<Kind> done = ConcurrentHashMap.newKeySet();

        Workload(DatabaseAccess access) {
            this.access = access;
            free.addAll(newAggregates(AGGREGATES));
        }

        long committed() {
            return committed.get();
        }

        Set<Kind> done() {
            return done;
        }

        @Nullable
        Void write(Random random) throws SQLException {
            try (Connection connection = access.connect()) {
                connection.setAutoCommit(false);
                while (committed.get() < EVENTS_PER_SEED) {
                    Kind kind = Kind.any(random);
                    transaction(connection, kind, random);
                    done.add(kind);
                }
            }
            return null;
        }

        private void transaction(Connection connection, Kind kind, Random random) throws SQLException {
            if (kind == Kind.EARLY_ID) {
                execute(connection, "select pg_current_xact_id()");
                pause(random, 100);
            } else if (kind == Kind.EARLY_ROW) {
                execute(connection, "insert into reference_claim values (gen_random_uuid()::text, 'a request')");
                pause(random, 100);
            }
            List<Aggregate> mine = kind == Kind.LARGE ? newAggregates(1_500) : take(random);
            int each = 1 + random.nextInt(8);
            append(connection, mine, each);
            if (kind == Kind.SAVEPOINT) {
                mine.addAll(appendWithSavepoints(connection, random, each));
            }
            if (kind == Kind.STALL) {
                pause(random, random.nextInt(10) == 0 ? 2_000 : 200);
            }
            if (kind == Kind.ROLL_BACK) {
                connection.rollback();
            } else {
                connection.commit();
                committed.addAndGet((long) mine.size() * each);
                mine.forEach(aggregate -> aggregate.advance(each));
            }
            giveBack(mine);
        }

        private List<Aggregate> appendWithSavepoints(Connection connection, Random random, int each)
                throws SQLException {
            List<Aggregate> undone = take(random);
            Savepoint before = connection.setSavepoint();
            append(connection, undone, each);
            connection.rollback(before);
            giveBack(undone);
            List<Aggregate> kept = take(random);
            Savepoint within = connection.setSavepoint();
            append(connection, kept, each);
            connection.releaseSavepoint(within);
            return kept;
        }

        private List<Aggregate> newAggregates(int count) {
            List<Aggregate> aggregates = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                aggregates.add(new Aggregate("aggregate-" + names.incrementAndGet()));
            }
            return aggregates;
        }

        private List<Aggregate> take(Random random) {
            List<Aggregate> taken = new ArrayList<>();
            for (int wanted = 1 + random.nextInt(20); wanted > 0; wanted--) {
                Aggregate aggregate = free.pollFirst();
                if (aggregate != null) {
                    taken.add(aggregate);
                }
            }
            return taken;
        }

        private void giveBack(List<Aggregate> aggregates) {
            aggregates.forEach(free::addFirst);
        }

        private static void pause(Random random, int mostMs) {
            Await.pause(1 + random.nextInt(mostMs));
        }
    }

    /** Two sequencers, each on a pool of its own, that are killed in turn. */
    private static final class Leaders implements AutoCloseable {
        private static final String TERMINATE = """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and application_name = ? and state <> 'idle'
                """;

        private final DatabaseAccess access;
        private final Random random;
        private final List<HikariDataSource> pools = new ArrayList<>();
        private final List<Sequencer> sequencers = new ArrayList<>();
        private final AtomicInteger killed = new AtomicInteger();
        private volatile boolean isLeftAlone;

        Leaders(DatabaseAccess access, Random random) {
            this.access = access;
            this.random = random;
            for (int leader = 0; leader < 2; leader++) {
                HikariDataSource pool = Pools.open(new DatabaseAccess(
                        access.url() + "?ApplicationName=leader" + leader, access.user(), access.password()));
                pools.add(pool);
                sequencers.add(started(pool));
            }
        }

        private static Sequencer started(HikariDataSource pool) {
            Sequencer sequencer = new Sequencer(pool, TestLedger.AUTHENTICITY, new Unsealed());
            sequencer.start();
            return sequencer;
        }

        @Nullable
        Void disturb() throws SQLException {
            try (Connection connection = access.connect()) {
                while (!isLeftAlone) {
                    Await.pause(20 + random.nextInt(150));
                    int leader = random.nextInt(2);
                    switch (random.nextInt(4)) {
                        case 0 -> interrupt();
                        case 1 -> restart(leader);
                        default -> killed.addAndGet((int) number(connection, TERMINATE, "leader" + leader));
                    }
                    sequencers.forEach(Sequencer::wake);
                }
            }
            return null;
        }

        private void interrupt() {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("sequencer"))
                    .forEach(Thread::interrupt);
            restart(0);
            restart(1);
            killed.incrementAndGet();
        }

        private void restart(int leader) {
            sequencers.get(leader).close();
            sequencers.set(leader, started(pools.get(leader)));
        }

        void leaveAlone() {
            isLeftAlone = true;
        }

        int killed() {
            return killed.get();
        }

        @Override
        public void close() {
            sequencers.forEach(Sequencer::close);
            pools.forEach(HikariDataSource::close);
        }
    }

    /** Reads by position while others write, as projections do. */
    private static final class Reader {
        private static final String PAGE = """
                select position, leaf_bytes, leaf_hash from ledger_entry
                where position >= ? order by position limit 5000
                """;

        private final DatabaseAccess access;
        private final List<ByteBuffer> hashes = new ArrayList<>();
        private volatile int read;
        private volatile boolean isStopped;

        Reader(DatabaseAccess access) {
            this.access = access;
        }

        /** Returns at the end of the ledger once it was stopped. */
        @Nullable
        Void follow() throws SQLException {
            try (Connection connection = access.connect()) {
                boolean isAtEnd = false;
                while (!isStopped || !isAtEnd) {
                    int before = read;
                    page(connection);
                    isAtEnd = read == before;
                }
            }
            return null;
        }

        private void page(Connection connection) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setLong(1, read);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        assertThat(row.getLong("position")).isEqualTo(hashes.size());
                        byte[] hash = row.getBytes("leaf_hash");
                        assertThat(TreeHash.ofLeaf(row.getBytes("leaf_bytes"))).isEqualTo(hash);
                        hashes.add(ByteBuffer.wrap(hash));
                    }
                }
            }
            read = hashes.size();
        }

        int read() {
            return read;
        }

        void stop() {
            isStopped = true;
        }
    }
}
