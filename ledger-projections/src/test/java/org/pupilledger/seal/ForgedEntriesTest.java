package org.pupilledger.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestLog;
import org.pupilledger.cluster.Database;
import org.pupilledger.failure.Damaged;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.EventRows;
import org.pupilledger.verdict.Break;
import org.pupilledger.verification.DatabaseVerification;

/** By somebody with the passwords of the program's roles, and without its key. Three entries are sealed, genuinely. */
@Timeout(120)
class ForgedEntriesTest {
    private static final String NEWEST_EVENT = "select global_index, xid from event order by global_index desc limit 1";

    private Database database;
    private HikariDataSource pool;
    private Connection appender;
    private Connection sequencer;
    private TestLog log;
    private Sealer sealer;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.migrated();
        pool = Pools.openSequencing(database.sequencer());
        appender = database.app().connect();
        sequencer = database.sequencer().connect();
        log = TestLog.in(TestLog.directory());
        sealer = log.sealer(pool);
        for (String aggregate : List.of("a", "b", "c")) {
            EventRows.append(appender, aggregate, 0);
        }
        EventRows.sequence(pool);
        assertThat(sealer.seal()).isEqualTo(3);
    }

    @AfterEach
    void close() throws SQLException {
        sealer.close();
        appender.close();
        sequencer.close();
        pool.close();
    }

    /** All that both passwords can write, in one transaction if need be: only the key is missing. */
    @Test
    void anEventWithItsEntryAndTheTreeIsNotSigned() throws Exception {
        String salt = "{\"actor\":\"somebody\",\"salt\":\"" + "A".repeat(43) + "=\"}";
        EventRows.appendForged(appender, "edition-2026-Q1", "{\"forged\":true}", salt);
        EventRows.appendEntry(sequencer, NEWEST_EVENT, Leaf.bytesOf(EventRows.newest(appender)));

        assertNothingMoreIsSigned("the event of entry 3 was not appended by a program that holds this ledger's key");
        assertThat(breaks()).extracting(Break::kind).containsExactly(Break.Kind.FORGED);
    }

    @Test
    void anEventWithTheSaltOfAnotherOneIsNotSigned() throws Exception {
        StoredEvent genuine = EventRows.newest(appender);
        EventRows.appendForged(appender, "d", "{\"n\":0}", new String(genuine.metadata(), UTF_8));
        EventRows.appendEntry(sequencer, NEWEST_EVENT, Leaf.bytesOf(EventRows.newest(appender)));

        assertNothingMoreIsSigned("the event of entry 3 was not appended by");
    }

    @Test
    void anEntryWithoutAnEventIsNotSigned() throws Exception {
        byte[] leaf = Leaf.bytesOf(EventRows.newest(appender));

        EventRows.appendEntry(sequencer, "select 1000000 as global_index, '5'::xid8 as xid", leaf);

        assertNothingMoreIsSigned("entry 3 has no event");
    }

    @Test
    void anEntryThatSaysSomethingElseThanItsEventIsNotSigned() throws Exception {
        EventRows.append(appender, "d", 0);
        String leaf = new String(Leaf.bytesOf(EventRows.newest(appender)), UTF_8);

        EventRows.appendEntry(
                sequencer, NEWEST_EVENT, leaf.replace("\"n\":0", "\"n\":9").getBytes(UTF_8));

        assertNothingMoreIsSigned("entry 3 is not what its event gives");
    }

    @Test
    void anEntryOfAnotherTransactionThanItsEventIsNotSigned() throws Exception {
        EventRows.append(appender, "d", 0);
        byte[] leaf = Leaf.bytesOf(EventRows.newest(appender));

        EventRows.appendEntry(
                sequencer, "select global_index, '5'::xid8 from event order by global_index desc limit 1", leaf);

        assertNothingMoreIsSigned("entry 3 is not what its event gives");
    }

    @Test
    void eventsInAnotherOrderThanThatOfTheirAggregateAreNotSigned() throws Exception {
        for (long sequence = 1; sequence <= 2; sequence++) {
            EventRows.append(appender, "a", sequence);
        }
        byte[] last = Leaf.bytesOf(EventRows.newest(appender));

        EventRows.appendEntry(sequencer, NEWEST_EVENT, last);

        assertSealingStops("entry 3 does not come after the one that precedes it in its aggregate");
    }

    @Test
    void eventsThatAreGivenPlacesInTheirOrderAreSigned() throws Exception {
        for (long sequence = 1; sequence <= 2; sequence++) {
            EventRows.append(appender, "a", sequence);
            EventRows.appendEntry(sequencer, NEWEST_EVENT, Leaf.bytesOf(EventRows.newest(appender)));
        }
        Thread.sleep(100);

        assertThat(sealer.seal()).isEqualTo(5);
    }

    @Test
    void theEntryOfAnEventThatHasOneIsNotSignedASecondTime() throws Exception {
        byte[] leaf = Leaf.bytesOf(EventRows.newest(appender));

        assertThatThrownBy(() -> EventRows.appendEntry(sequencer, NEWEST_EVENT, leaf))
                .hasMessageContaining("ledger_entry_global_index_key");
    }

    @Test
    void aRowThatNobodySignedCountsAsNoCheckpoint() throws Exception {
        Sealed signed = reader().newest().orElseThrow();
        EventRows.append(appender, "d", 0);
        byte[] leaf = new String(Leaf.bytesOf(EventRows.newest(appender)), UTF_8)
                .replace("\"n\":0", "\"n\":9")
                .getBytes(UTF_8);
        EventRows.appendEntry(sequencer, NEWEST_EVENT, leaf);
        String signedByOthers = new String(signed.note(), UTF_8).replace("\n3\n", "\n4\n");

        EventRows.execute(sequencer, "insert into checkpoint values (4, '" + signedByOthers + "'::text::bytea)");
        EventRows.execute(sequencer, "update public_checkpoint set size = 4");

        for (LogReader reader : List.of(reader(), reader())) {
            assertThat(reader.newest().map(Sealed::size)).contains(3L);
            assertThat(reader.covering(2).map(Sealed::size)).contains(3L);
            assertThat(reader.covering(3)).isEmpty();
            assertThat(reader.ofPublic().map(Sealed::size)).isNotEqualTo(Optional.of(4L));
            assertThat(reader.receipt("d", 0)).isEmpty();
            assertThat(new Entries(pool, reader::sealedSize).head()).isEqualTo(2);
        }
        assertNothingMoreIsSigned("entry 3");
    }

    @Test
    void thePublicCheckpointIsPutBackWhereSomebodyElseMovedIt() throws Exception {
        EventRows.append(appender, "d", 0);
        EventRows.sequence(pool);
        while (sealer.seal() < 4) {
            Thread.sleep(20);
        }
        assertThat(reader().ofPublic().map(Sealed::size)).contains(3L);

        EventRows.execute(sequencer, "update public_checkpoint set size = 4");
        sealer.seal();

        assertThat(reader().ofPublic().map(Sealed::size)).contains(3L);
    }

    private LogReader reader() {
        return new LogReader(pool, log.identity().verifier());
    }

    private List<Break> breaks() {
        try (HikariDataSource reading = Pools.openReadOnly(database.app())) {
            return new DatabaseVerification(
                            reading,
                            log.identity().verifier(),
                            new Journal(log.files().journalFile()),
                            new EventKeys(TestLedger.AUTHENTICITY, key -> true))
                    .run((done, of, state) -> {})
                    .breaks();
        }
    }

    /** And it is seen from outside. */
    private void assertNothingMoreIsSigned(String because) throws Exception {
        assertSealingStops(because);
        assertThat(breaks()).isNotEmpty();
    }

    /** Now, and once more, which begins as a restart does. */
    private void assertSealingStops(String because) throws Exception {
        List<String> journal = Files.readAllLines(log.files().journalFile());
        Thread.sleep(100); // the pace at which it signs
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(sealer::seal)
                    .isInstanceOf(Damaged.class)
                    .hasMessageContaining(because)
                    .hasMessageNotContainingAny("forged", "salt", "somebody");
        }
        assertThat(Files.readAllLines(log.files().journalFile())).isEqualTo(journal);
        assertThat(LogIdentity.lastSigned(log.files()).size()).isEqualTo(3);
        assertThat(reader().sealedSize()).isEqualTo(3);
    }
}
