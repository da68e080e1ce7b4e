package org.pupilledger;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.DatabaseAccess;
import org.pupilledger.cluster.EmbeddedCluster;
import org.springframework.core.env.Environment;

/** The database that the settings mean: a configured one, that of a running server, or an embedded one started here. */
final class LedgerDatabase implements AutoCloseable {
    private final Database database;
    private final @Nullable EmbeddedCluster cluster;
    private final boolean isAttached;

    private LedgerDatabase(Database database, @Nullable EmbeddedCluster cluster, boolean isAttached) {
        this.database = database;
        this.cluster = cluster;
        this.isAttached = isAttached;
    }

    /** @param mayAttach true for commands that can work beside a running server */
    static LedgerDatabase open(Environment environment, Path dataDirectory, boolean mayAttach) {
        String url = environment.getProperty("spring.datasource.url");
        if (url != null) {
            return new LedgerDatabase(configured(environment, url), null, false);
        }
        Optional<Database> running = mayAttach ? EmbeddedCluster.attach(dataDirectory) : Optional.empty();
        if (running.isPresent()) {
            return new LedgerDatabase(running.get(), null, true);
        }
        EmbeddedCluster cluster = EmbeddedCluster.start(dataDirectory);
        return new LedgerDatabase(new Database(cluster.owner(), cluster.app()), cluster, false);
    }

    /** For who only reads: no ledger is made where there is none, and a configured database needs no owner. */
    static LedgerDatabase openForReading(Environment environment, Path dataDirectory) {
        String url = environment.getProperty("spring.datasource.url");
        if (url != null) {
            DatabaseAccess reader = access(environment, url);
            return new LedgerDatabase(new Database(reader, reader), null, false);
        }
        checkExists(environment, dataDirectory);
        return open(environment, dataDirectory, true);
    }

    /** @throws StartRefused the embedded database is meant, and there is none */
    static void checkExists(Environment environment, Path dataDirectory) {
        if (environment.getProperty("spring.datasource.url") == null && !EmbeddedCluster.existsIn(dataDirectory)) {
            throw new StartRefused("There is no ledger in " + dataDirectory
                    + ". Set ledger.data-directory to the directory that holds it.");
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
                app);
    }

    Database database() {
        return database;
    }

    /** True where a running server does the work. */
    boolean isAttached() {
        return isAttached;
    }

    /** True where no other program can be at the same database. */
    boolean isExclusive() {
        return cluster != null;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
