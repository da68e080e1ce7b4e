package org.pupilledger.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.cluster.ClusterWatch;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.failure.Hindered;

/** The database of a ledger: a configured one, that of a running server, or an embedded one started here. */
public final class LedgerDatabase implements AutoCloseable {
    /** What the embedded database is called where its volume is named. */
    public static final String VOLUME = "the database";

    private final Database database;
    private final @Nullable EmbeddedCluster cluster;
    private final Work work;
    private final boolean isForCommand;
    private @Nullable ClusterWatch watch;

    private LedgerDatabase(Database database, @Nullable EmbeddedCluster cluster, Work work, boolean isForCommand) {
        this.database = database;
        this.cluster = cluster;
        this.work = work;
        this.isForCommand = isForCommand;
    }

    /** Who does what. */
    private enum Work {
        /** This program does all of it. */
        ALL,
        /** A running server sequences, seals and folds what this program appends. */
        ATTACHED,
        /** Somebody else does everything. */
        READING
    }

    /**
     * For who does the work of a ledger.
     *
     * @param configured null for the embedded one
     * @param mayAttach  true for commands that can work beside a running server
     */
    public static LedgerDatabase open(@Nullable Database configured, Path dataDirectory, boolean mayAttach) {
        if (configured != null) {
            return new LedgerDatabase(configured, null, Work.ALL, mayAttach);
        }
        Optional<Database> running = mayAttach ? EmbeddedCluster.attach(dataDirectory) : Optional.empty();
        if (running.isPresent()) {
            return new LedgerDatabase(running.get(), null, Work.ATTACHED, true);
        }
        EmbeddedCluster cluster = EmbeddedCluster.start(dataDirectory);
        return new LedgerDatabase(cluster.database(), cluster, Work.ALL, mayAttach);
    }

    /**
     * For who only reads: no ledger is made where there is none.
     *
     * @param configured any role that may read; null for the embedded database
     * @throws Hindered the embedded database is meant, and there is none
     */
    public static LedgerDatabase openForReading(@Nullable DatabaseAccess configured, Path dataDirectory) {
        if (configured != null) {
            return new LedgerDatabase(new Database(configured, configured, configured), null, Work.READING, true);
        }
        checkExists(dataDirectory);
        return open(null, dataDirectory, true);
    }

    /** @throws Hindered there is no embedded database */
    public static void checkExists(Path dataDirectory) {
        if (!EmbeddedCluster.existsIn(dataDirectory)) {
            throw new Hindered("There is no ledger in " + dataDirectory
                    + ". Set ledger.data-directory to the directory that holds it.");
        }
    }

    Database database() {
        return database;
    }

    /** True where a running server does the work. */
    boolean isAttached() {
        return work != Work.ALL;
    }

    /** True where nothing may be written. */
    boolean isReadOnly() {
        return work == Work.READING;
    }

    /** True for a command, which ends soon and may leave to a running server what it records. */
    boolean isForCommand() {
        return isForCommand;
    }

    /** True where it is in the data directory. */
    public boolean isEmbedded() {
        return cluster != null || work == Work.ATTACHED;
    }

    /** Has the embedded database started again where it dies, until this is closed; see {@link ClusterWatch}. */
    synchronized void watch(Supplier<@Nullable String> wait, Consumer<String> givenUp) {
        if (cluster != null && watch == null) {
            watch = new ClusterWatch(cluster, wait, givenUp);
            watch.start();
        }
    }

    /** Why the embedded database does not run; null where it does, and for one of somebody's own. */
    synchronized @Nullable String failure() {
        return watch == null ? null : watch.failure();
    }

    /** True where no other program can be at the same database. */
    boolean isExclusive() {
        return cluster != null;
    }

    @Override
    public void close() {
        endWatch();
        if (cluster != null) {
            cluster.close();
        }
    }

    private synchronized void endWatch() {
        if (watch != null) {
            watch.close();
        }
    }
}
