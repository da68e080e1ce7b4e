package org.pupilledger.tlog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The right to give positions and to seal, which one program at a time has, on whatever machine: an advisory lock of a
 * session, on a connection held for nothing else. It ends with the session, so whoever holds it asks the server again
 * before each use. Not for several threads.
 */
public final class SessionLock implements AutoCloseable {
    /** Any number, as long as every ledger program uses the same. */
    private static final long KEY = 0x70757069_6c73656cL;

    /** A server that hangs is as good as gone. */
    private static final int ANSWER_MS = 10_000;

    private static final String OF_KEY = """
            select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 1
                and (classid::bigint << 32 | objid::bigint) = ?
                and database = (select oid from pg_database where datname = current_database())
            """;
    private static final String IS_MINE = "select not pg_is_in_recovery() and pg_backend_pid() in (" + OF_KEY + ")";
    private static final String IS_TAKEN = "select exists (" + OF_KEY + ")";
    private static final String TAKE =
            "select case when pg_is_in_recovery() then false else pg_try_advisory_lock(?) end";
    private static final String GIVE_BACK = "select pg_advisory_unlock(?)";

    /** So that the server notices within seconds that the machine of whoever holds it is gone. */
    private static final String NOTICE_LOSS =
            "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3";

    private final DataSource dataSource;
    private @Nullable Connection connection;

    public SessionLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether this program holds the lock. */
    public enum Hold {
        /** As the last time; nobody else had it in between. */
        STILL,
        /** From now on: somebody else may have had it before. */
        ANEW,
        /** Another session has it, or this server cannot be written to. */
        NOT
    }

    /** Looks whether it is held, and takes it where nobody does. */
    public Hold hold() throws SQLException {
        Connection known = connection;
        if (known != null) {
            if (isMine(known)) {
                return Hold.STILL;
            }
            release();
        }
        Connection fresh = dataSource.getConnection();
        try {
            if (answer(fresh, TAKE)) {
                try (Statement statement = fresh.createStatement()) {
                    statement.execute(NOTICE_LOSS);
                }
                connection = fresh;
                return Hold.ANEW;
            }
        } catch (SQLException e) {
            end(fresh);
            throw e;
        }
        fresh.close();
        return Hold.NOT;
    }

    /** A session that does not answer holds nothing any more, or soon will not. */
    private static boolean isMine(Connection known) {
        try {
            return answer(known, IS_MINE);
        } catch (SQLException e) {
            return false;
        }
    }

    /**
     * True where some program holds it at present.
     *
     * @throws LogUnavailable the database could not be asked
     */
    public static boolean isTaken(DataSource dataSource) {
        return Sql.read(dataSource, connection -> answer(connection, IS_TAKEN));
    }

    private static boolean answer(Connection connection, String question) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, ANSWER_MS);
        return Sql.is(connection, question, KEY);
    }

    /** Lets others have it; where the server cannot be told, the session ends. */
    public void release() {
        Connection held = connection;
        connection = null;
        if (held != null) {
            try {
                answer(held, GIVE_BACK);
                held.close();
            } catch (SQLException e) {
                end(held);
            }
        }
    }

    private static void end(Connection connection) {
        try (connection) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it is gone
        }
    }

    @Override
    public void close() {
        release();
    }
}
