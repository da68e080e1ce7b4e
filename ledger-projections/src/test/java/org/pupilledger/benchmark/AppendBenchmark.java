package org.pupilledger.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.pupilledger.cluster.EmbeddedCluster;

/**
 * Commands appended per second: through the ledger with everything sealed, through Axon as it comes, and the same rows by
 * plain JDBC, one transaction each.
 */
public final class AppendBenchmark {
    private static final List<Integer> CALLERS = List.of(1, 4, 16);

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;

    /** @param directory where the log's files are written */
    public AppendBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /**
     * @param lives  of requests per caller and measurement
     * @param rounds interleaved; medians are reported
     */
    public void run(int lives, int rounds) throws Exception {
        report.accept("callers  plain JDBC/s  stock Axon/s  ledger/s  ledger:plain  ledger:stock");
        try (Contestant ledger = Contestant.open(cluster, "bench_ledger", Map.of());
                Contestant stock = Contestant.open(cluster, "bench_stock", Map.of());
                Contestant plain = Contestant.open(cluster, "bench_plain", Map.of());
                SealedLedger sealed = new SealedLedger(ledger, directory)) {
            StockAxon axon = new StockAxon(stock.pool());
            Casework casework = new Casework();
            for (int callers : CALLERS) {
                Rounds measured = new Rounds()
                        .with(
                                "plain",
                                () -> Casework.measure(
                                        callers, lives, () -> {}, () -> casework.plainLife(plain.pool())))
                        .with("stock", () -> Casework.measure(callers, lives, () -> {}, () -> casework.axonLife(axon)))
                        .with(
                                "ledger",
                                () -> Casework.measure(
                                        callers, lives, sealed::catchUp, () -> casework.ledgerLife(sealed.commands())))
                        .run(rounds);
                double us = measured.median("ledger");
                report.accept(String.format(
                        Locale.ROOT,
                        "%7d  %12.0f  %12.0f  %8.0f  %12.2f  %12.2f",
                        callers,
                        measured.median("plain"),
                        measured.median("stock"),
                        us,
                        us / measured.median("plain"),
                        us / measured.median("stock")));
            }
            report.accept("ledger: all " + ledger.count("event") + " events sealed, positions 0 to "
                    + (ledger.count("ledger_entry") - 1));
        }
    }
}
