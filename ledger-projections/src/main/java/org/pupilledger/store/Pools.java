package org.pupilledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.pupilledger.cluster.DatabaseAccess;

/** Connection pools for {@code ledger_app}. */
public final class Pools {
    /** More than the sequencer, the processors and sixteen callers need at once. */
    private static final int MAX_CONNECTIONS = 32;

    private static final long CONNECTION_TIMEOUT_MS = 10_000;

    private Pools() {}

    public static HikariDataSource open(DatabaseAccess access) {
        return new HikariDataSource(config(access));
    }

    /** Connections that cannot change anything, whatever the role may do. */
    public static HikariDataSource openReadOnly(DatabaseAccess access) {
        HikariConfig config = config(access);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("options", "-c default_transaction_read_only=on");
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
        config.setMinimumIdle(4);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "pupil-ledger");
        // else an error's message, which may reach a log, quotes rows with payloads and salts
        config.addDataSourceProperty("logServerErrorDetail", "false");
        return config;
    }
}
