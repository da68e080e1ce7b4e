package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tlog.NotStored;
import org.pupilledger.tlog.Sql;

/** Which checkpoint everybody may see, and when a newer one takes its place. */
final class PublicCheckpoint {
    /** A date further ahead than this is that of a clock that was wrong. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final String PUBLIC = "select size, since from public_checkpoint";
    private static final String MAKE_PUBLIC = """
            insert into public_checkpoint (size, since) values (?, ?)
            on conflict (id) do update set size = excluded.size, since = excluded.since
            """;

    private final OwnTime time;
    private final Duration interval;
    private @Nullable Shown shown;
    private long newestRelease = -1;

    /**
     * The one that is shown.
     *
     * @param since   by the clock, as outsiders are told
     * @param shownAt the same on this program's own time
     */
    private record Shown(long size, Instant since, long shownAt) {}

    /**
     * The one that is shown at present.
     *
     * @param interval how long it stays before a newer one takes its place
     */
    PublicCheckpoint(Connection connection, OwnTime time, Duration interval) throws SQLException {
        this.time = time;
        this.interval = interval;
        this.shown = stored(connection);
    }

    private @Nullable Shown stored(Connection connection) throws SQLException {
        return Sql.first(connection, PUBLIC, this::shown).orElse(null);
    }

    private Shown shown(ResultSet row) throws SQLException {
        Instant since = row.getTimestamp(2).toInstant();
        return new Shown(row.getLong(1), since, time.since(since));
    }

    /** Entries that it covers. */
    long size() {
        return shown == null ? 0 : shown.size();
    }

    /** What is released is public: whoever reads it can check it at once. */
    void released(long position) {
        newestRelease = position;
    }

    /** @param size entries that are sealed */
    void renew(Connection connection, long size) throws SQLException {
        Shown present = shown;
        if (size == 0) {
            return;
        }
        if (present == null || !isGoodEnough(present)) {
            Shown next = new Shown(size, time.clock().instant(), time.now());
            show(connection, next);
            shown = next;
        } else if (isMoved(connection, present)) {
            // by somebody who does not seal
            show(connection, present);
        }
    }

    private boolean isGoodEnough(Shown present) {
        return newestRelease < present.size()
                && !time.isOver(present.shownAt(), interval)
                && !present.since().isAfter(time.clock().instant().plus(AHEAD));
    }

    private boolean isMoved(Connection connection, Shown present) throws SQLException {
        Shown stored = stored(connection);
        return stored == null || stored.size() != present.size();
    }

    private static void show(Connection connection, Shown next) throws SQLException {
        int stored = Sql.update(connection, MAKE_PUBLIC, next.size(), Timestamp.from(next.since()));
        NotStored.unless(1, stored, "public_checkpoint");
    }
}
