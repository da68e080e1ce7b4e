package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.cluster.TestClusters;
import org.pupilledger.store.Migrations;
import org.springframework.util.FileSystemUtils;

/**
 * Databases for tests, all in one PostgreSQL below {@code target}. It is started by the first test that wants one, and
 * goes when the JVM ends.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    private static final class Shared {
        static final EmbeddedCluster CLUSTER = startUntilTheEnd(directory());
        /** Migrated once, since that takes longer than most tests. */
        static final String MIGRATED = "migrated";

        static {
            TestClusters.hurry(CLUSTER);
            Migrations.run(TestClusters.database(CLUSTER, MIGRATED));
        }
    }

    /** Where the cluster is that all tests share. */
    public static Path directory() {
        return Path.of("target", "test-cluster");
    }

    /** A new database with the ledger's schema and nothing in it. */
    public static Database migrated() {
        return TestClusters.copy(Shared.CLUSTER, nextName(), Shared.MIGRATED);
    }

    /** A new database of another cluster. */
    public static Database migrated(EmbeddedCluster cluster) {
        Database database = TestClusters.database(cluster, nextName());
        Migrations.run(database);
        return database;
    }

    private static String nextName() {
        return "test_" + COUNT.incrementAndGet();
    }

    /** A new database as a program left it that knew the schema up to a version. */
    public static Database migratedTo(String version) {
        Database database = TestClusters.database(Shared.CLUSTER, nextName());
        Flyway.configure()
                .dataSource(
                        database.owner().url(),
                        database.owner().user(),
                        database.owner().password())
                .placeholders(Migrations.placeholders(database))
                .target(version)
                .load()
                .migrate();
        letTheSequencerWork(database);
        return database;
    }

    /** There was one role for everything once. */
    private static void letTheSequencerWork(Database database) {
        try (Connection owner = database.owner().connect();
                Statement statement = owner.createStatement()) {
            statement.execute("grant usage on schema public to ledger_sequencer");
            statement.execute("grant all on all tables in schema public to ledger_sequencer");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another PostgreSQL below {@code target}, to be closed by the caller. */
    public static EmbeddedCluster anotherCluster() {
        return start(Path.of("target", "test-cluster-2"));
    }

    private static EmbeddedCluster startUntilTheEnd(Path directory) {
        EmbeddedCluster cluster = start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            cluster.close();
            delete(directory);
        }));
        return cluster;
    }

    private static EmbeddedCluster start(Path directory) {
        if (Files.exists(directory.resolve("cluster/data/postmaster.pid"))) {
            // A run that was killed left its server behind, which this stops; one that is under way makes this fail.
            TestClusters.start(directory).close();
        }
        delete(directory);
        return TestClusters.start(directory);
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
