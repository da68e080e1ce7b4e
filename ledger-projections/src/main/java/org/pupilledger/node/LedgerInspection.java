package org.pupilledger.node;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Backup;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.failure.Hindered;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.seal.CatchUp;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.seal.Journal;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogReader;
import org.pupilledger.store.Pools;
import org.pupilledger.verification.DatabaseVerification;

/**
 * The ledger that the settings mean, to be looked at: nothing is brought up to date, sequenced, folded or signed, so it
 * does for one that a server would refuse. The database is opened when it is first asked for.
 */
public final class LedgerInspection implements AutoCloseable {
    private final Path dataDirectory;
    private final LogFiles files;
    private final Supplier<LedgerDatabase> opening;
    private @Nullable LedgerDatabase database;
    private @Nullable HikariDataSource pool;
    private Runnable beforeClose = () -> {};

    /** @param opening opens the database for reading */
    public LedgerInspection(Path dataDirectory, LogFiles files, Supplier<LedgerDatabase> opening) {
        this.dataDirectory = dataDirectory;
        this.files = files;
        this.opening = opening;
    }

    /** What of the log is outside the database. */
    public LogFiles files() {
        return files;
    }

    /** True where a program, this one included, has the embedded database running or signs. */
    public boolean isServed() {
        return EmbeddedCluster.attach(dataDirectory).isPresent() || files.areInUse();
    }

    /** The sealed log. */
    public LogReader log() {
        return new LogReader(pool());
    }

    /** The whole ledger, on its way into a full bundle. */
    public Backup backup() {
        return Backup.open(pool(), eventKeys());
    }

    /** Null where no key is at hand. */
    public @Nullable EventKeys eventKeys() {
        return EventKeys.in(files().keyFile());
    }

    /** Brings files that are only shorter than what was published to its end. */
    public CatchUp catchUp(LogVerifier verifier) {
        return CatchUp.begin(pool(), verifier, files());
    }

    /** @param journal null where there is none to compare with */
    public DatabaseVerification verification(
            LogVerifier pinned, @Nullable Journal journal, @Nullable EventKeys eventKeys) {
        return new DatabaseVerification(pool(), pinned, journal, eventKeys);
    }

    /** @param action runs while the database can still be read, also where the program is told to end */
    public void beforeClose(Runnable action) {
        beforeClose = action;
    }

    private synchronized HikariDataSource pool() {
        if (pool == null) {
            database = opening.get();
            pool = open(database);
        }
        return pool;
    }

    private static HikariDataSource open(LedgerDatabase database) {
        try {
            return Pools.openReadOnly(database.database().app());
        } catch (HikariPool.PoolInitializationException e) {
            throw new Hindered(
                    "The database cannot be reached. Check spring.datasource.url, .username and .password,"
                            + " and that it is running.",
                    e);
        }
    }

    @Override
    public void close() {
        beforeClose.run();
        synchronized (this) {
            if (pool != null) {
                pool.close();
            }
            if (database != null) {
                database.close();
            }
        }
    }
}
