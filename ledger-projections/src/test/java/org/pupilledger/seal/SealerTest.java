package org.pupilledger.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestLog;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.failure.Damaged;
import org.pupilledger.failure.NotYet;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.BreakingDataSource;
import org.pupilledger.tlog.EventRows;
import org.pupilledger.tlog.EventRows.Aggregate;

/** What is signed is what is stored, once and for ever, whatever fails in between. */
@Timeout(120)
class SealerTest {
    private static final Duration PUBLIC_INTERVAL = Duration.ofDays(1);
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final Duration LONG = Duration.ofDays(26_000);
    private static final long PACE_MS = 100;

    private final Map<ByteBuffer, Checkpoint> opened = new HashMap<>();
    private final List<Sealer> sealers = new ArrayList<>();
    private Instant now = START;
    private Duration clockWasPut = Duration.ZERO;
    private Database database;
    private HikariDataSource pool;
    private Connection writer;
    private TestLog log;
    private int aggregates;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.migrated();
        // with room for the connections that some tests break
        pool = Pools.open(database.sequencer());
        writer = database.app().connect();
        log = TestLog.in(TestLog.directory());
    }

    @AfterEach
    void close() throws SQLException {
        sealers.forEach(Sealer::close);
        writer.close();
        pool.close();
    }

    @Test
    void whatIsSequencedIsSignedRecordedAndPublished() throws Exception {
        sequence(3);

        assertThat(sealer().seal()).isEqualTo(3);

        Checkpoint signed = verifier().open(published().get(3L)).orElseThrow();
        assertThat(signed).isEqualTo(new Checkpoint(log.identity().origin(), 3, rootOf(3), List.of()));
        assertThat(lines())
                .extracting(Journal.Line::note)
                .containsExactly(published().get(3L));
        assertThat(Files.readString(log.files().lastSignedFile())).isEqualTo(signed.text());
    }

    @Test
    void nothingIsSignedWithoutGrowthButOnceAnHour() throws Exception {
        Sealer sealer = sealer();
        assertThat(sealer.seal()).isZero();
        assertThat(lines()).isEmpty();
        sequence(1);
        sealer.seal();
        for (int minute = 0; minute < 59; minute++) {
            now = now.plusSeconds(60);
            sealer.seal();
        }
        assertThat(lines()).hasSize(1);

        now = now.plusSeconds(60);
        sealer.seal();
        sealer.seal();

        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast().note()).isEqualTo(lines().getFirst().note());
        assertThat(lines().getLast().signedAt()).isEqualTo("2026-11-02T10:00:00Z");
        assertThat(published()).hasSize(1);
        assertThat(sealer().seal()).as("after a restart").isEqualTo(1);
    }

    /** Seventy years ahead or behind for a while, in one run or across restarts: nothing waits for it to be true. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClockThatWasWrongFreezesNothing(boolean isAhead) throws Exception {
        Duration wrong = isAhead ? LONG : LONG.negated();
        sequence(1);
        Sealer sealer = sealer();
        putClock(wrong);
        sealAll(sealer, 1);
        assertThat(publicSince()).isEqualTo(now);
        sequence(1);
        putClock(wrong.negated());

        sealAll(sealer, 2);
        assertThat(publicSince()).as("never in the future").isBeforeOrEqualTo(now);
        now = now.plus(PUBLIC_INTERVAL);
        sealer.seal();

        assertThat(publicSize()).isEqualTo(2);
        assertThat(publicSince()).isEqualTo(now);
        int signed = lines().size();
        now = now.plusSeconds(3_600);
        sealer.seal();
        assertThat(lines()).as("the hourly sign of life").hasSize(signed + 1);

        sealer.close();
        putClock(wrong);
        sealAll(sealer(), 2);
        now = now.plus(PUBLIC_INTERVAL);
        sealAll(sealer(), 2);
        putClock(wrong.negated());
        sequence(1);
        sealAll(sealer(), 3);
        now = now.plus(PUBLIC_INTERVAL);
        sealAll(sealer(), 3);
        assertThat(publicSize()).as("after restarts").isEqualTo(3);
        assertThat(publicSince()).isBeforeOrEqualTo(now);
        checkAll();
    }

    @Test
    void atMostTenCheckpointsASecondAreSigned() throws Exception {
        Sealer sealer = sealer();
        for (int i = 0; i < 40; i++) {
            sequence(1);
            sealer.seal();
            now = now.plusMillis(PACE_MS / 2);
        }
        assertThat(lines()).hasSize(20);
        sealAll(sealer, 40);
        assertThat(published()).containsKey(40L);
    }

    @Test
    void thePublicCheckpointIsRenewedOnItsOwnInterval() throws Exception {
        Sealer sealer = sealer();
        sequence(2);
        sealAll(sealer, 2);
        assertThat(publicSize()).isEqualTo(2);
        sequence(3);
        now = now.plus(PUBLIC_INTERVAL).minusSeconds(1);
        sealAll(sealer, 5);
        assertThat(publicSize()).isEqualTo(2);
        now = now.plusSeconds(1);
        sealer.seal();
        assertThat(publicSize()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"edition.released", "edition.revised"})
    void aReleaseRenewsThePublicCheckpointAtOnceAndOnlyOnce(String release) throws Exception {
        sequence(2);
        sealAll(sealer(), 2);
        Sealer sealer = sealer();
        now = now.plusSeconds(60);
        sequenceEdition("edition-2026-Q1", release);
        sequence(1);

        sealer.seal();

        assertThat(publicSize()).as("the checkpoint that covers it").isEqualTo(4);
        assertThat(number("select count(*) from checkpoint where size = 4")).isEqualTo(1);
        assertThat(publicSince()).isEqualTo(now);
        sequence(1);
        pause();
        assertThat(sealer.seal()).isEqualTo(5);
        assertThat(publicSize()).as("what comes later is not").isEqualTo(4);
        now = now.plus(PUBLIC_INTERVAL).minusSeconds(1);
        sealer.seal();
        assertThat(publicSize()).as("the interval begins anew").isEqualTo(4);
        now = now.plusSeconds(1);
        sealer.seal();
        assertThat(publicSize()).isEqualTo(5);
        checkAll();
    }

    @Test
    void onlyAReleaseRenewsThePublicCheckpoint() throws Exception {
        sequence(1);
        sealAll(sealer(), 1);
        sequenceEdition("edition-2026-Q1", "edition.scheduled");
        sequenceEdition("edition-2026-Q2", "edition.rescheduled");
        sequenceEdition("edition-2026-Q3", "edition.previewed");
        sequenceEdition("edition-2026-Q4", "edition.revision-previewed");
        sequenceEdition("another-2026-Q4", "edition.released");

        sealAll(sealer(), 6);
        assertThat(publicSize()).isEqualTo(1);
        sealAll(sealer(), 6);
        assertThat(publicSize()).as("after a restart").isEqualTo(1);
    }

    @Test
    void aReleaseThatWasSealedButNotMadePublicIsMadePublicAfterARestart() throws Exception {
        sequence(1);
        sealAll(sealer(), 1);
        sequenceEdition("edition-2026-Q1", "edition.released");
        sequenceEdition("edition-2026-Q2", "edition.previewed");
        sealAll(sealer(), 3);
        // as a crash in between leaves it
        executeAsSequencer("update public_checkpoint set size = 1");

        sealer().seal();

        assertThat(publicSize()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReleaseIsPublicAtWhicheverStepTheDatabaseFailed(boolean isDoneFirst) throws Exception {
        int broken = 0;
        sequence(2);
        sealAll(sealer(), 2);
        for (int step = 1; ; step++) {
            sequence(1);
            sequenceEdition("edition-" + (2_000 + step) + "-Q1", "edition.released");
            long covering = entries();
            if (!fails(sealer(BreakingDataSource.at(pool, step, isDoneFirst), DurableWrites.DISK))) {
                break;
            }
            // and once more at the same place, after a restart
            fails(sealer(BreakingDataSource.at(pool, step, isDoneFirst), DurableWrites.DISK));
            broken++;
            sealAll(sealer(), covering);
            assertThat(publicSize()).as("step " + step).isEqualTo(covering);
        }
        assertThat(broken).as("steps of a checkpoint").isGreaterThan(30);
        checkAll();
    }

    @ParameterizedTest
    @EnumSource(BreakingWrites.Moment.class)
    void aReleaseIsPublicAtWhicheverWriteTheDiskFailed(BreakingWrites.Moment moment) throws Exception {
        sequence(2);
        sealAll(sealer(), 2);
        for (int write = 1; write <= 2; write++) {
            sequenceEdition("edition-" + (2_000 + write) + "-Q1", "edition.revised");
            assertThat(fails(sealer(pool, new BreakingWrites(write, moment)))).isTrue();
            fails(sealer(pool, new BreakingWrites(write, moment)));
            sealAll(sealer(), entries());
            assertThat(publicSize()).isEqualTo(entries());
        }
        checkAll();
    }

    @ParameterizedTest
    @EnumSource(BreakingWrites.Moment.class)
    void aFileThatFailsAtAnyWriteMakesNoFork(BreakingWrites.Moment moment) throws Exception {
        int broken = 0;
        sequence(2);
        sealAll(sealer(), 2);
        for (int write = 1; ; write++) {
            sequence(300);
            if (!fails(sealer(pool, new BreakingWrites(write, moment)))) {
                break;
            }
            // and once more at the same place, after a restart
            fails(sealer(pool, new BreakingWrites(write, moment)));
            broken++;
            sequence(1);
            sealAll(sealer(), entries());
            checkAll();
        }
        assertThat(broken).as("writes of a checkpoint").isEqualTo(2);
        checkAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDatabaseThatFailsAtAnyStepMakesNoFork(boolean isDoneFirst) throws Exception {
        int broken = 0;
        sequence(2);
        sealAll(sealer(), 2);
        for (int step = 1; ; step++) {
            sequence(3);
            if (!fails(sealer(BreakingDataSource.at(pool, step, isDoneFirst), DurableWrites.DISK))) {
                break;
            }
            fails(sealer(BreakingDataSource.at(pool, step, isDoneFirst), DurableWrites.DISK));
            broken++;
            sequence(1);
            sealAll(sealer(), entries());
            checkAll();
        }
        assertThat(broken).as("steps of a checkpoint").isGreaterThan(30);
        checkAll();
    }

    @Test
    void aFailureInTheMidstOfWorkIsGoneOnFromWithoutARestart() throws Exception {
        sequence(1);
        Sealer sealer = sealer(pool, new BreakingWrites(3, BreakingWrites.Moment.AFTER));
        sealer.seal();
        sequence(1);
        pause();
        assertThatThrownBy(sealer::seal).isInstanceOf(NotYet.class).hasMessageContaining("cannot be read or written");
        sealAll(sealer, 2);
        checkAll();
    }

    @Test
    void whatWasChangedAfterTheCommitIsNotSigned() throws Exception {
        sequence(3);
        Sealer sealer = sealer();
        sealer.seal();
        sequence(3);
        pause();
        asOwner("update ledger_entry set leaf_bytes = 'x' where position = 4");
        assertThatThrownBy(sealer::seal).isInstanceOf(Damaged.class).hasMessage("entry 4 is not what was sequenced");
        asOwner("update ledger_entry set leaf_hash = sha256('\\x0078') where position = 4");
        assertThatThrownBy(sealer::seal).isInstanceOf(Damaged.class).hasMessage("entry 4 is not what its event gives");
        asOwner("delete from ledger_entry where position = 4");
        assertThatThrownBy(sealer::seal).hasMessage("entry 4 is not what was sequenced");
        assertThat(published()).containsOnlyKeys(3L);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void oneProgramSignsAndAnotherTakesOver() throws Exception {
        sequence(1);
        Sealer first = sealer();
        assertThat(first.seal()).isEqualTo(1);
        Sealer second = sealer();
        sequence(1);
        pause();
        second.open();
        assertThat(second.seal()).as("what the other published").isEqualTo(1);
        assertThat(second.standsBy()).startsWith("another program seals this ledger");
        first.close();
        assertThat(second.seal()).isEqualTo(2);
        assertThat(second.standsBy()).isNull();
        checkAll();
    }

    @Test
    void whoeverHasACopyOfTheFilesStandsByAndThenCannotTakeOver() throws Exception {
        sequence(1);
        Sealer first = sealer();
        assertThat(first.seal()).isEqualTo(1);
        TestLog copy = copyOfFiles();
        sequence(1);
        pause();
        Sealer second = new Sealer(
                pool, copy.identity(), TestLedger.AUTHENTICITY, copy.files(), Clock.systemUTC(), PUBLIC_INTERVAL);
        sealers.add(second);
        assertThat(second.leads()).isFalse();
        assertThat(second.seal()).isEqualTo(1);
        assertThat(first.seal()).isEqualTo(2);
        first.close();
        assertThatThrownBy(second::leads)
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining("The checkpoint journal is behind");
        assertThat(first.seal()).as("nobody keeps what it cannot use").isEqualTo(2);
        checkAll();
    }

    @Test
    void aLockThatWasLostIsTakenAnewAndEverythingComparedAgain() throws Exception {
        sequence(1);
        Sealer first = sealer();
        assertThat(first.seal()).isEqualTo(1);
        loseLock();
        sequence(1);
        pause();
        TestLog copy = copyOfFiles();
        Sealer second = new Sealer(
                pool, copy.identity(), TestLedger.AUTHENTICITY, copy.files(), Clock.systemUTC(), PUBLIC_INTERVAL);
        sealers.add(second);
        assertThat(second.seal()).as("takes over, since its files are as new").isEqualTo(2);
        assertThat(first.leads()).isFalse();
        assertThat(first.seal()).isEqualTo(2);
        assertThat(lines()).hasSize(1);
        second.close();
        assertThatThrownBy(first::leads).hasMessageContaining("The checkpoint journal is behind");
        log = copy;
        checkAll();
    }

    private TestLog copyOfFiles() throws IOException {
        Path directory = TestLog.directory();
        for (Path file : List.of(
                log.files().keyFile(), log.files().lastSignedFile(), log.files().journalFile())) {
            Files.copy(file, directory.resolve(file.getFileName()));
        }
        return TestLog.in(directory);
    }

    /** As where the network or the server goes away. */
    private void loseLock() throws SQLException {
        try (Connection superuser = Superuser.of(database).connect()) {
            EventRows.execute(
                    superuser,
                    "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and database ="
                            + " (select oid from pg_database where datname = current_database())");
        }
    }

    @Test
    void aCheckpointThatSomebodyElsePublishedStopsTheSealer() throws Exception {
        sequence(1);
        Sealer sealer = sealer();
        sealer.seal();
        sequence(2);
        pause();
        executeAsSequencer("insert into checkpoint (size, note) values (2, 'x')");
        assertThatThrownBy(sealer::seal).hasMessageContaining("newest checkpoint in the database is not the one");
    }

    @Test
    void treesOfAnySizeAreStoredAsTheirTiles() throws Exception {
        sequence(70_000);
        sealAll(sealer(), 70_000);
        checkAll();
        assertThat(number("select count(*) from tile where level = 0")).isEqualTo(273);
        assertThat(number("select count(*) from tile where level = 1")).isEqualTo(1);
        assertThat(number("select length(hashes) / 32 from tree_edge where level = 0"))
                .isEqualTo(112);
        assertThat(number("select length(hashes) / 32 from tree_edge where level = 1"))
                .isEqualTo(17);
        assertThat(number("select length(hashes) / 32 from tree_edge where level = 2"))
                .isEqualTo(1);
        LogReader reader = new LogReader(pool);
        assertThat(reader.tree(70_000).root()).isEqualTo(rootOf(70_000));
        assertThat(reader.tree(256).root()).isEqualTo(rootOf(256));
    }

    // --- what must not be served

    @Test
    void aDatabaseThatIsBehindIsRefused() throws Exception {
        sequence(2);
        sealAll(sealer(), 2);
        // as the last signed state and journal of a ledger that had gone on
        keepFilesOf(5);
        refused("The database is behind: it holds 2 entries, but a checkpoint of 5 entries was signed.");
    }

    @Test
    void aDatabaseWithOtherEntriesIsRefused() throws Exception {
        sequence(5);
        keepFilesOf(4);
        refused("The database is different from what was signed: the root over its first 4 entries is not the one in"
                + " the last signed state.");
    }

    @Test
    void aJournalThatIsBehindIsRefused() throws Exception {
        sequence(2);
        sealAll(sealer(), 2);
        byte[] before = Files.readAllBytes(log.files().journalFile());
        sequence(1);
        sealAll(sealer(), 3);
        sequence(1);
        sealAll(sealer(), 4);
        Files.write(log.files().journalFile(), before);
        refused(
                "The checkpoint journal is behind: it ends with a checkpoint of 2 entries, but one of 4 was published.");
    }

    @Test
    void aLastSignedStateThatIsBehindIsRefused() throws Exception {
        sequence(2);
        sealAll(sealer(), 2);
        byte[] before = Files.readAllBytes(log.files().lastSignedFile());
        sequence(1);
        sealAll(sealer(), 3);
        Files.write(log.files().lastSignedFile(), before);
        refused("The last signed state is behind: it knows 2 entries, the checkpoint journal 3.");
    }

    @Test
    void publishedCheckpointsThatAreNotThoseOfTheJournalAreRefused() throws Exception {
        for (int size = 1; size <= 3; size++) {
            sequence(1);
            sealAll(sealer(), size);
        }
        asOwner("delete from checkpoint where size > 1");
        refused("The checkpoints in the database are not those of the checkpoint journal: the newest in the database"
                + " covers 1 entries, the newest in the journal 3.");
    }

    @Test
    void aJournalOrKeyOfAnotherLedgerIsRefused() throws Exception {
        sequence(1);
        sealAll(sealer(), 1);
        TestLog other = TestLog.in(TestLog.directory());
        Files.copy(other.files().keyFile(), log.files().keyFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        log = new TestLog(log.files(), LogIdentity.open(log.files(), false, null));
        refused("The checkpoint journal ends with a checkpoint that none of this log's keys signed under its origin.");
    }

    @Test
    void aDamagedJournalOrLastSignedStateIsRefused() throws Exception {
        sequence(1);
        sealAll(sealer(), 1);
        byte[] journal = Files.readAllBytes(log.files().journalFile());
        Files.writeString(log.files().journalFile(), "{\"signedAt\":1}\nnonsense\n");
        refused("is damaged");
        Files.write(log.files().journalFile(), journal);
        Files.writeString(log.files().lastSignedFile(), "test.invalid/ledger\n1\n");
        refused("The last signed state in");
    }

    @Test
    void aDamagedEdgeOfTheTreeIsRefused() throws Exception {
        sequence(300);
        sealAll(sealer(), 300);
        asOwner("update tree_edge set number = 2 where level = 0");
        refused("The tree in the database is damaged: the levels of the edge of the tree do not fit together.");
        asOwner("delete from tree_edge");
        refused("the edge of the tree is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key.pem", "key.pem.last-signed", "checkpoints.jsonl"})
    void aMissingFileIsNeverMadeAnewForALedgerWithEvents(String name) throws Exception {
        Path file = log.files().keyFile().resolveSibling(name);
        Files.delete(file);
        assertThatThrownBy(() -> LogIdentity.open(log.files(), false, null))
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining("is missing: the database holds events, but there is no " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void theOriginIsFixedAtCreation() {
        assertThatThrownBy(() -> LogIdentity.open(log.files(), false, "other.example/log"))
                .isInstanceOf(LogRefused.class)
                .hasMessageContaining(
                        "this log was created as " + log.identity().origin());
        for (String unusable : List.of("", "a b", "a+b", "é", "x".repeat(201))) {
            assertThatThrownBy(() -> LogIdentity.open(log.files(), false, unusable))
                    .hasMessageContaining("ledger.log.origin is not usable");
        }
    }

    @Test
    void creationThatWasInterruptedIsFinished() throws Exception {
        for (String missing : List.of("key.pem.last-signed", "checkpoints.jsonl")) {
            TestLog begun = TestLog.in(TestLog.directory());
            Files.delete(begun.files().journalFile());
            Files.deleteIfExists(begun.files().keyFile().resolveSibling(missing));
            LogIdentity finished = LogIdentity.open(begun.files(), true, null);
            assertThat(finished.firstKey().publicKey())
                    .isEqualTo(begun.identity().firstKey().publicKey());
            assertThat(begun.files().journalFile()).exists();
        }
    }

    @Test
    void filesOfTheLogAreForTheirOwnerOnly() throws IOException {
        for (Path file : List.of(
                log.files().keyFile(), log.files().lastSignedFile(), log.files().journalFile())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    private void refused(String sentence) {
        sealers.forEach(Sealer::close);
        Sealer restarted = sealer();
        assertThatThrownBy(restarted::open).isInstanceOf(LogRefused.class).hasMessageContaining(sentence);
        assertThatThrownBy(restarted::seal).isInstanceOf(LogRefused.class);
    }

    /** Has another ledger under the same key and origin sign so many entries, into the files of this one. */
    private void keepFilesOf(int entries) throws Exception {
        sealers.forEach(Sealer::close);
        Database other = TestDatabase.migrated();
        try (HikariDataSource otherPool = Pools.openSequencing(other.sequencer());
                Connection otherWriter = other.app().connect()) {
            List<String> kept = Files.readAllLines(log.files().journalFile());
            new SigningGuard(log.files().lastSignedFile(), DurableWrites.DISK)
                    .create(log.identity().origin());
            Files.writeString(log.files().journalFile(), kept.getFirst() + "\n");
            EventRows.append(otherWriter, List.of(new Aggregate("other")), entries);
            EventRows.sequence(otherPool);
            try (Sealer signsThere = sealer(otherPool, DurableWrites.DISK)) {
                assertThat(signsThere.seal()).isEqualTo(entries);
            }
        }
    }

    private Sealer sealer() {
        return sealer(pool, DurableWrites.DISK);
    }

    /** As after a restart: what was there before is gone. */
    private Sealer sealer(DataSource dataSource, DurableWrites writes) {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        Sealer sealer = new Sealer(
                dataSource,
                log.identity(),
                TestLedger.AUTHENTICITY,
                log.files(),
                clock,
                this::nanoTime,
                PUBLIC_INTERVAL,
                writes);
        sealers.add(sealer);
        return sealer;
    }

    /** As much goes by as on the clock, unless a test puts the clock right or wrong. */
    private long nanoTime() {
        return Duration.between(START, now).plus(clockWasPut).toNanos();
    }

    /** Without any time going by. */
    private void putClock(Duration by) {
        now = now.plus(by);
        clockWasPut = clockWasPut.minus(by);
    }

    private void executeAsSequencer(String sql) throws SQLException {
        try (Connection connection = database.sequencer().connect()) {
            EventRows.execute(connection, sql);
        }
    }

    private static boolean fails(Sealer sealer) {
        try (sealer) {
            sealer.seal();
            return false;
        } catch (SQLException | Damaged | NotYet e) {
            return true;
        }
    }

    private void pause() {
        now = now.plusMillis(PACE_MS);
    }

    /** Seals as far as it goes, and lets go. */
    private void sealAll(Sealer sealer, long entries) throws Exception {
        for (int tries = 0; sealer.seal() < entries; tries++) {
            assertThat(tries).isLessThan(100);
            // the server may not have seen yet that a connection broke which held the lock
            Await.pause(tries * 5L);
            pause();
        }
        sealer.seal();
        sealer.close();
    }

    private void sequence(int events) throws SQLException {
        aggregates++;
        EventRows.append(writer, List.of(new Aggregate("a" + aggregates)), events);
        EventRows.sequence(pool);
    }

    private void sequenceEdition(String id, String type) throws SQLException {
        EventRows.appendNamed(writer, id, type);
        EventRows.sequence(pool);
    }

    private Instant publicSince() throws SQLException {
        return Instant.ofEpochSecond(number("select extract(epoch from since)::bigint from public_checkpoint"));
    }

    private long entries() throws SQLException {
        return number("select count(*) from ledger_entry");
    }

    private long publicSize() throws SQLException {
        return number("select size from public_checkpoint");
    }

    private long number(String query) throws SQLException {
        try (PreparedStatement statement = writer.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void asOwner(String change) throws SQLException {
        try (Connection owner = database.owner().connect()) {
            for (String table : List.of("event", "ledger_entry", "tile", "checkpoint")) {
                EventRows.execute(owner, "alter table " + table + " disable trigger user");
            }
            EventRows.execute(owner, change);
        }
    }

    private LogVerifier verifier() {
        return new LogVerifier(log.identity().origin(), List.of(log.identity().firstKey()));
    }

    private List<Journal.Line> lines() throws IOException {
        List<Journal.Line> lines = new ArrayList<>();
        new Journal(log.files().journalFile()).read(lines::add);
        return lines;
    }

    private Map<Long, byte[]> published() throws SQLException {
        Map<Long, byte[]> notes = new TreeMap<>();
        try (PreparedStatement statement = writer.prepareStatement("select size, note from checkpoint");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                notes.put(row.getLong(1), row.getBytes(2));
            }
        }
        return notes;
    }

    /** The root over the first entries, from their bytes. */
    private byte[] rootOf(long size) throws SQLException {
        return Objects.requireNonNull(rootsOf(Set.of(size)).get(size));
    }

    /** Roots by size. */
    private Map<Long, byte[]> rootsOf(Set<Long> sizes) throws SQLException {
        Map<Long, byte[]> roots = new HashMap<>();
        CompactRange tree = new CompactRange();
        try (PreparedStatement statement =
                        writer.prepareStatement("select leaf_bytes from ledger_entry order by position");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tree.append(TreeHash.ofLeaf(row.getBytes(1)));
                if (sizes.contains(tree.size())) {
                    roots.put(tree.size(), tree.root());
                }
            }
        }
        assertThat(roots.keySet()).isEqualTo(sizes);
        return roots;
    }

    /** To open one takes a while, and most are looked at again and again. */
    private Checkpoint opened(byte[] note) {
        return opened.computeIfAbsent(
                ByteBuffer.wrap(note), unknown -> verifier().open(note).orElseThrow());
    }

    /** Each size was signed as one tree, the one of its entries; journal, database and last signed state agree. */
    private void checkAll() throws Exception {
        Map<Long, byte[]> published = published();
        Map<Long, byte[]> recorded = new TreeMap<>();
        Map<Long, byte[]> roots = rootsOf(published.keySet());
        long sizeBefore = 0;
        for (Journal.Line line : lines()) {
            Checkpoint checkpoint = opened(line.note());
            assertThat(checkpoint.size()).isGreaterThanOrEqualTo(sizeBefore);
            sizeBefore = checkpoint.size();
            byte[] other = recorded.put(checkpoint.size(), line.note());
            assertThat(other == null ? line.note() : other).isEqualTo(line.note());
            assertThat(checkpoint.root()).isEqualTo(roots.get(checkpoint.size()));
        }
        assertThat(published.keySet()).isEqualTo(recorded.keySet());
        published.forEach((size, note) -> assertThat(note).isEqualTo(recorded.get(size)));
        assertThat(sizeBefore).isEqualTo(entries());
        assertThat(number("select max(position) + 1 from ledger_entry")).isEqualTo(sizeBefore);
        assertThat(number("select count(*) from event")).isEqualTo(sizeBefore);
        Checkpoint last = Checkpoint.parse(Files.readString(log.files().lastSignedFile(), StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(last.size()).isEqualTo(sizeBefore);
    }
}
