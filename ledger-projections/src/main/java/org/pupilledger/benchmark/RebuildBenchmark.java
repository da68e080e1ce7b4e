package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.postgresql.PGStatement;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.tlog.Entries;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.Measure;
import org.pupilledger.totals.Totals;
import org.springframework.jdbc.core.JdbcTemplate;

/** Totals rebuilt from all entries, beside reading the same rows with a binary cursor and doing nothing with them. */
public final class RebuildBenchmark {
    private static final int FETCH = 2_000;
    private static final long MIB = 1 << 20;

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files are written */
    public RebuildBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        String name = "bench_rebuild_" + Long.toHexString(random.nextLong() >>> 1);
        try (BulkLedger ledger = BulkLedger.create(cluster, directory.resolve(name), name, entries)) {
            HikariDataSource pool = ledger.pool();
            long written = ledger.entries();
            FiguresReader figures = new FiguresReader(new JdbcTemplate(pool), new Entries(pool));
            Rounds measured = new Rounds()
                    .with("raw", () -> raw(pool, written))
                    .with("rebuild", () -> rebuild(figures, written))
                    .run(rounds);
            report.accept("raw binary cursor: %,.0f entries/s; totals rebuilt: %,.0f entries/s; ratio %.2f"
                    .formatted(
                            measured.median("raw"),
                            measured.median("rebuild"),
                            measured.median("rebuild") / measured.median("raw")));
            report.accept("heap limit %,d MiB".formatted(Runtime.getRuntime().maxMemory() / MIB));
        }
    }

    private static double raw(HikariDataSource pool, long entries) throws SQLException {
        long started = System.nanoTime();
        long bytes = 0;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select position, leaf_bytes from ledger_entry where position between 0 and ? order by position")) {
                statement.setLong(1, Long.MAX_VALUE);
                statement.setFetchSize(FETCH);
                statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        bytes += row.getLong(1) + row.getBytes(2).length;
                    }
                }
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        if (bytes == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return entries / ((System.nanoTime() - started) / 1e9);
    }

    private static double rebuild(FiguresReader figures, long entries) {
        long started = System.nanoTime();
        Totals totals = figures.fold(entries - 1);
        double rate = entries / ((System.nanoTime() - started) / 1e9);
        long requests = totals.months().values().stream()
                .mapToLong(tally -> tally.get(Measure.REQUESTS_RECEIVED))
                .sum();
        if (requests != (entries - BulkLedger.FIRST_EVENTS) / BulkLedger.EVENTS_PER_REQUEST) {
            throw new IllegalStateException("the totals do not add up");
        }
        return rate;
    }
}
