package org.pupilledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.store.Migrations;

/**
 * Databases for tests, all in one PostgreSQL below {@code target}. It is started by the first test that wants one and
 * stopped when the JVM ends; the next run drops what it finds there.
 */
public final class TestDatabase {
    private static final String PREFIX = "test_";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {}

    private static final class Shared {
        static final EmbeddedCluster CLUSTER = start(Path.of("target", "test-cluster"));
    }

    /** A new database with the ledger's schema and nothing in it. */
    public static Database migrated() {
        return migrated(Shared.CLUSTER);
    }

    /** A new database of another cluster. */
    public static Database migrated(EmbeddedCluster cluster) {
        Database database = cluster.createDatabase(PREFIX + COUNT.incrementAndGet());
        Migrations.run(database);
        return database;
    }

    /** Another PostgreSQL below {@code target}, to be closed by the caller. */
    public static EmbeddedCluster anotherCluster() {
        return startIn(Path.of("target", "test-cluster-2"));
    }

    private static EmbeddedCluster start(Path directory) {
        EmbeddedCluster cluster = startIn(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        return cluster;
    }

    private static EmbeddedCluster startIn(Path directory) {
        EmbeddedCluster cluster = EmbeddedCluster.startTemporary(directory.toAbsolutePath());
        try (Connection owner = cluster.owner().connect();
                Statement statement = owner.createStatement()) {
            for (String leftover : leftovers(statement)) {
                statement.execute("drop database " + leftover);
            }
        } catch (SQLException e) {
            cluster.close();
            throw new IllegalStateException(e);
        }
        return cluster;
    }

    private static List<String> leftovers(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(
                "select datname from pg_database where datname like '" + PREFIX + "%'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
