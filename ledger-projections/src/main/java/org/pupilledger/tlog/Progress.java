package org.pupilledger.tlog;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the projections have come behind what is committed, whichever program folds. */
public final class Progress {
    private final JdbcTemplate jdbc;

    public Progress(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** False for a ledger that was not founded yet. */
    public static boolean hasEvents(DataSource dataSource) {
        Boolean has = new JdbcTemplate(dataSource).queryForObject("select exists (select from event)", Boolean.class);
        return Boolean.TRUE.equals(has);
    }

    /** The newest position that is in all projections, -1 before the first. */
    public long projected() {
        Long position = jdbc.queryForObject("select min(position) from projection", Long.class);
        return position == null ? -1 : position;
    }

    /** The position that the newest committed event has or will have at most, -1 where there is none. */
    public long committed() {
        Long events = jdbc.queryForObject("select count(*) from event", Long.class);
        return events == null ? -1 : events - 1;
    }
}
