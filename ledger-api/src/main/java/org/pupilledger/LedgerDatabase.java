package org.pupilledger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.cluster.ClusterWatch;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.cluster.EmbeddedCluster;
import org.springframework.core.env.Environment;

/** The database that the settings mean: a configured one, that of a running server, or an embedded one started here. */
final class LedgerDatabase implements AutoCloseable {
    /** What the embedded database is called where its volume is named. */
    static final String VOLUME = "the database";

    private static final String SEQUENCER = "ledger.sequencer.username";

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

    /** @param mayAttach true for commands that can work beside a running server */
    static LedgerDatabase open(Environment environment, Path dataDirectory, boolean mayAttach) {
        String url = environment.getProperty("spring.datasource.url");
        if (url != null) {
            return new LedgerDatabase(configured(environment, url), null, Work.ALL, mayAttach);
        }
        Optional<Database> running = mayAttach ? EmbeddedCluster.attach(dataDirectory) : Optional.empty();
        if (running.isPresent()) {
            return new LedgerDatabase(running.get(), null, Work.ATTACHED, true);
        }
        EmbeddedCluster cluster = EmbeddedCluster.start(dataDirectory);
        return new LedgerDatabase(cluster.database(), cluster, Work.ALL, mayAttach);
    }

    /** For who only reads: no ledger is made where there is none, and a configured database needs no other role. */
    static LedgerDatabase openForReading(Environment environment, Path dataDirectory) {
        String url = environment.getProperty("spring.datasource.url");
        if (url != null) {
            DatabaseAccess reader = access(environment, url);
            return new LedgerDatabase(new Database(reader, reader, reader), null, Work.READING, true);
        }
        checkExists(environment, dataDirectory);
        return open(environment, dataDirectory, true);
    }

    /**
     * For commands that print what is there: they do the work of a server that does not run, and need no more than a role
     * that may read where no other is configured.
     */
    static LedgerDatabase openToPrint(Environment environment, Path dataDirectory) {
        return isSequencerConfigured(environment)
                ? open(environment, dataDirectory, true)
                : openForReading(environment, dataDirectory);
    }

    /** @throws StartRefused the embedded database is meant, and there is none */
    static void checkExists(Environment environment, Path dataDirectory) {
        if (environment.getProperty("spring.datasource.url") == null && !EmbeddedCluster.existsIn(dataDirectory)) {
            throw new StartRefused("There is no ledger in " + dataDirectory
                    + ". Set ledger.data-directory to the directory that holds it.");
        }
    }

    /** @throws StartRefused a database is configured, but not all that it takes */
    static void check(Environment environment) {
        String url = environment.getProperty("spring.datasource.url");
        if (url != null) {
            configured(environment, url);
        }
    }

    private static DatabaseAccess access(Environment environment, String url) {
        return new DatabaseAccess(
                url,
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""));
    }

    private static Database configured(Environment environment, String url) {
        DatabaseAccess app = access(environment, url);
        String owner = environment.getProperty("spring.flyway.user");
        if (owner == null) {
            throw new StartRefused("spring.datasource.url is set, but not spring.flyway.user and .password, the role"
                    + " that owns the schema. Give both; the application's role must not be able to change it.");
        }
        return new Database(
                new DatabaseAccess(
                        environment.getProperty("spring.flyway.url", url),
                        owner,
                        environment.getProperty("spring.flyway.password", "")),
                app,
                sequencer(environment, app));
    }

    private static DatabaseAccess sequencer(Environment environment, DatabaseAccess app) {
        String user = environment.getProperty(SEQUENCER);
        if (user == null) {
            throw new StartRefused(
                    "spring.datasource.url is set, but not ledger.sequencer.username and .password, the role"
                            + " that gives events their places. Create it as operate.md says, and give both.");
        }
        if (user.equals(app.user())) {
            throw new StartRefused(
                    "ledger.sequencer.username is the role of spring.datasource.username. They must be two,"
                            + " so that who can append events cannot seal them: create another as operate.md says.");
        }
        return new DatabaseAccess(app.url(), user, environment.getProperty("ledger.sequencer.password", ""));
    }

    /** True where a role is configured that can do more than append and read. */
    private static boolean isSequencerConfigured(Environment environment) {
        return environment.getProperty(SEQUENCER) != null;
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
    boolean isEmbedded() {
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
