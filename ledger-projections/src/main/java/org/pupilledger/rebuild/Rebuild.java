package org.pupilledger.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Projection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes one projection anew from the entries while the copy there is goes on to serve and to grow. The new copy is folded
 * batch by batch, compared with the old one at one position, and takes its place in one transaction. Whatever ends it
 * before that leaves the old copy serving, and what was folded so far: the next rebuild goes on from there. Where the place
 * of the old one was moved, the new one goes as far as the ledger is sealed, and so says its place.
 *
 * <p>All that it writes, it writes through one connection, which holds an advisory lock for as long. So where the
 * connection is lost, neither does a rebuild of another program meet one that still writes, nor this one write on.
 */
public final class Rebuild {
    /** Entries of one transaction. */
    private static final int BATCH = 5_000;

    /** The first half of advisory locks of rebuilds; the second is the hash of the projection's name. */
    private static final int LOCKS = 0x7265_6275;

    private static final String LOCK = "select pg_try_advisory_lock(?, hashtext(?))";
    private static final String UNLOCK = "select pg_advisory_unlock(?, hashtext(?))";

    private final DataSource dataSource;
    private final Entries entries;
    private final Function<JdbcTemplate, Projection> projections;
    private final int batchSize;

    /** @param projections makes the projection that writes through a connection */
    public Rebuild(DataSource dataSource, Entries entries, Function<JdbcTemplate, Projection> projections) {
        this(dataSource, entries, projections, BATCH);
    }

    /** @param batchSize entries of one transaction, at least 1 */
    Rebuild(DataSource dataSource, Entries entries, Function<JdbcTemplate, Projection> projections, int batchSize) {
        this.dataSource = dataSource;
        this.entries = entries;
        this.projections = projections;
        this.batchSize = batchSize;
    }

    /**
     * Rebuilds, or goes on with a rebuild of the same version that was not finished.
     *
     * @throws AlreadyRebuilding a rebuild of it is under way
     * @throws CancellationException           the watch did not want it to go on
     * @throws DataAccessException the database failed; to be tried again
     * @throws LogUnavailable      the entries could not be read; to be tried again
     */
    public Outcome run(Watch watch) {
        return withLock(watch, Rebuilding::run);
    }

    /**
     * Makes the new copy and compares, as {@link #run} does, and throws the new copy away.
     *
     * @throws AlreadyRebuilding a rebuild of it is under way
     * @throws CancellationException           the watch did not want it to go on
     */
    public Outcome check(Watch watch) {
        return withLock(watch, Rebuilding::check);
    }

    private Outcome withLock(Watch watch, Function<Rebuilding, Outcome> what) {
        try (Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource only = new SingleConnectionDataSource(connection, true);
            JdbcTemplate jdbc = new JdbcTemplate(only);
            Projection projection = projections.apply(jdbc);
            if (!Boolean.TRUE.equals(jdbc.queryForObject(LOCK, Boolean.class, LOCKS, projection.name()))) {
                throw new AlreadyRebuilding();
            }
            try {
                return what.apply(new Rebuilding(
                        projection, entries, jdbc, new DataSourceTransactionManager(only), watch, batchSize));
            } finally {
                unlock(connection, jdbc, projection);
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private static void unlock(Connection connection, JdbcTemplate jdbc, Projection projection) throws SQLException {
        try {
            jdbc.queryForObject(UNLOCK, Boolean.class, LOCKS, projection.name());
        } catch (DataAccessException e) {
            // it must not come back into the pool with the lock
            connection.abort(Runnable::run);
        }
    }
}
