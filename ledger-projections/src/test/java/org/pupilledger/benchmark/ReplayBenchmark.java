package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.postgresql.PGStatement;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Totals;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Replays;
import org.pupilledger.node.Storage;
import org.pupilledger.replay.Replay;
import org.pupilledger.replay.ReplayListener;
import org.pupilledger.replay.Until;
import org.pupilledger.totals.FiguresReader;

/**
 * The ledger as it was: a full replay, which also hashes each entry and compares the root with what was signed, beside reading the
 * same rows with a binary cursor and doing nothing with them; and as at random positions, from snapshots.
 */
public final class ReplayBenchmark {
    private static final int FETCH = 2_000;
    private static final long MIB = 1 << 20;
    private static final int POSITIONS = 200;
    private static final int WARM_UP = 50;
    private static final double NANOS_PER_MS = 1e6;

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files are written */
    public ReplayBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        String name = "bench_replay_" + Long.toHexString(random.nextLong() >>> 1);
        try (BulkLedger ledger = BulkLedger.create(cluster, directory.resolve(name), name, entries)) {
            HikariDataSource pool = ledger.pool();
            long written = ledger.entries();
            Storage storage = ledger.storage();
            FiguresReader figures = Registers.of(storage, Clock.systemUTC()).figures();
            Replays replays = Replays.of(
                    storage,
                    ledger.authenticity(),
                    ledger.verifier(),
                    figures,
                    Publications.of(storage, figures).sheets(),
                    Clock.systemUTC(),
                    directory.resolve("self-check.json"));
            Replay replay = replays.replay();
            Rounds measured = new Rounds()
                    .with("raw", () -> raw(pool, written))
                    .with("fold", () -> rate(written, () -> figures.fold(written - 1)))
                    .with(
                            "replay",
                            () -> rate(
                                    written,
                                    () -> replay.full(new Until.Position(written - 1), ReplayListener.NONE)
                                            .totals()))
                    .run(rounds);
            report.accept(String.format(
                            Locale.ROOT,
                            "raw binary cursor: %,.0f entries/s; folded: %,.0f entries/s; replayed and verified: %,.0f entries/s;",
                            measured.median("raw"),
                            measured.median("fold"),
                            measured.median("replay"))
                    + String.format(Locale.ROOT, " ratio %.2f", measured.median("replay") / measured.median("raw")));
            replays.upkeep().run(ReplayListener.NONE);
            reportNearest(replay, written);
            report.accept(String.format(
                    Locale.ROOT, "heap limit %,d MiB", Runtime.getRuntime().maxMemory() / MIB));
        }
    }

    /** Entries per second, of all entries read with a binary cursor. */
    static double raw(HikariDataSource pool, long entries) throws SQLException {
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

    private static double rate(long entries, Supplier<Totals> fold) {
        long started = System.nanoTime();
        Totals totals = fold.get();
        double rate = entries / ((System.nanoTime() - started) / 1e9);
        long requests = totals.months().values().stream()
                .mapToLong(tally -> tally.get(Measure.REQUESTS_RECEIVED))
                .sum();
        if (requests != (entries - BulkLedger.FIRST_EVENTS) / BulkLedger.EVENTS_PER_REQUEST) {
            throw new IllegalStateException("the totals do not add up");
        }
        return rate;
    }

    /** One random position after the other, as a caller of the figures asks for it. */
    private void reportNearest(Replay replay, long entries) {
        double[] ms = new double[POSITIONS];
        for (int i = -WARM_UP; i < POSITIONS; i++) {
            long position = (long) (random.nextDouble() * entries);
            long started = System.nanoTime();
            if (replay.nearest(new Until.Position(position)).position() != position) {
                throw new IllegalStateException("another position");
            }
            if (i >= 0) {
                ms[i] = (System.nanoTime() - started) / NANOS_PER_MS;
            }
        }
        Arrays.sort(ms);
        report.accept(String.format(
                Locale.ROOT,
                "as at %,d random positions, from snapshots: median %.1f ms, 99th percentile %.1f ms",
                POSITIONS,
                ms[POSITIONS / 2],
                ms[POSITIONS * 99 / 100]));
    }
}
