package org.pupilledger.tlog;

import org.springframework.jdbc.core.JdbcTemplate;

/** How far the projections have come behind what is committed, whichever program folds. */
public final class Progress {
    private final JdbcTemplate jdbc;

    public Progress(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
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
