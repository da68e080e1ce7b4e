package org.pupilledger.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Consumer;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.organisation.StandardOrganisations;
import org.pupilledger.period.By;
import org.pupilledger.period.Quarter;
import org.pupilledger.publishing.EditionBuilder.Built;
import org.pupilledger.tables.DocumentOds;

/**
 * Editions of ten years, all of whose quarters but the last are released: that of the last one, and a revision of it,
 * beside the same on a ledger with a tenth of the entries. What is measured is what a preview waits for.
 */
public final class EditionBenchmark {
    private static final int LESS = 10;
    private static final int WARM_UP = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MS_PER_SECOND = 1e3;
    private static final double MIB = 1 << 20;
    private static final Quarter LAST = Quarter.of(BulkLedger.LAST_MONTH);

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files are written */
    public EditionBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries, int rounds) throws Exception {
        try (PublishingLedger small = create(entries / LESS);
                PublishingLedger large = create(entries)) {
            measure("edition", small, large, rounds);
            reportSpreadsheet(large, rounds);
            for (PublishingLedger ledger : new PublishingLedger[] {small, large}) {
                ledger.release(LAST);
                ledger.correct();
                if (ledger.build(LAST).changes().isEmpty()) {
                    throw new IllegalStateException("nothing is revised");
                }
            }
            measure("revision after a correction", small, large, rounds);
        }
    }

    private PublishingLedger create(int entries) throws SQLException, InterruptedException {
        String name = "bench_editions_" + Long.toHexString(random.nextLong() >>> 1);
        PublishingLedger ledger = new PublishingLedger(
                BulkLedger.create(cluster, directory.resolve(name), name, entries, StandardOrganisations.profiles()));
        try {
            publish(ledger);
            return ledger;
        } catch (InterruptedException | RuntimeException e) {
            ledger.close();
            throw e;
        }
    }

    private static void publish(PublishingLedger ledger) throws InterruptedException {
        ledger.catchUp();
        for (Quarter quarter = Quarter.of(BulkLedger.FIRST_MONTH);
                quarter.compareTo(LAST) < 0;
                quarter = Quarter.of(quarter.last().plusMonths(1))) {
            ledger.schedule(quarter);
            ledger.release(quarter);
        }
        ledger.schedule(LAST);
    }

    private void measure(String what, PublishingLedger small, PublishingLedger large, int rounds) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            perSecond(small);
            perSecond(large);
        }
        Rounds measured = new Rounds()
                .with("small", () -> perSecond(small))
                .with("large", () -> perSecond(large))
                .run(rounds);
        report.accept(String.format(
                Locale.ROOT,
                "%s: %.0f ms with %,d entries, %.0f ms with %,d; ratio %.2f; %.0f MiB allocated, and %.0f MiB",
                what,
                MS_PER_SECOND / measured.median("large"),
                large.entries(),
                MS_PER_SECOND / measured.median("small"),
                small.entries(),
                measured.median("small") / measured.median("large"),
                allocated(large) / MIB,
                allocated(small) / MIB));
    }

    private static double perSecond(PublishingLedger ledger) {
        long started = System.nanoTime();
        Built built = ledger.build(LAST);
        double rate = NANOS_PER_SECOND / (System.nanoTime() - started);
        if (built.files().isEmpty()) {
            throw new IllegalStateException("nothing was made");
        }
        return rate;
    }

    /** Bytes; the heap cannot grow by more, however late its garbage is collected. */
    private static long allocated(PublishingLedger ledger) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ledger.build(LAST);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void reportSpreadsheet(PublishingLedger ledger, int rounds) throws Exception {
        FiguresTable figures = FiguresTable.of(
                ledger.totals(), new FiguresQuery(null, null, By.MONTH, null, null, false, false), null, null);
        int[] size = new int[1];
        Rounds measured = new Rounds()
                .with("ods", () -> {
                    long started = System.nanoTime();
                    size[0] = DocumentOds.of(FiguresDocument.of(figures)).length;
                    return NANOS_PER_SECOND / (System.nanoTime() - started);
                })
                .run(rounds);
        report.accept(String.format(
                Locale.ROOT,
                "spreadsheet of ten years by month: %,d rows, %,d bytes, %.0f ms",
                figures.rows().size(),
                size[0],
                MS_PER_SECOND / measured.median("ods")));
    }
}
