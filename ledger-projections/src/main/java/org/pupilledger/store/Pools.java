package org.pupilledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.pupilledger.cluster.DatabaseAccess;

/** Connection pools, one for each role of the program. */
public final class Pools {
    /** More than sixteen callers and as many readers need at once. */
    private static final int MAX_CONNECTIONS = 32;

    /** More than the sequencer, the processors, rebuilds and previews of editions need at once. */
    private static final int MAX_SEQUENCING_CONNECTIONS = 12;

    private static final long CONNECTION_TIMEOUT_MS = 10_000;

    /** A call waits so long for another one's key or reference, and no longer for a lock that somebody keeps. */
    static final int LOCK_TIMEOUT_S = 5;

    private Pools() {}

    /** For who reads and appends. */
    public static HikariDataSource open(DatabaseAccess access) {
        HikariConfig config = config(access);
        config.addDataSourceProperty(
                DatabaseAccess.OPTIONS, DatabaseAccess.UNHINDERED + " -c lock_timeout=" + LOCK_TIMEOUT_S + "s");
        return new HikariDataSource(config);
    }

    /** For who gives places, seals and folds. */
    public static HikariDataSource openSequencing(DatabaseAccess access) {
        HikariConfig config = config(access);
        config.setPoolName("ledger-sequencing");
        config.setMaximumPoolSize(MAX_SEQUENCING_CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** Connections that cannot change anything, whatever the role may do. */
    public static HikariDataSource openReadOnly(DatabaseAccess access) {
        HikariConfig config = config(access);
        config.addDataSourceProperty(
                DatabaseAccess.OPTIONS,
                DatabaseAccess.UNHINDERED + " -c row_security=on -c default_transaction_read_only=on");
        return new HikariDataSource(config);
    }

    /**
     * Has all connections made anew, those in use when they are given back. A session goes on with what it prepared while a
     * rule was there that made a statement do nothing, also when the rule is gone.
     */
    static void renew(DataSource pool) {
        if (pool instanceof HikariDataSource ours && ours.getHikariPoolMXBean() != null) {
            ours.getHikariPoolMXBean().softEvictConnections();
        }
    }

    private static HikariConfig config(DatabaseAccess access) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(access.url());
        config.setUsername(access.user());
        config.setPassword(access.password());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        // others are opened when they are needed, which takes a few hundredths of a second
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty(DatabaseAccess.OPTIONS, DatabaseAccess.UNHINDERED);
        config.addDataSourceProperty("ApplicationName", "pupil-ledger");
        // else an error's message, which may reach a log, quotes rows with payloads and salts
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }
}
