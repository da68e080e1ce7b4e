package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.pupilledger.cluster.EmbeddedCluster;
import tools.jackson.databind.json.JsonMapper;

/** A PostgreSQL of somebody's own, and what its administrator can do to it. */
final class OwnDatabase implements AutoCloseable {
    private static final long STEP_NANOS = 20_000_000;

    private final Path directory;
    private final EmbeddedCluster cluster;

    OwnDatabase() {
        this(TestServer.newLedgerDirectory());
    }

    private OwnDatabase(Path directory) {
        this.directory = directory;
        linkPrograms(directory);
        this.cluster = EmbeddedCluster.start(directory);
    }

    /** Has a data directory use the programs that throw-away clusters of this user share, where they are unpacked. */
    static void linkPrograms(Path directory) {
        try {
            Files.createDirectories(directory);
            Object user = Files.getAttribute(directory, "unix:uid");
            linkPrograms(Path.of(System.getProperty("java.io.tmpdir"), "ledger-postgres-" + user), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a data directory use the programs that are unpacked in another directory. */
    static void linkPrograms(Path from, Path directory) {
        try {
            Files.createDirectories(directory);
            if (Files.isDirectory(from)) {
                try (Stream<Path> versions = Files.list(from)) {
                    for (Path version : versions.filter(OwnDatabase::isWhole).toList()) {
                        Path link = directory.resolve(version.getFileName());
                        if (!Files.exists(link)) {
                            Files.createSymbolicLink(link, version.toRealPath());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWhole(Path version) {
        String name = version.getFileName().toString();
        return name.startsWith("postgres-") && !name.endsWith(".half");
    }

    /** Copies its files while it is at work, as {@code pg_basebackup} does, and starts a second one on the copy. */
    OwnDatabase startedFromBaseBackup() throws SQLException, IOException {
        Path copy = TestServer.newDirectory();
        Path from = directory.resolve("cluster");
        Path to = copy.resolve("cluster");
        Files.createDirectories(copy);
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('test', true)");
            TestServer.copy(from, to);
            try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                stopped.next();
                Files.writeString(to.resolve("data/backup_label"), stopped.getString(1));
            }
            TestServer.copy(from.resolve("data/pg_wal"), to.resolve("data/pg_wal"));
        }
        Files.deleteIfExists(to.resolve("data/postmaster.pid"));
        return new OwnDatabase(copy);
    }

    /** Of a server on it that keeps the log in a directory. */
    List<String> settings(Path data) {
        List<String> settings = TestServer.settings(data);
        settings.addAll(TestServer.users());
        settings.addAll(List.of(
                "--ledger.inception=" + TestServer.INCEPTION,
                "--spring.datasource.url=" + cluster.app().url(),
                "--spring.datasource.username=" + cluster.app().user(),
                "--spring.datasource.password=" + cluster.app().password(),
                "--ledger.sequencer.username=" + cluster.database().sequencer().user(),
                "--ledger.sequencer.password=" + cluster.database().sequencer().password(),
                "--spring.flyway.user=" + cluster.owner().user(),
                "--spring.flyway.password=" + cluster.owner().password()));
        return settings;
    }

    /** Copies it under another name, as a backup does; sessions are ended for it. */
    void backUp() throws SQLException {
        withoutSessions("create database earlier template ledger");
    }

    /** Has the copy take its place. */
    void restore() throws SQLException {
        withoutSessions("alter database ledger rename to newer", "alter database earlier rename to ledger");
    }

    private void withoutSessions(String... statements) throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("alter database ledger allow_connections false");
            statement.execute("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = 'ledger'");
            for (String each : statements) {
                statement.execute(each);
            }
            try (ResultSet closed = statement.executeQuery(
                    "select string_agg(format('alter database %I allow_connections true', datname),"
                            + " ';') from pg_database where not datallowconn and not datistemplate")) {
                closed.next();
                String open = closed.getString(1);
                for (String each : open.split(";", -1)) {
                    statement.execute(each);
                }
            }
        }
    }

    /** Whoever may do anything. */
    Connection superuser(String database) throws SQLException {
        String url = cluster.app().url();
        try {
            String password = new JsonMapper()
                    .readTree(Files.readString(directory.resolve("cluster").resolve("passwords.json")))
                    .get("superuser")
                    .stringValue();
            return DriverManager.getConnection(
                    url.substring(0, url.lastIndexOf('/') + 1) + database, "postgres", password);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void close() {
        cluster.close();
        TestServer.delete(directory);
    }
}
