package org.pupilledger.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.pupilledger.bundle.BundleReport;
import org.pupilledger.bundle.BundleVerification;
import org.pupilledger.bundle.Variant;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.organisation.StandardOrganisations;
import org.pupilledger.period.Quarter;
import org.pupilledger.publishing.BundleWriter;

/** An audit bundle verified, beside reading the same entries with a binary cursor and doing nothing with them. */
public final class BundleBenchmark {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final Quarter LAST = Quarter.of(BulkLedger.LAST_MONTH);

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files and the bundle are written */
    public BundleBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        String name = "bench_bundles_" + Long.toHexString(random.nextLong() >>> 1);
        Path file = directory.resolve(name + ".zip");
        BulkLedger bulk =
                BulkLedger.create(cluster, directory.resolve(name), name, entries, StandardOrganisations.profiles());
        HikariDataSource pool = bulk.pool();
        try (PublishingLedger ledger = new PublishingLedger(bulk)) {
            ledger.catchUp();
            ledger.schedule(LAST);
            ledger.release(LAST);
            long started = System.nanoTime();
            long size = write(ledger, file);
            double writing = size / ((System.nanoTime() - started) / NANOS_PER_SECOND);
            List<VerifierKey> keys = BundleVerification.keysIn(file);
            LogVerifier pinned = new LogVerifier(keys.getFirst().name(), keys);
            Rounds measured = new Rounds()
                    .with("raw", () -> ReplayBenchmark.raw(pool, size))
                    .with("verify", () -> verify(file, pinned, size))
                    .run(rounds);
            report.accept(String.format(
                    Locale.ROOT,
                    "audit bundle of %,d entries, %.0f MiB: written at %,.0f entries/s; raw binary cursor: %,.0f"
                            + " entries/s; verified: %,.0f entries/s; verification takes %.2f times the raw read",
                    size,
                    Files.size(file) / MIB,
                    writing,
                    measured.median("raw"),
                    measured.median("verify"),
                    measured.median("raw") / measured.median("verify")));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long write(PublishingLedger ledger, Path file) throws IOException {
        BundleWriter bundles = ledger.bundles();
        BundleWriter.Prepared prepared = bundles.prepare(ledger.edition(LAST), 1, Variant.AUDIT);
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            bundles.write(prepared, to);
        }
        return prepared.head().entries();
    }

    private static double verify(Path file, LogVerifier pinned, long size) {
        long started = System.nanoTime();
        try (BundleVerification verification = new BundleVerification(file, pinned)) {
            BundleReport found = verification.run();
            if (!found.isClean()) {
                throw new IllegalStateException(found.breaks().getFirst().sentence());
            }
        }
        return size / ((System.nanoTime() - started) / NANOS_PER_SECOND);
    }
}
