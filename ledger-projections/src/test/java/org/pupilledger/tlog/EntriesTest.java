package org.pupilledger.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.cluster.Database;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.EventRows.Aggregate;
import org.springframework.jdbc.datasource.AbstractDataSource;

@Timeout(60)
class EntriesTest {
    /** More than are fetched ahead. */
    private static final int EVENTS = 12_345;

    private Database database;
    private HikariDataSource pool;

    @BeforeEach
    void open() {
        database = TestDatabase.migrated();
        pool = Pools.openSequencing(database.sequencer());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void anEmptyLedgerHasNoHeadAndNothingToRead() {
        Entries entries = entries(pool);

        assertThat(entries.head()).isEqualTo(-1);
        assertThat(entries.read(-1, entry -> true)).isEqualTo(-1);
        assertThat(entries.after(-1, 10)).isEmpty();
    }

    @Test
    void everyEntryIsReadInOrderUpToTheLastThatIsWanted() throws SQLException {
        sequence(EVENTS);
        Entries entries = entries(pool);
        for (long last : new long[] {0, 1, 1_999, 2_000, 9_999, EVENTS - 1}) {
            List<Long> read = new ArrayList<>();
            assertThat(entries.read(last, entry -> read.add(entry.position()))).isEqualTo(last);
            assertThat(read)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(0, last).boxed().toList());
        }
        assertThat(entries.head()).isEqualTo(EVENTS - 1);
        try (Connection connection = database.app().connect()) {
            EventRows.append(connection, List.of(new Aggregate("b")), 2);
        }
        new Sequencing(pool, TestLedger.AUTHENTICITY).nextBatch();
        assertThat(entries.head()).as("what is not sealed is not there").isEqualTo(EVENTS - 1);
        assertThat(entries.after(EVENTS - 3, 10))
                .extracting(StoredEntry::position)
                .containsExactly(EVENTS - 2L, EVENTS - 1L);
    }

    @Test
    void whoStopsReadingGivesTheConnectionBack() throws SQLException {
        sequence(EVENTS);
        Entries entries = entries(pool);
        for (int i = 0; i <= pool.getMaximumPoolSize(); i++) {
            long wanted = i;
            if (i % 2 == 0) {
                assertThat(entries.read(EVENTS, entry -> entry.position() < wanted))
                        .isEqualTo(wanted - 1);
            } else {
                assertThatThrownBy(() -> entries.read(EVENTS, entry -> {
                            throw new IllegalArgumentException("the reader's own trouble");
                        }))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        Await.until("all connections are back", () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }

    @Test
    void aMissingPositionIsNotPassedOver() throws SQLException {
        sequence(1);
        try (Connection connection = database.sequencer().connect()) {
            EventRows.execute(
                    connection,
                    "insert into ledger_entry (position, global_index, xid, leaf_bytes, leaf_hash)"
                            + " select 2, -1, xid, leaf_bytes, leaf_hash from ledger_entry");
        }

        assertThatThrownBy(() -> entries(pool).read(2, entry -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("position 1 is missing");
    }

    @Test
    void aDatabaseThatCannotBeReachedIsAFailureWhateverItThrows() {
        for (Throwable thrown :
                List.of(new SQLException("lost"), new IllegalCallerException("odd"), new OutOfMemoryError())) {
            assertThatThrownBy(() -> entries(failing(thrown)).read(0, entry -> true))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    /** Up to the newest checkpoint in the database, whoever signed it. */
    private static Entries entries(DataSource dataSource) {
        return new Entries(
                dataSource,
                () -> Sql.read(
                        dataSource,
                        connection -> Sql.number(connection, "select coalesce(max(size), 0) from checkpoint")));
    }

    private static AbstractDataSource failing(Throwable thrown) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                switch (thrown) {
                    case SQLException e -> throw e;
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalStateException(thrown);
                }
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
    }

    private void sequence(int events) throws SQLException {
        try (Connection connection = database.app().connect()) {
            EventRows.append(connection, List.of(new Aggregate("a")), events);
        }
        Sequencing sequencing = new Sequencing(pool, TestLedger.AUTHENTICITY);
        while (sequencing.nextBatch().isFull()) {
            // until there is nothing left to do
        }
        try (Connection connection = database.sequencer().connect()) {
            EventRows.execute(connection, "insert into checkpoint select max(position) + 1, '' from ledger_entry");
        }
    }
}
