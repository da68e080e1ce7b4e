package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pupilledger.cluster.Database;
import org.pupilledger.cluster.EmbeddedCluster;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.store.Migrations;
import org.springframework.context.ConfigurableApplicationContext;

/** A server as it is run: PostgreSQL in a directory below {@code target}, HTTP on a free port, a user for each role. */
public final class TestServer implements AutoCloseable {
    /** What was received before is historic. */
    static final String INCEPTION = "2024-03-01";

    static final String PASSWORD = "demo";

    private static final String CLUSTER = "cluster";

    /** Roles by user; all have {@link #PASSWORD}. */
    static final Map<String, String> USERS = Map.of(
            "recorder", "RECORDER",
            "recorder2", "RECORDER",
            "approver", "APPROVER",
            "publisher", "PUBLISHER",
            "auditor", "AUDITOR",
            "admin", "ADMIN",
            "officer", "RECORDER,APPROVER",
            "braked", "RECORDER");

    /** Of the lowest cost: what a higher one is good for is tested where hashes are. */
    static final String PASSWORD_HASH = "{bcrypt}$2a$04$yk36g7cILsOZGLNVkKivL.Flmr4wK7TTv3o7Ucy4FOeBv1ESgR8aS";

    /** One for all: a process has one logging system, which each server that starts sets up anew. */
    private static final Path LOG = newDirectory().resolveSibling("servers-" + UUID.randomUUID() + ".log");

    /** Settings of that. */
    static final Map<String, String> LOGGING =
            Map.of("logging.file.name", LOG.toString(), "logging.structured.format.file", "ecs");

    private static final AtomicInteger REFERENCES = new AtomicInteger(1_000_000);

    private final Path directory;
    private final ConfigurableApplicationContext context;
    private final int port;

    private TestServer(Path directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
        this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Starts a server with an empty ledger. */
    static TestServer start() {
        Path directory = newLedgerDirectory();
        List<String> settings = settings(directory);
        settings.add("--ledger.inception=" + INCEPTION);
        settings.addAll(users());
        return start(directory, settings);
    }

    /** Starts a server in this process. */
    static TestServer start(Path directory, List<String> settings) {
        return new TestServer(
                directory, ProcessLock.starting(() -> LedgerApplication.server().run(settings.toArray(new String[0]))));
    }

    /** A data directory with a database that is empty. */
    static Path newLedgerDirectory() {
        Path directory = newDirectory();
        prepare(directory);
        return directory;
    }

    /**
     * Makes a data directory as a first start leaves it that was stopped: PostgreSQL is unpacked, and the database is there
     * and empty. Many tests want one, and the other way to it takes seconds.
     */
    static void prepare(Path directory) {
        OwnDatabase.linkPrograms(Template.DIRECTORY, directory);
        copy(Template.DIRECTORY.resolve(CLUSTER), directory.resolve(CLUSTER));
    }

    private static final class Template {
        static final Path DIRECTORY = newDirectory();

        static {
            OwnDatabase.linkPrograms(DIRECTORY);
            try (EmbeddedCluster cluster = EmbeddedCluster.start(DIRECTORY)) {
                Migrations.run(cluster.database());
            }
            hurry();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(DIRECTORY)));
        }

        /** Leaves out the processes that a ledger gets nothing out of in the seconds for which it is there. */
        private static void hurry() {
            try {
                Files.writeString(
                        DIRECTORY.resolve(CLUSTER).resolve("data/postgresql.auto.conf"),
                        """
                        autovacuum = off
                        io_method = sync
                        max_logical_replication_workers = 0
                        wal_compression = off
                        """,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Copies a directory. Where a ledger is at work in it, files come and go meanwhile; of a database, what is missing or half
     * written is in the write-ahead log.
     */
    static void copy(Path from, Path to) {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path file : found.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(
                            target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    copyFile(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyFile(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
            // it has gone
        }
    }

    /** A place for a data directory that does not exist yet. */
    static Path newDirectory() {
        return Path.of("target", "test-ledgers", UUID.randomUUID().toString()).toAbsolutePath();
    }

    /** The arguments that every server in this process needs: a free port, and the log of them all. */
    static List<String> settings(Path directory) {
        List<String> settings = new ArrayList<>(List.of("--server.port=0", "--ledger.data-directory=" + directory));
        LOGGING.forEach((name, value) -> settings.add("--" + name + "=" + value));
        return settings;
    }

    static List<String> users() {
        List<String> settings = new ArrayList<>();
        USERS.forEach((user, roles) -> {
            settings.add("--ledger.security.users." + user + ".password=" + PASSWORD_HASH);
            settings.add("--ledger.security.users." + user + ".roles=" + roles);
        });
        return settings;
    }

    /** A reference that no other request has. */
    static String newReference() {
        return "2024-" + REFERENCES.incrementAndGet();
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    Caller as(String user) {
        return as(user, PASSWORD);
    }

    Caller as(String user, String password) {
        return caller(port, user, password);
    }

    static Caller caller(int port, String user, String password) {
        String credentials = user + ":" + password;
        return new Caller(
                port, "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    Caller anonymous() {
        return new Caller(port, "");
    }

    /** Registers an organisation that no other test counts. */
    String newOrganisation(String code) {
        String name = "Test " + code.replace('_', ' ');
        Reply reply = as("admin")
                .put("/organisations/" + code, "{\"name\": \"" + name + "\", \"category\": \"OTHER_GOVERNMENT\"}");
        if (reply.status() != 201) {
            throw new IllegalStateException("not registered: " + reply);
        }
        as("admin").get("/organisations/" + code + "?waitFor=" + code + ":0");
        return code;
    }

    /** How many events there are of one thing. */
    long events(String id) {
        Long events = context.getBean(LedgerNode.class)
                .storage()
                .events()
                .jdbc()
                .queryForObject("select count(*) from event where aggregate_id = ?", Long.class, id);
        return events == null ? -1 : events;
    }

    /** A metric as Prometheus reads it; 0 where it is not there. */
    double metric(String name) {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$")
                .matcher(as("admin").get("//actuator/prometheus").text());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    /** The database and its roles. */
    Database database() {
        return EmbeddedCluster.attach(directory).orElseThrow();
    }

    /** Does something while a transaction of the schema's owner is open that began with a statement, and takes it back. */
    void duringTransaction(String statement, Runnable something) {
        try (Connection connection = database().owner().connect();
                Statement first = connection.createStatement()) {
            connection.setAutoCommit(false);
            first.execute(statement);
            something.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that servers have logged. */
    static String log() {
        try {
            return Files.readString(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        delete(directory);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
