package org.pupilledger.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.AUTHENTICITY;
import static org.pupilledger.TestLedger.DWP;
import static org.pupilledger.TestLedger.HOME_OFFICE;
import static org.pupilledger.TestLedger.RECORDER;
import static org.pupilledger.TestLedger.anotherApprover;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.TestLedger;
import org.pupilledger.TestLog;
import org.pupilledger.TestRequests;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.cluster.Database;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.failure.Hindered;
import org.pupilledger.keys.LogKey;
import org.pupilledger.ledger.IntroduceKey;
import org.pupilledger.ledger.OpenLedger;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Storage;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.request.Change;
import org.pupilledger.request.Field;
import org.pupilledger.request.RequestCommand.RecordRequest;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Commands;
import org.pupilledger.store.ContentClaims;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.vault.Actors;
import org.pupilledger.verdict.Break;
import org.pupilledger.verification.DatabaseVerification;
import org.pupilledger.zip.StoredZip;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger goes into a full bundle and comes back from it. */
@Timeout(120)
class RestorationTest {
    /** Base64 digits of the key's id in a signature line, and some more. */
    private static final int SIGNATURE_AFTER_ID = 20;

    private static final long SEED = 20_261_121;
    private static final int REQUESTS = 90;

    /** Everything but what is counted anew, and numbers that mean something in one database only. */
    private static final List<String> FACTS = List.of(
            "select l.position, l.leaf_bytes, l.leaf_hash, e.event_id, e.aggregate_id, e.sequence, e.aggregate_type,"
                    + " e.recorded_at, e.type, e.revision, e.payload, e.metadata"
                    + " from ledger_entry l join event e using (global_index)",
            "select * from tile",
            "select * from tree_edge",
            "select * from checkpoint",
            "select * from public_checkpoint",
            "select * from actor",
            "select * from reference_claim",
            "select * from content_claim",
            "select * from published_file");

    private static final String FIGURES = "select * from monthly_total";

    private static Database original;
    private static TestLedger ledger;

    @TempDir
    private Path directory;

    @BeforeAll
    static void record() {
        original = TestDatabase.migrated();
        ledger = new TestLedger(original);
        ledger.start();
        Commands commands = ledger.commands();
        commands.send(new OpenLedger(LocalDate.of(2026, 1, 1)), RECORDER);
        commands.send(
                new IntroduceKey(TestLog.of(original).identity().firstKey().toString()), RECORDER);
        ledger.registerOrganisations();
        ledger.awaitFolded();
        new Actors(ledger.jdbc(), UUID::randomUUID).idOf("an \"officer\" \u00e9\ud83d\ude00");
        new PublishedFiles(ledger.jdbc()).put("a table\n".getBytes(StandardCharsets.UTF_8));
        new PublishedFiles(ledger.jdbc()).put(new byte[0]);
        live(new Random(SEED));
        ledger.awaitFolded();
        ledger.awaitSealed();
    }

    private static void live(Random random) {
        TestRequests requests = new TestRequests(ledger.organisations());
        for (int i = 0; i < REQUESTS; i++) {
            OrganisationCode organisation = random.nextBoolean() ? DWP : HOME_OFFICE;
            String reference = "2026-" + (1_000_000 + i);
            RecordRequest asked = requests.live(
                    organisation,
                    "2026-0" + (1 + random.nextInt(4)),
                    1 + random.nextInt(9),
                    reference,
                    reference + "1");
            ledger.commands()
                    .send(
                            List.of(new Commands.BulkRequest(asked, ContentClaims.digest(asked), random.nextInt(2))),
                            RECORDER);
            int fate = random.nextInt(5);
            if (fate > 0) {
                ledger.commands().send(requests.approve(asked.id()), APPROVER);
            }
            if (fate > 1) {
                ledger.commands().send(requests.match(asked.id(), 1), RECORDER);
            }
            if (fate == 3) {
                Change change = new Change(
                        Field.REFERENCES,
                        List.of(reference, reference + "1"),
                        List.of(reference + "1", reference + "2"));
                ledger.commands().send(requests.correct(asked.id(), change), anotherApprover());
            }
            if (fate == 4) {
                ledger.commands().send(requests.annul(asked.id()), anotherApprover());
            }
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    private static DataSource source() {
        return Objects.requireNonNull(ledger.jdbc().getDataSource());
    }

    private static byte[] bundle(DataSource dataSource) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Backup backup = Backup.open(dataSource, new EventKeys(AUTHENTICITY, key -> true))) {
            backup.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path bundle() throws IOException {
        return Files.write(directory.resolve("full.zip"), bundle(source()));
    }

    private static LogVerifier pinned() {
        return TestLog.of(original).identity().verifier();
    }

    private static Path key() {
        return TestLog.of(original).files().keyFile();
    }

    private LogFiles files() {
        return new LogFiles(directory.resolve("log/key.pem"), directory.resolve("log/checkpoints.jsonl"));
    }

    private static Restoration.Restored restore(Path bundle, DataSource into, LogFiles files, Path keyFile) {
        try (BackupVerification verification = BackupVerification.open(bundle, pinned(), List.of())) {
            assertThat(verification.run()).isEmpty();
            return new Restoration(verification, files, keyFile).into(into);
        }
    }

    private static List<String> facts(DataSource of) {
        return FACTS.stream().map(query -> rows(of, query)).toList();
    }

    private static String rows(DataSource of, String query) {
        return Objects.requireNonNull(new JdbcTemplate(of)
                .queryForObject(
                        "select count(*) || coalesce(string_agg(t::text, ' ' order by t::text), '') from (" + query
                                + ") t",
                        String.class));
    }

    private static Report verify(DataSource dataSource, LogFiles files) {
        return new DatabaseVerification(
                        dataSource,
                        pinned(),
                        new Journal(files.journalFile()),
                        new EventKeys(AUTHENTICITY, key -> true))
                .lastSigned(LogIdentity.lastSigned(files))
                .run((done, of, state) -> {});
    }

    @Test
    void everythingComesBackAndGoesOn() throws IOException {
        Path bundle = bundle();
        List<String> before = facts(source());
        String figures = rows(source(), FIGURES);
        Checkpoint newest =
                new LogReader(source()).newest().orElseThrow().checkpoint().orElseThrow();
        assertThat(newest.size()).isGreaterThan(256);
        assertThat(before).noneMatch(rows -> rows.startsWith("0"));

        try (HikariDataSource pool = Pools.open(TestDatabase.migrated().owner())) {
            Restoration.Restored restored = restore(bundle, pool, files(), key());

            assertThat(restored.missingKey()).isEmpty();
            assertThat(facts(pool)).isEqualTo(before);
            assertThat(verify(pool, files())).isEqualTo(new Report(newest.size(), newest.size(), 0, true, List.of()));
            assertThat(bundle(pool)).as("a bundle of what was restored").isEqualTo(Files.readAllBytes(bundle));
            assertThat(files().keyFile()).hasSameBinaryContentAs(key());
            assertThat(Files.getPosixFilePermissions(files().keyFile())).hasSize(2);

            goOn(pool, newest, figures);
            assertThat(verify(pool, files()).breaks()).isEmpty();
        }
    }

    /** As a server does that starts on it. */
    private void goOn(HikariDataSource pool, Checkpoint old, String figures) {
        LogIdentity log = LogIdentity.open(files(), false, null);
        Storage storage =
                Storage.of(pool, pool, new LedgerStore(pool, AUTHENTICITY, AUTHENTICITY, false), new LogReader(pool));
        try (Sealer sealer = new Sealer(pool, log, AUTHENTICITY, files(), Clock.systemUTC(), Duration.ofDays(1));
                Sequencer sequencer = new Sequencer(pool, AUTHENTICITY, sealer);
                Processors processors = storage.processors(sequencer, "restored")) {
            sealer.open();
            sequencer.start();
            processors.start();
            Await.until("all is folded again", () -> processors.position() >= old.size() - 1);
            assertThat(rows(pool, FIGURES)).isEqualTo(figures);

            Commands commands = new Commands(storage.events(), sequencer::wake, () -> null);
            TestRequests requests =
                    new TestRequests(Registers.of(storage, Clock.systemUTC()).organisations());
            RecordRequest next = requests.live(DWP, "2026-05", 3, "2026-0000001");
            commands.send(next, RECORDER);
            Await.until("it is sealed", () -> sequencer.sealed() >= old.size());

            LogReader reader = storage.log();
            Checkpoint grown =
                    log.verifier().open(reader.newest().orElseThrow().note()).orElseThrow();
            assertThat(grown.size()).isEqualTo(old.size() + 1);
            assertThat(log.verifier()
                            .isConsistent(old, grown, reader.tree(grown.size()).consistencyProof(old.size())))
                    .isTrue();
            assertThat(new String(reader.entry(old.size(), grown.size()).orElseThrow(), StandardCharsets.UTF_8))
                    .contains(next.id().toString());
        }
    }

    @Test
    void whatIsRecordedAndNotSealedIsCounted() {
        Database database = TestDatabase.migrated();
        try (TestLedger serving = new TestLedger(database)) {
            serving.start();
            serving.commands()
                    .send(
                            new IntroduceKey(
                                    TestLog.of(database).identity().firstKey().toString()),
                            RECORDER);
            serving.registerOrganisations();
            serving.awaitFolded();
            try (Backup waited = Backup.open(serving.store().dataSource(), new EventKeys(AUTHENTICITY, key -> true))) {
                assertThat(waited.head().entries()).isEqualTo(3);
                assertThat(waited.leftOut()).isZero();
            }
        }
        try (TestLedger alone = new TestLedger(database)) {
            alone.commands()
                    .send(new TestRequests(alone.organisations()).live(DWP, "2026-05", 3, "2026-0000002"), RECORDER);
            long before = System.nanoTime();
            try (Backup left = Backup.open(alone.store().dataSource(), new EventKeys(AUTHENTICITY, key -> true))) {
                assertThat(left.head().entries()).isEqualTo(3);
                assertThat(left.leftOut()).isEqualTo(1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("nobody seals, so nobody is waited for")
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aReferenceOfTwoRequestsIsHeldByTheFirst() throws IOException {
        Database database = TestDatabase.migrated();
        try (TestLedger damaged = new TestLedger(database);
                HikariDataSource pool = Pools.open(TestDatabase.migrated().owner())) {
            damaged.start();
            damaged.commands()
                    .send(
                            new IntroduceKey(
                                    TestLog.of(database).identity().firstKey().toString()),
                            RECORDER);
            damaged.registerOrganisations();
            damaged.awaitFolded();
            TestRequests requests = new TestRequests(damaged.organisations());
            RecordRequest first = requests.live(DWP, "2026-05", 3, "2026-0000002");
            damaged.commands().send(first, RECORDER);
            assertThat(damaged.jdbc().update("delete from reference_claim")).isEqualTo(1);
            damaged.commands().send(requests.live(DWP, "2026-05", 4, "2026-0000002"), RECORDER);
            damaged.awaitSealed();

            Path bundle = Files.write(
                    directory.resolve("full.zip"), bundle(damaged.store().dataSource()));
            try (BackupVerification verification = BackupVerification.open(
                    bundle, TestLog.of(database).identity().verifier(), List.of())) {
                assertThat(verification.run()).isEmpty();
                new Restoration(verification, files(), null).into(pool);
            }

            assertThat(new JdbcTemplate(pool).queryForList("select request from reference_claim", String.class))
                    .containsExactly(first.id().toString());
        }
    }

    @Test
    void aFileThatIsTooLargeToBeRestoredIsNotKept() {
        try (HikariDataSource pool = Pools.open(TestDatabase.migrated().owner())) {
            PublishedFiles files = new PublishedFiles(new JdbcTemplate(pool));
            byte[] largest = new byte[PublishedFiles.MAX_BYTES];
            assertThat(files.get(files.put(largest))).hasValue(largest);
            assertThatThrownBy(() -> files.put(new byte[PublishedFiles.MAX_BYTES + 1]))
                    .hasMessageContaining("published_file_bytes_check");
        }
    }

    @Test
    void aLedgerThatIsNotEmptyIsLeftAsItIs() throws IOException {
        Path bundle = bundle();
        List<String> before = facts(source());

        assertThatThrownBy(() -> restore(bundle, source(), files(), key()))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("not empty");
        assertThat(facts(source())).isEqualTo(before);
        assertThat(files().journalFile()).doesNotExist();
        assertThat(files().lastSignedFile()).doesNotExist();
        assertThat(files().keyFile()).doesNotExist();

        LogFiles own = TestLog.of(original).files();
        assertThatThrownBy(() -> restore(bundle, source(), own, key()))
                .isInstanceOf(Hindered.class)
                .hasMessageContaining("a checkpoint journal");
    }

    @Test
    void aKeyThatDoesNotSignTheLogIsRefusedAndOneThatLacksIsNamed() throws IOException {
        Path bundle = bundle();
        Path other = directory.resolve("other.pem");
        LogKey.create(other);
        try (HikariDataSource pool = Pools.open(TestDatabase.migrated().owner())) {
            assertThatThrownBy(() -> restore(bundle, pool, files(), other))
                    .isInstanceOf(Hindered.class)
                    .hasMessageContaining("does not sign this log");
            assertThat(rows(pool, "select * from event")).isEqualTo("0");

            try (BackupVerification verification = BackupVerification.open(bundle, pinned(), List.of())) {
                assertThat(verification.run()).isEmpty();
                assertThat(new Restoration(verification, files(), null)
                                .into(pool)
                                .missingKey())
                        .contains(files().keyFile());
            }
            assertThatThrownBy(() -> LogIdentity.open(files(), false, null)).hasMessageContaining("key is missing");
        }
    }

    @Test
    void whatIsInterruptedIsNeverServed() throws IOException {
        Path bundle = bundle();
        Path half = rewritten(bundle, "actors/000.jsonl", actors -> actors);
        try (HikariDataSource pool = Pools.open(TestDatabase.migrated().owner());
                BackupVerification verification = BackupVerification.open(half, pinned(), List.of())) {
            assertThat(verification.run()).isEmpty();
            // the last but one thing that is written is not what it was any more
            Files.write(half, rewrittenBytes(bundle, "actors/000.jsonl", actors -> new byte[actors.length]));
            assertThatThrownBy(() -> new Restoration(verification, files(), key()).into(pool))
                    .isInstanceOf(Hindered.class);
            assertThat(rows(pool, "select * from event")).isEqualTo("0");
            assertThat(rows(pool, "select * from reference_claim")).isEqualTo("0");
        }
        assertThat(files().journalFile()).doesNotExist();
        assertThat(files().lastSignedFile()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "entries/000.jsonl, CHANGED",
        "metadata/000.jsonl, CHANGED",
        "checkpoints/000.jsonl, FORGED",
        "tile/0/000, CHANGED",
        "checkpoint, FORGED",
        "key, FORGED",
        "bundle.json, CHANGED",
        "README.txt, CHANGED"
    })
    void whateverIsChangedIsFound(String part, Break.Kind kind) throws IOException {
        Path changed = rewritten(bundle(), part, content -> {
            byte[] other = content.clone();
            // in the signature of a note; elsewhere in the middle
            int at = part.startsWith("checkpoint")
                    ? new String(other, StandardCharsets.ISO_8859_1).lastIndexOf(' ') + SIGNATURE_AFTER_ID
                    : other.length / 2;
            // a letter or a digit, so that the form stays what it was
            while (!Character.isLetterOrDigit(other[at]) || other[at] < 0) {
                at++;
            }
            other[at] =
                    (byte) (other[at] == 'a' ? 'b' : other[at] == '1' ? '2' : Character.isDigit(other[at]) ? '1' : 'a');
            return other;
        });

        assertBroken(changed, kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actors/000.jsonl", "claims/000.jsonl", "metadata/000.jsonl"})
    void damageIsFoundAlsoWhereNothingIsSigned(String part) throws IOException {
        Path file = bundle();
        byte[] content = Objects.requireNonNull(parts(file).get(part));
        byte[] bytes = Files.readAllBytes(file);
        // in the last line; texts of ISO 8859-1 have a character for each byte
        int at =
                new String(bytes, StandardCharsets.ISO_8859_1).indexOf(new String(content, StandardCharsets.ISO_8859_1))
                        + content.length
                        - 4;
        bytes[at] = (byte) (bytes[at] == 'x' ? 'y' : 'x');

        assertBroken(Files.write(file, bytes), Break.Kind.CHANGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entries/000.jsonl",
                "metadata/000.jsonl",
                "checkpoints/000.jsonl",
                "actors/000.jsonl",
                "claims/000.jsonl",
                "tile/0/001.p/",
                "published/",
                "checkpoint",
                "key",
                "bundle.json"
            })
    void whateverIsMissingIsFound(String part) throws IOException {
        Path file = bundle();
        Map<String, byte[]> parts = parts(file);
        assertThat(parts.keySet().removeIf(name -> name.startsWith(part))).isTrue();
        write(file, parts);

        try (BackupVerification verification = BackupVerification.open(file, pinned(), List.of())) {
            assertThat(verification.run()).hasSize(1);
            assertThatThrownBy(verification::verified).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatWasPutInIsFound() throws IOException {
        Path file = bundle();
        Map<String, byte[]> parts = parts(file);
        parts.put("published/more", new byte[1]);
        write(file, parts);
        assertBroken(file, Break.Kind.INSERTED);

        assertBroken(
                rewritten(
                        bundle(),
                        "actors/000.jsonl",
                        actors -> (new String(actors, StandardCharsets.UTF_8) + "{\"id\":\"x\",\"name\":\"y\"}\n")
                                .getBytes(StandardCharsets.UTF_8)),
                Break.Kind.CHANGED);
        assertThatThrownBy(() -> BackupVerification.open(Files.write(file, new byte[100]), pinned(), List.of()))
                .isInstanceOf(Bundle.Unreadable.class);
    }

    @Test
    void aCheckpointThatSomebodyHoldsIsNotTakenBack() throws IOException {
        Path file = bundle();
        byte[] first = Objects.requireNonNull(new JdbcTemplate(source())
                .queryForObject("select note from checkpoint order by size limit 1", byte[].class));
        assertThat(held(file, first)).isEmpty();

        TestRequests requests = new TestRequests(ledger.organisations());
        ledger.commands().send(requests.live(DWP, "2026-05", 3, "2026-0000002"), RECORDER);
        ledger.awaitSealed();
        byte[] newer = new LogReader(source()).newest().orElseThrow().note();
        assertThat(held(file, newer)).extracting(Break::kind).containsExactly(Break.Kind.ROLLED_BACK);
        assertThat(held(file, new byte[3])).extracting(Break::kind).containsExactly(Break.Kind.FORGED);
    }

    private static List<Break> held(Path bundle, byte[] note) {
        try (BackupVerification verification = BackupVerification.open(bundle, pinned(), List.of(note))) {
            return verification.run();
        }
    }

    private static void assertBroken(Path bundle, Break.Kind kind) {
        try (BackupVerification verification = BackupVerification.open(bundle, pinned(), List.of())) {
            assertThat(verification.run()).extracting(Break::kind).containsExactly(kind);
            assertThatThrownBy(() ->
                            new Restoration(verification, TestLog.of(original).files(), null))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static Path rewritten(Path bundle, String part, UnaryOperator<byte[]> change) throws IOException {
        return Files.write(bundle.resolveSibling("changed.zip"), rewrittenBytes(bundle, part, change));
    }

    private static byte[] rewrittenBytes(Path bundle, String part, UnaryOperator<byte[]> change) throws IOException {
        Map<String, byte[]> parts = parts(bundle);
        assertThat(parts).containsKey(part);
        parts.computeIfPresent(part, (name, content) -> change.apply(content));
        Path file = bundle.resolveSibling("rewritten.zip");
        write(file, parts);
        return Files.readAllBytes(file);
    }

    private static Map<String, byte[]> parts(Path bundle) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            List<ZipEntry> entries = new ArrayList<>();
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                entries.add(all.nextElement());
            }
            for (ZipEntry entry : entries) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private static void write(Path file, Map<String, byte[]> parts) throws IOException {
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file));
                StoredZip zip = new StoredZip(to)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.put(part.getKey(), part.getValue());
            }
        }
    }
}
