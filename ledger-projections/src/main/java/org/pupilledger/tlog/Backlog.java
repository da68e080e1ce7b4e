package org.pupilledger.tlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Committed events that have no position yet. */
public final class Backlog {
    private static final double MS_PER_SECOND = 1_000;
    private static final String OLDEST = """
            with searched as (
                select s.snapshot from sequencer s, pg_control_system() c
                where s.cluster = c.system_identifier
                  and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot()))
            select e.recorded_at from event e
            where (e.xid >= coalesce((select pg_snapshot_xmax(snapshot) from searched), '0'::xid8)
                    or e.xid = any(array(select pg_snapshot_xip(snapshot) from searched)))
              and not exists (select from ledger_entry l where l.global_index = e.global_index)
            order by e.global_index limit 1
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    public Backlog(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Age of the oldest in seconds, by the clock of this machine; 0 where there is none. */
    public double oldestSeconds() {
        List<String> oldest = jdbc.query(OLDEST, (row, number) -> row.getString(1));
        if (oldest.isEmpty()) {
            return 0;
        }
        Duration age = Duration.between(Instant.parse(oldest.getFirst()), clock.instant());
        return Math.max(0, age.toMillis() / MS_PER_SECOND);
    }
}
