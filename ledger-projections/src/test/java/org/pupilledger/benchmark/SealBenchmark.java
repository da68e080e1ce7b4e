package org.pupilledger.benchmark;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;

/**
 * What sequencing and sealing cost: commands appended per second with all of them sealed, beside the same ledger in which
 * nobody sequences anything. Also with commits that take a millisecond, and beside a transaction that has appended and
 * stays open.
 */
public final class SealBenchmark {
    private static final int CALLERS = 16;

    /** Each commit waits a millisecond for others, as on a slower disk. */
    private static final Map<String, Integer> SLOW_COMMITS = Map.of("commit_delay", 1_000, "commit_siblings", 0);

    private static final String OPEN_APPEND = """
            insert into event
                (event_id, aggregate_id, sequence, aggregate_type, recorded_at, type, revision, payload, metadata)
            values ('open', 'open', 0, 'open', '', '', '1', '', '')
            """;

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;

    /** @param directory where the logs' files are written */
    public SealBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /**
     * @param lives  of requests per caller and measurement
     * @param rounds interleaved; medians are reported
     */
    public void run(int lives, int rounds) throws Exception {
        report.accept(CALLERS + " callers                 appended only/s  appended and sealed/s  ratio");
        measure("as it is", Map.of(), false, lives, rounds);
        measure("commits take 1 ms", SLOW_COMMITS, false, lives, rounds);
        measure("a transaction stays open", Map.of(), true, lives, rounds);
    }

    private void measure(
            String what, Map<String, Integer> parameters, boolean hasOpenTransaction, int lives, int rounds)
            throws Exception {
        try (Contestant sealed = Contestant.open(cluster, "bench_sealed", parameters);
                Contestant appended = Contestant.open(cluster, "bench_appended", parameters);
                SealedLedger ledger = new SealedLedger(sealed, directory.resolve(what.replace(' ', '-')));
                Connection open = sealed.database().app().connect()) {
            open.setAutoCommit(false);
            Commands unsealed = new Commands(
                    new LedgerStore(appended.pool(), authenticity(), authenticity(), false), () -> {}, () -> null);
            Casework casework = new Casework();
            if (hasOpenTransaction) {
                try (Statement statement = open.createStatement()) {
                    statement.execute(OPEN_APPEND);
                }
            }
            // so that the first one measured does not pay for the compiler
            Casework.measure(CALLERS, lives / 2, () -> {}, () -> casework.ledgerLife(unsealed));
            Casework.measure(CALLERS, lives / 2, ledger::catchUp, () -> casework.ledgerLife(ledger.commands()));
            Rounds measured = new Rounds()
                    .with(
                            "appended",
                            () -> Casework.measure(CALLERS, lives, () -> {}, () -> casework.ledgerLife(unsealed)))
                    .with(
                            "sealed",
                            () -> Casework.measure(
                                    CALLERS, lives, ledger::catchUp, () -> casework.ledgerLife(ledger.commands())))
                    .run(rounds);
            open.rollback();
            report.accept(String.format(
                    Locale.ROOT,
                    "%-26s  %15.0f  %21.0f  %5.2f",
                    what,
                    measured.median("appended"),
                    measured.median("sealed"),
                    measured.median("sealed") / measured.median("appended")));
        }
    }

    private static Authenticity authenticity() {
        byte[] key = new byte[Authenticity.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Authenticity(List.of(key));
    }
}
