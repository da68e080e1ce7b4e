package org.pupilledger.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Leaf;
import org.pupilledger.seal.Journal;
import org.pupilledger.tlog.EventRow;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.VerificationStopped;

/** What takes more than one table: histories rewritten, put back or cut, keys, and runs that go on where others ended. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseVerificationTest {
    private SmallLedger ledger;

    @BeforeAll
    void build() throws SQLException {
        ledger = SmallLedger.of600();
        ledger.keep();
    }

    @AfterEach
    void restore() throws SQLException {
        ledger.restore();
    }

    @AfterAll
    void close() throws SQLException {
        ledger.close();
    }

    private void assertFirst(Report report, Kind kind, long position, String sentence) {
        assertThat(report.breaks()).isNotEmpty();
        Break first = report.breaks().getFirst();
        assertThat(first.kind() + " at " + first.position())
                .as(report.breaks().toString())
                .isEqualTo(kind + " at " + position);
        assertThat(first.sentence()).contains(sentence);
    }

    /** Gives an entry another payload, and everything that follows from it in the database. */
    private void rewrite(long position) throws SQLException {
        String payload = "{\"colour\":\"red\"}";
        ledger.tamper("update event set payload = '" + payload + "'::bytea where global_index ="
                + " (select global_index from ledger_entry where position = " + position + ")");
        byte[] leaf = leafOf(position);
        String hash = HexFormat.of().formatHex(TreeHash.ofLeaf(leaf));
        ledger.tamper("update ledger_entry set leaf_bytes = '\\x"
                + HexFormat.of().formatHex(leaf) + "', leaf_hash = '\\x" + hash + "' where position = " + position);
        GrowingTree tree = new GrowingTree((level, number, hashes) -> {
            try {
                ledger.tamper("update tile set hashes = '\\x" + HexFormat.of().formatHex(hashes) + "' where level = "
                        + level + " and number = " + number);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        ledger.jdbc()
                .queryForList("select leaf_hash from ledger_entry order by position", byte[].class)
                .forEach(tree::append);
        for (int level = 0; level < 2; level++) {
            ledger.tamper("update tree_edge set hashes = '\\x" + HexFormat.of().formatHex(tree.partial(level))
                    + "' where level = " + level);
        }
    }

    private byte[] leafOf(long position) {
        List<byte[]> leaf = ledger.jdbc()
                .query(
                        "select " + EventRow.COLUMNS + " from event e join ledger_entry l using (global_index)"
                                + " where position = ?",
                        (row, number) -> Leaf.bytesOf(EventRow.stored(row, 1)),
                        position);
        return leaf.getFirst();
    }

    @Test
    void aHistoryRewrittenEverywhereInTheDatabaseContradictsTheSignature() throws SQLException {
        rewrite(270);

        assertFirst(ledger.verify(), Kind.FORGED, 256, "from position 256 to position 299");
        assertFirst(
                ledger.verification(null).run((done, of, state) -> {}),
                Kind.FORGED,
                256,
                "from position 256 to position 299");
    }

    @Test
    void anUnsealedEntryRewrittenIsNotGenuine() throws SQLException {
        rewrite(590);

        assertFirst(ledger.verify(), Kind.FORGED, 590, "holds this ledger's key");
    }

    @Test
    void withoutTheKeyEventsThatWaitAreOnlyCounted() throws SQLException {
        ledger.tamper("update event set payload = '{}' where global_index = (select max(global_index) from event)");

        assertFirst(ledger.verify(), Kind.FORGED, 600, "waits for position 600");
        assertThat(new DatabaseVerification(ledger.pool(), ledger.verifier(), ledger.journal(), null)
                        .run((done, of, state) -> {}))
                .isEqualTo(new Report(600, 580, 3, true, 600, List.of(), List.of()));
    }

    @Test
    void anOldCheckpointProvesAHistoryThatWasSignedAnew() throws SQLException {
        byte[] old = ledger.note(300);
        rewrite(270);
        // by whoever has the key: as if nothing had been signed before
        ledger.tamper("delete from checkpoint where size >= 300", "update public_checkpoint set size = 256");
        DatabaseVerification verification = ledger.verification(null).holding(List.of(ledger.note(256), old));

        assertFirst(verification.run((done, of, state) -> {}), Kind.FORGED, 256, "which was given");
    }

    @Test
    void oldCheckpointsOfTheSameHistoryAgree() {
        Report report = ledger.verification()
                .holding(List.of(ledger.note(300), ledger.note(2), ledger.note(580)))
                .run((done, of, state) -> {});

        assertThat(report.breaks()).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherLogIsNoneThatCounts() {
        byte[] foreign = new String(ledger.note(300), StandardCharsets.UTF_8)
                .replace("ledger.example/small", "ledger.example/other")
                .getBytes(StandardCharsets.UTF_8);

        assertFirst(
                ledger.verification().holding(List.of(foreign)).run((done, of, state) -> {}),
                Kind.FORGED,
                299,
                "that was given");
        assertFirst(
                ledger.verification().holding(List.of(new byte[] {1})).run((done, of, state) -> {}),
                Kind.FORGED,
                0,
                "that was given");
    }

    @Test
    void anOlderStateThatWasPutBackIsBehindTheJournalAndBehindAnOldCheckpoint() throws SQLException {
        byte[] newest = ledger.note(580);
        ledger.tamper(
                "delete from event e where not exists (select from ledger_entry l where l.global_index = e.global_index"
                        + " and l.position < 256)",
                "delete from ledger_entry where position >= 256",
                "delete from checkpoint where size > 256",
                "update public_checkpoint set size = 256",
                "delete from tile where number > 0",
                "update tree_edge set number = 1, hashes = '' where level = 0",
                "update tree_edge set hashes = substr(hashes, 1, 32) where level = 1");

        assertFirst(ledger.verify(), Kind.ROLLED_BACK, 256, "ends before position 256");
        // without journal: an older state, and nothing says so
        assertThat(ledger.verification(null).run((done, of, state) -> {}))
                .isEqualTo(new Report(256, 256, 0, false, List.of()));
        assertFirst(
                ledger.verification(null).holding(List.of(newest)).run((done, of, state) -> {}),
                Kind.ROLLED_BACK,
                256,
                "was given");
    }

    @Test
    void aJournalThatWasCutIsBehindTheDatabase() {
        List<String> lines = ledger.journalLines();
        ledger.writeJournal(lines.subList(0, 4));

        assertFirst(ledger.verify(), Kind.ROLLED_BACK, 256, "journal ends before position 256");
    }

    @Test
    void aLineThatWasTakenOutOfTheJournalIsMissed() {
        List<String> lines = ledger.journalLines();
        lines.remove(4);
        ledger.writeJournal(lines);

        assertFirst(ledger.verify(), Kind.MISSING, 299, "journal has no line");
    }

    @Test
    void linesOfTheJournalThatAreChangedOrSwappedAreFound() {
        List<String> lines = ledger.journalLines();

        List<String> changed = new ArrayList<>(lines);
        changed.set(4, lines.get(4).replace("\\n300\\n", "\\n301\\n"));
        ledger.writeJournal(changed);
        assertFirst(ledger.verify(), Kind.MISSING, 299, "journal has no line");

        List<String> unsigned = new ArrayList<>(lines);
        // one letter of the signature, for another than there is
        String signature = "small ([A-Za-z0-9+/]{9})";
        String forged = lines.get(4).replaceFirst(signature + ".", "small $1A");
        unsigned.set(4, forged.equals(lines.get(4)) ? forged.replaceFirst(signature + "A", "small $1B") : forged);
        ledger.writeJournal(unsigned);
        assertFirst(ledger.verify(), Kind.FORGED, 299, "journal");

        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, 3, 4);
        ledger.writeJournal(swapped);
        assertFirst(ledger.verify(), Kind.MISSING, 255, "journal");

        List<String> garbled = new ArrayList<>(lines);
        garbled.set(4, "{}");
        ledger.writeJournal(garbled);
        assertFirst(ledger.verify(), Kind.CHANGED, 255, "journal");
    }

    @Test
    void aJournalThatIsGoneIsMissing() throws Exception {
        Files.delete(ledger.files().journalFile());

        assertFirst(ledger.verify(), Kind.MISSING, 0, "journal");
    }

    @Test
    void aKeyOfWhichOnlyTheDatabaseSpeaksCountsForNothing() {
        VerifierKey other =
                VerifierKey.of("ledger.example/small", ledger.log().firstKey().publicKey());
        LogVerifier stranger = new LogVerifier(
                "ledger.example/small",
                List.of(VerifierKey.of(
                        "ledger.example/small",
                        HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))));

        assertThat(other).isEqualTo(ledger.log().firstKey());
        // the log introduces its key, but none that the caller knows vouches for that
        assertFirst(
                new DatabaseVerification(ledger.pool(), stranger, null, null).run((done, of, state) -> {}),
                Kind.FORGED,
                1,
                "not signed");
    }

    @Test
    void manyBreaksAreListedUpToALimitAndTheFirstOneFirst() throws SQLException {
        ledger.tamper("update event set recorded_at = '2026-01-01T00:00:00Z'");

        Report report = ledger.verify();

        assertThat(report.breaks()).hasSize(Report.MAX_BREAKS);
        assertThat(report.breaks().stream().map(Break::position))
                .containsExactly(
                        0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void anEmptyLedgerIsNotBroken() throws SQLException {
        try (SmallLedger empty = new SmallLedger()) {
            assertThat(empty.verify()).isEqualTo(new Report(0, 0, 0, true, List.of()));
        }
    }

    @Test
    void aLedgerRestoredIntoAnotherClusterIsNotBroken() throws SQLException {
        ledger.tamper("update sequencer set cluster = 1, snapshot = '900000000:900000000:'");

        assertThat(ledger.verify().breaks()).isEmpty();
    }

    /** Of what the sequencer keeps to itself: all else only makes it look at more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sequencer set snapshot = '1:1:'",
                "update sequencer set cluster = 1",
                "delete from sequencer"
            })
    void whereTheSequencerBelievesToBeElsewhereNothingIsLost(String statement) throws SQLException {
        ledger.tamper(statement);

        assertThat(ledger.verify()).isEqualTo(new Report(600, 580, 3, true, List.of()));
        ledger.seal();
        assertThat(ledger.verify()).isEqualTo(new Report(603, 603, 0, true, List.of()));
    }

    @Test
    void aSequencerThatBelievesToBeBeyondAllTransactionsIsFoundAndGoesOnAllTheSame() throws SQLException {
        ledger.tamper("update sequencer set snapshot = '900000000:900000000:'");

        assertFirst(ledger.verify(), Kind.CHANGED, 600, "is beyond all transactions that there were");
        ledger.seal();
        assertThat(ledger.verify()).isEqualTo(new Report(603, 603, 0, true, List.of()));
    }

    @Test
    void aSequencerThatWasMadeToPassEventsIsFoundAndDoesNotPassThem() throws SQLException {
        ledger.tamper("update sequencer set snapshot = pg_current_snapshot()");

        Report report = ledger.verify();
        assertThat(report.breaks()).extracting(Break::kind).containsExactly(Kind.INSERTED);
        assertThat(report.breaks().getFirst().sentence()).contains("has no entry though the sequencer has passed it");
        ledger.seal();
        assertThat(ledger.verify()).isEqualTo(new Report(603, 603, 0, true, List.of()));
    }

    @Test
    void aRunGoesOnWhereAnotherOneEnded(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("state.json");
        AtomicReference<@Nullable VerificationState> state = new AtomicReference<>();
        ledger.verification().run((done, of, at) -> state.set(at.get()));
        Objects.requireNonNull(state.get()).save(file);
        ledger.append(400);
        ledger.seal();
        VerificationState loaded = VerificationState.load(file);
        assertThat(loaded.entries()).isEqualTo(600);

        List<Long> looked = new ArrayList<>();
        Report report = ledger.verification().resuming(loaded).run((done, of, at) -> looked.add(done));
        assertThat(report).isEqualTo(new Report(1_003, 1_003, 0, true, List.of()));

        // what is not looked at again
        ledger.tamper("update event set payload = '{}' where global_index ="
                + " (select global_index from ledger_entry where position = 17)");
        assertThat(ledger.verification()
                        .resuming(loaded)
                        .run((done, of, at) -> {})
                        .breaks())
                .isEmpty();
        // what is
        ledger.tamper("update event set payload = '{}' where global_index ="
                + " (select global_index from ledger_entry where position = 700)");
        assertFirst(
                ledger.verification().resuming(loaded).run((done, of, at) -> {}), Kind.CHANGED, 700, "event.payload");
    }

    @Test
    void whatWasFoundBeforeIsStillReportedWhereARunGoesOn(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("state.json");
        ledger.tamper("update event set type = 'x' where global_index ="
                + " (select global_index from ledger_entry where position = 17)");
        AtomicReference<@Nullable VerificationState> state = new AtomicReference<>();
        Report first = ledger.verification().run((done, of, at) -> state.set(at.get()));
        Objects.requireNonNull(state.get()).save(file);

        Report report =
                ledger.verification().resuming(VerificationState.load(file)).run((done, of, at) -> {});

        assertThat(report).isEqualTo(first);
        assertFirst(report, Kind.CHANGED, 17, "event.type");
    }

    @Test
    void aStateOfAnotherHistoryIsNotBelieved() throws SQLException {
        AtomicReference<@Nullable VerificationState> state = new AtomicReference<>();
        ledger.verification().run((done, of, at) -> state.set(at.get()));
        rewrite(270);
        VerificationState begun = Objects.requireNonNull(state.get());

        assertFirst(ledger.verification().resuming(begun).run((done, of, at) -> {}), Kind.FORGED, 256, "position 256");
    }

    @Test
    void aFileThatHoldsNoStateIsRefused(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("state.json");
        for (String content : List.of(
                "",
                "{}",
                "[]",
                "{\"format\":\"pupil-ledger-verification/1\"}",
                "{\"format\":\"pupil-ledger-verification/1\",\"entries\":3,\"shift\":0,\"events\":3,\"agreed\":0,"
                        + "\"tree\":[],\"breaks\":[]}",
                "{\"format\":\"pupil-ledger-verification/2\",\"entries\":0,\"shift\":0,\"events\":0,\"agreed\":0,"
                        + "\"tree\":[],\"breaks\":[]}")) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> VerificationState.load(file)).as(content).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterruptEndsARun() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ledger.verify()).isInstanceOf(VerificationStopped.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ledger.pool().getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void aCheckpointThatIsOnlyInTheJournalYetIsWaitedFor() throws SQLException {
        ledger.tamper(
                "create temporary table later as select * from checkpoint where size = 580",
                "delete from checkpoint where size = 580");
        Journal journal = ledger.journal();
        Thread publisher = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(300);
                ledger.tamper("insert into checkpoint select * from later");
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        Report report =
                ledger.verification(journal).patient(Duration.ofSeconds(20)).run((done, of, state) -> {});

        assertThat(publisher.isAlive()).isFalse();
        assertThat(report.breaks()).isEmpty();
    }
}
