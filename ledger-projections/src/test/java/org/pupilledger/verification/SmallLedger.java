package org.pupilledger.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.Await;
import org.pupilledger.TestDatabase;
import org.pupilledger.benchmark.GenuineEvents;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.Superuser;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Pools;
import org.pupilledger.tlog.Seal;
import org.pupilledger.tlog.Sequencer;
import org.springframework.jdbc.core.JdbcTemplate;

/** A ledger whose events were written in bulk, sequenced and sealed by what does that in earnest. */
final class SmallLedger implements AutoCloseable {
    /** All that the log vouches for, and what follows from it. */
    static final List<String> TABLES =
            List.of("event", "ledger_entry", "tile", "checkpoint", "tree_edge", "public_checkpoint", "sequencer");

    private static final String ORIGIN = "ledger.example/small";
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);

    private final Path directory =
            Path.of("target", "test-logs", UUID.randomUUID().toString()).toAbsolutePath();
    private final LogFiles files = new LogFiles(directory.resolve("key.pem"), directory.resolve("checkpoints.jsonl"));
    private final Database database = TestDatabase.migrated();
    private final HikariDataSource pool = Pools.open(database.app());
    private final HikariDataSource sequencingPool = Pools.openSequencing(database.sequencer());
    private final Connection superuser;
    private final LogIdentity log;
    private final Authenticity authenticity;
    private long events;
    private long keptEvents;
    private List<String> keptJournal = List.of();

    SmallLedger() throws SQLException {
        this.superuser = Superuser.of(database).connect();
        this.log = LogIdentity.open(files, true, ORIGIN);
        this.authenticity = log.keys().authenticity();
    }

    /** With full tiles, several checkpoints, entries that are not sealed yet, and events that wait. */
    static SmallLedger of600() throws SQLException {
        SmallLedger ledger = new SmallLedger();
        ledger.append(2);
        ledger.seal();
        for (int size : new int[] {100, 256, 300, 512, 580}) {
            ledger.append(size - ledger.events);
            ledger.seal();
        }
        ledger.append(20);
        ledger.sequence();
        ledger.append(3);
        return ledger;
    }

    Database database() {
        return database;
    }

    HikariDataSource pool() {
        return pool;
    }

    HikariDataSource sequencingPool() {
        return sequencingPool;
    }

    Connection superuser() {
        return superuser;
    }

    LogIdentity log() {
        return log;
    }

    LogFiles files() {
        return files;
    }

    Authenticity authenticity() {
        return authenticity;
    }

    Journal journal() {
        return new Journal(files.journalFile());
    }

    LogVerifier verifier() {
        return new LogVerifier(ORIGIN, List.of(log.firstKey()));
    }

    DatabaseVerification verification() {
        return verification(journal());
    }

    DatabaseVerification verification(@Nullable Journal journal) {
        return new DatabaseVerification(pool, verifier(), journal, new EventKeys(authenticity, key -> true))
                .patient(NO_PATIENCE);
    }

    Report verify() {
        return verification().run((done, of, state) -> {});
    }

    /** Appends events; the first two are those of every ledger. */
    void append(long count) throws SQLException {
        try (Connection connection = pool.getConnection();
                GenuineEvents rows = new GenuineEvents(connection, authenticity)) {
            for (long i = 0; i < count; i++) {
                append(rows);
            }
        }
    }

    private void append(GenuineEvents rows) throws SQLException {
        long number = events++;
        if (number == 0) {
            rows.add("ledger", "ledger", 0, new LedgerEvent.Opened(LocalDate.of(2026, 11, 2)));
        } else if (number == 1) {
            rows.add(
                    "ledger",
                    "ledger",
                    1,
                    new LedgerEvent.KeyIntroduced(log.firstKey().toString()));
        } else {
            rows.add(
                    number % 3 == 0 ? "pear" : "apple",
                    "tree-" + number / 2,
                    number % 2,
                    number % 2 == 0 ? "grown" : "fallen",
                    (int) (1 + number % 5),
                    ("{\"colour\":\"gr\u00fcn \\\"bl\u00fchend\\\"\",\"number\":" + number + "}").getBytes(UTF_8));
        }
    }

    /** Gives all events a position, and seals them. */
    void seal() throws SQLException {
        try (Sealer sealer = sealer()) {
            sealer.open();
            sequence(sealer);
        }
    }

    Sealer sealer() {
        return new Sealer(sequencingPool, log, authenticity, files, Clock.systemUTC(), Duration.ofMillis(1));
    }

    /** Gives all events a position. */
    void sequence() {
        sequence(new Seal() {
            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public long seal() {
                return 0;
            }

            @Override
            public @Nullable String standsBy() {
                return null;
            }
        });
    }

    private void sequence(Seal seal) {
        try (Sequencer sequencer = new Sequencer(sequencingPool, authenticity, seal)) {
            sequencer.start();
            Await.until("all are sequenced", () -> sequencer.head() >= events - 1);
            if (seal instanceof Sealer) {
                Await.until("all are sealed", () -> sequencer.sealed() >= events - 1);
            }
        }
    }

    /** As the role that may write checkpoints. */
    JdbcTemplate jdbc() {
        return new JdbcTemplate(sequencingPool);
    }

    /** The checkpoint of a size. */
    byte[] note(long size) {
        byte[] note = jdbc().queryForObject("select note from checkpoint where size = ?", byte[].class, size);
        if (note == null) {
            throw new IllegalStateException("no such checkpoint");
        }
        return note;
    }

    /** Does something as nobody should be able to. */
    void tamper(String... statements) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            for (String sql : statements) {
                statement.execute(sql);
            }
            superuser.commit();
            superuser.setAutoCommit(true);
        } catch (SQLException e) {
            superuser.rollback();
            superuser.setAutoCommit(true);
            throw e;
        }
    }

    /** Keeps everything as it is now, for {@link #restore}. */
    void keep() throws SQLException {
        tamper("create schema kept");
        for (String table : TABLES) {
            tamper("create table kept." + table + " as table public." + table);
        }
        keptEvents = events;
        keptJournal = journalLines();
    }

    /** Makes everything as it was, whatever was done meanwhile. */
    void restore() throws SQLException {
        restore(TABLES);
        events = keptEvents;
        writeJournal(keptJournal);
        try {
            Files.writeString(files.lastSignedFile(), new String(note(580), UTF_8).split("\n\n", -1)[0] + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes some tables as they were. */
    void restore(List<String> tables) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (String table : tables) {
            statements.add("delete from public." + table);
            statements.add("insert into public." + table + " select * from kept." + table);
        }
        tamper(statements.toArray(new String[0]));
    }

    /** The lines of the journal, with the header. */
    List<String> journalLines() {
        try {
            return new ArrayList<>(Files.readAllLines(files.journalFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeJournal(List<String> lines) {
        try {
            Files.writeString(files.journalFile(), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        sequencingPool.close();
        pool.close();
    }
}
