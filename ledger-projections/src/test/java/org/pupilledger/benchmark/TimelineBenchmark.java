package org.pupilledger.benchmark;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.register.Timelines;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.seal.LogReader;
import org.pupilledger.timeline.Timeline;
import org.pupilledger.timeline.TimelineView;
import org.springframework.jdbc.core.JdbcTemplate;

/** Timelines of random requests, read, compared with what is sealed and told, beside the same on a small ledger. */
public final class TimelineBenchmark {
    private static final int SMALL = 10_000;
    private static final int TIMELINES = 5_000;
    private static final int WARM_UP = 2_000;
    private static final int LIMIT = 50;
    private static final double NANOS_PER_MS = 1e6;
    private static final double NEARLY_ALL = 0.99;
    private static final String SOME =
            "select aggregate_id from event where aggregate_type = ? and sequence = 0 order by random() limit ?";

    private final EmbeddedCluster cluster;
    private final Path directory;
    private final Consumer<String> report;
    private final SecureRandom random = new SecureRandom();

    /** @param directory where the log's files are written */
    public TimelineBenchmark(EmbeddedCluster cluster, Path directory, Consumer<String> report) {
        this.cluster = cluster;
        this.directory = directory;
        this.report = report;
    }

    /** @param entries at least; a whole number of requests */
    public void run(int entries) throws SQLException, InterruptedException {
        for (int size : new int[] {SMALL, entries}) {
            String name = "bench_timelines_" + Long.toHexString(random.nextLong() >>> 1);
            try (BulkLedger ledger = BulkLedger.create(cluster, directory.resolve(name), name, size)) {
                measure(ledger);
            }
        }
    }

    private void measure(BulkLedger ledger) {
        JdbcTemplate jdbc = new JdbcTemplate(ledger.pool());
        Timelines timelines = new Timelines(jdbc, new LogReader(ledger.pool()));
        List<String> ids = jdbc.query(SOME, (row, number) -> row.getString(1), MatchingRequest.TYPE, TIMELINES);
        for (int i = 0; i < WARM_UP; i++) {
            nanos(timelines, ids.get(i % ids.size()));
        }
        long[] nanos = new long[TIMELINES];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = nanos(timelines, ids.get(ids.size() - 1 - i % ids.size()));
        }
        Arrays.sort(nanos);
        report.accept(String.format(
                Locale.ROOT,
                "timeline of a request with %,d entries: median %.2f ms, 99th percentile %.2f ms",
                ledger.entries(),
                nanos[nanos.length / 2] / NANOS_PER_MS,
                nanos[(int) (nanos.length * NEARLY_ALL)] / NANOS_PER_MS));
    }

    private static long nanos(Timelines timelines, String id) {
        long started = System.nanoTime();
        Timeline timeline = timelines.find(MatchingRequest.TYPE, id, -1, LIMIT).orElseThrow();
        int told = TimelineView.of(timeline, null).items().size();
        long nanos = System.nanoTime() - started;
        if (told != BulkLedger.EVENTS_PER_REQUEST) {
            throw new IllegalStateException("an event is missing");
        }
        return nanos;
    }
}
