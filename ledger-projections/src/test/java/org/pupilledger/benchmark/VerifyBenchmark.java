package org.pupilledger.benchmark;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.postgresql.PGStatement;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;
import org.pupilledger.seal.Sealer;
import org.pupilledger.verification.DatabaseVerification;

/**
 * A ledger verified as a whole, beside reading the same rows and columns with a binary cursor and doing nothing with them;
 * and what must not take longer on a larger ledger: a proof, and the checks at start.
 */
public final class VerifyBenchmark {
    private static final int FETCH = 1_000;
    private static final int SMALL = 10_000;
    private static final int PROOFS = 10_000;
    private static final int WARM_UP = 2_000;
    private static final int OPENINGS = 9;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MS = 1e6;
    private static final double MS_PER_SECOND = 1e3;
    private static final String ROWS = """
            select l.position, l.global_index, l.xid::text, l.leaf_bytes, l.leaf_hash, e.xid::text, e.event_id, e.aggregate_id,
                e.sequence, e.aggregate_type, e.recorded_at, e.type, e.revision, e.payload, e.metadata
            from ledger_entry l join event e on e.global_index = l.global_index order by l.position
            """;

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files are written */
    public VerifyBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        try (BulkLedger small = create(SMALL);
                BulkLedger ledger = create(entries)) {
            Rounds measured = new Rounds()
                    .with("raw", () -> raw(ledger))
                    .with("verify", () -> verify(ledger))
                    .run(rounds);
            report.accept(String.format(
                    Locale.ROOT,
                    "raw binary cursor over entries and events: %,.0f entries/s; verified: %,.0f entries/s; ratio %.2f",
                    measured.median("raw"),
                    measured.median("verify"),
                    measured.median("verify") / measured.median("raw")));
            reportProofs(ledger);
            Rounds openings = new Rounds()
                    .with("small", () -> openingsPerSecond(small))
                    .with("large", () -> openingsPerSecond(ledger))
                    .run(OPENINGS);
            report.accept(String.format(
                    Locale.ROOT,
                    "checks at start: %.1f ms with %,d entries, %.1f ms with %,d",
                    MS_PER_SECOND / openings.median("large"),
                    ledger.entries(),
                    MS_PER_SECOND / openings.median("small"),
                    small.entries()));
        }
    }

    private BulkLedger create(int entries) throws SQLException, InterruptedException {
        String name = "bench_verify_" + Long.toHexString(random.nextLong() >>> 1);
        return BulkLedger.create(cluster, directory.resolve(name), name, entries);
    }

    private static double raw(BulkLedger ledger) throws SQLException {
        long started = System.nanoTime();
        long rows = 0;
        long bytes = 0;
        try (Connection connection = ledger.pool().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement settings = connection.createStatement()) {
                // as the verification has it: in order of position without sorting
                settings.execute("set local enable_hashjoin = off");
                settings.execute("set local enable_mergejoin = off");
                settings.execute("set local enable_sort = off");
                settings.execute("set local jit = off");
                settings.execute("set local max_parallel_workers_per_gather = 0");
            }
            try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
                statement.setFetchSize(FETCH);
                statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        bytes += row.getLong(1) + row.getLong(2) + row.getLong(9);
                        for (int column : new int[] {3, 6, 7, 8, 10, 11, 12, 13}) {
                            bytes += row.getString(column).length();
                        }
                        for (int column : new int[] {4, 5, 14, 15}) {
                            bytes += row.getBytes(column).length;
                        }
                        rows++;
                    }
                }
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        if (rows != ledger.entries() || bytes == 0) {
            throw new IllegalStateException("not everything was read");
        }
        return rows / ((System.nanoTime() - started) / NANOS_PER_SECOND);
    }

    private static double verify(BulkLedger ledger) {
        long started = System.nanoTime();
        Report found = new DatabaseVerification(
                        ledger.pool(),
                        ledger.verifier(),
                        new Journal(ledger.files().journalFile()),
                        new EventKeys(ledger.authenticity(), key -> true))
                .run((done, of, state) -> {});
        double rate = ledger.entries() / ((System.nanoTime() - started) / NANOS_PER_SECOND);
        if (!found.isClean() || found.sealed() != ledger.entries()) {
            throw new IllegalStateException("not verified: " + found);
        }
        return rate;
    }

    /** One random entry after the other, its tiles in memory or not, as it comes. */
    private void reportProofs(BulkLedger ledger) {
        LogReader reader = new LogReader(ledger.pool());
        long size = reader.newest().map(Sealed::size).orElseThrow();
        double[] ms = new double[PROOFS];
        for (int i = -WARM_UP; i < PROOFS; i++) {
            long started = System.nanoTime();
            TileTree tree = reader.tree(size);
            if (tree.inclusionProof((long) (random.nextDouble() * size)).isEmpty()) {
                throw new IllegalStateException("a proof of nothing");
            }
            if (i >= 0) {
                ms[i] = (System.nanoTime() - started) / NANOS_PER_MS;
            }
        }
        Arrays.sort(ms);
        report.accept(String.format(
                Locale.ROOT,
                "inclusion proofs of %,d random entries: median %.3f ms, 99th percentile %.3f ms",
                PROOFS,
                ms[PROOFS / 2],
                ms[PROOFS * 99 / 100]));
    }

    private static double openingsPerSecond(BulkLedger ledger) throws SQLException {
        long started = System.nanoTime();
        try (Sealer sealer = ledger.sealer()) {
            sealer.open();
        }
        return NANOS_PER_SECOND / (System.nanoTime() - started);
    }
}
