package org.pupilledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.NotYet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Refuses events that a wrong clock would date: those far from the database's clock, and those far before or after what was
 * recorded last. The clocks are looked at once a second, and in between time is counted.
 *
 * <p>What was recorded last is the median of the newest {@value #WITNESSES} events, so that a few that a wrong clock has
 * dated already stop nothing.
 */
final class RecordedTimes {
    /** Of the program's clock and the database's. */
    static final Duration APART = Duration.ofMinutes(5);

    /** Of an event before those recorded last. */
    static final Duration BEHIND = Duration.ofMinutes(5);

    /** Of an event after those recorded last: a ledger that nobody used for longer is asked about. */
    static final Duration AHEAD = Duration.ofDays(400);

    static final int WITNESSES = 25;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String LOOK = """
            select clock_timestamp() as now, null as recorded_at
            union all
            (select null, recorded_at from event order by global_index desc limit ?)
            """;

    private final JdbcTemplate jdbc;
    private final boolean isClockConfirmed;
    private volatile @Nullable Seen seen;

    /** @param isClockConfirmed where somebody said that the clock is right, whatever was recorded last */
    RecordedTimes(JdbcTemplate jdbc, boolean isClockConfirmed) {
        this.jdbc = jdbc;
        this.isClockConfirmed = isClockConfirmed;
    }

    /**
     * @param database when it was by the database's clock
     * @param nanos    at the same moment, on this program's own time
     * @param last     when events were recorded last; null where there are none
     */
    private record Seen(
            Instant database, long nanos, @Nullable Instant last) {
        Instant now() {
            return database.plusNanos(System.nanoTime() - nanos);
        }
    }

    /**
     * Looks at the events of a transaction, within it.
     *
     * @throws NotYet one of them has a time that cannot be believed
     */
    void check(List<? extends EventMessage<?>> events) {
        Seen now = seen;
        if (now == null || System.nanoTime() - now.nanos() > LOOK_NANOS) {
            now = look();
            seen = now;
        }
        for (EventMessage<?> event : events) {
            check(event.getTimestamp(), now);
        }
    }

    private void check(Instant recordedAt, Seen now) {
        if (Duration.between(recordedAt, now.now()).abs().compareTo(APART) > 0) {
            throw new NotYet(
                    NotYet.What.TIMED,
                    "The clock of this program and that of the database are more than " + APART.toMinutes()
                            + " minutes apart. Set them right; nothing is recorded until then.");
        }
        Instant last = now.last();
        if (last == null || isClockConfirmed) {
            return;
        }
        if (recordedAt.isBefore(last.minus(BEHIND))) {
            throw new NotYet(
                    NotYet.What.TIMED,
                    "The clock is behind the times of the events that were recorded last. Set it right;"
                            + " nothing is recorded until then. If it is right, start with ledger.clock-confirmed=<today>.");
        }
        if (recordedAt.isAfter(last.plus(AHEAD))) {
            throw new NotYet(
                    NotYet.What.TIMED,
                    "The clock is more than " + AHEAD.toDays()
                            + " days ahead of the events that were recorded last. Set it right; nothing is recorded until then."
                            + " If it is right, start with ledger.clock-confirmed=<today>.");
        }
    }

    private Seen look() {
        long nanos = System.nanoTime();
        List<Instant> times = new ArrayList<>();
        Instant[] database = {Instant.EPOCH};
        jdbc.query(
                LOOK,
                (RowCallbackHandler) row -> {
                    String recordedAt = row.getString(2);
                    if (recordedAt == null) {
                        database[0] = now(row);
                    } else {
                        parse(recordedAt, times);
                    }
                },
                WITNESSES);
        times.sort(null);
        return new Seen(database[0], nanos, times.isEmpty() ? null : times.get(times.size() / 2));
    }

    private static Instant now(ResultSet row) throws SQLException {
        return row.getTimestamp(1).toInstant();
    }

    /** What is no time says nothing about clocks. */
    private static void parse(String recordedAt, List<Instant> times) {
        try {
            times.add(Instant.parse(recordedAt));
        } catch (DateTimeParseException e) {
            // somebody put it there; the sequencer stops at it
        }
    }
}
