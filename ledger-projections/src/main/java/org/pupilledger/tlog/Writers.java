package org.pupilledger.tlog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Transactions, of whichever program, that have begun to write events and have not ended. Each delays its own events and
 * no others. Since when they run is not shown to other roles of the database, so it is counted from when they were first
 * seen here: look often.
 */
public final class Writers {
    /** A writer at least as old is stalled: an append takes milliseconds, the largest part of an import a second or two. */
    public static final Duration STALLED = Duration.ofSeconds(10);

    private static final double MS_PER_SECOND = 1_000;
    private static final String WRITING = """
            select pid || ' ' || virtualtransaction from pg_locks
            where relation = 'event'::regclass
              and database = (select oid from pg_database where datname = current_database())
              and mode = 'RowExclusiveLock' and granted
            """;

    private final JdbcTemplate jdbc;
    private Map<String, Long> sinceNanos = Map.of();
    private volatile double oldestSeconds;

    public Writers(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks who is writing. */
    public synchronized void look() {
        long now = System.nanoTime();
        Map<String, Long> writing = new HashMap<>();
        try {
            jdbc.query(WRITING, (RowCallbackHandler)
                    row -> writing.put(row.getString(1), sinceNanos.getOrDefault(row.getString(1), now)));
        } catch (DataAccessException e) {
            oldestSeconds = Double.NaN;
            return;
        }
        sinceNanos = writing;
        long oldest =
                writing.values().stream().mapToLong(since -> now - since).max().orElse(0);
        oldestSeconds = TimeUnit.NANOSECONDS.toMillis(oldest) / MS_PER_SECOND;
    }

    /**
     * How long the oldest had been writing in seconds, when last looked at; 0 where there was none, NaN while the database
     * does not answer.
     */
    public double oldestSeconds() {
        return oldestSeconds;
    }

    /** True where the oldest has been writing for too long. */
    public boolean isStalled() {
        return oldestSeconds * MS_PER_SECOND >= STALLED.toMillis();
    }
}
