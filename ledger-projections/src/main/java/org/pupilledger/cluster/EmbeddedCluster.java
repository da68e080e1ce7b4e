package org.pupilledger.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.FileHold;
import org.pupilledger.files.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that this process runs in a directory of its own, reachable from this machine only.
 *
 * <p>The data directory holds {@code ledger.lock}, {@code postgres-<version>} (the programs), {@code cluster} (data and
 * passwords) and, while it runs, {@code connection.json}. A process that was killed leaves its server running; the
 * next start stops that server and begins anew, and nothing committed is lost. Needs POSIX file permissions.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedCluster.class);
    private static final String CLUSTER = "cluster";

    private final Path directory;
    private final FileHold lock;
    private final Postmaster postmaster;
    private final Passwords passwords;
    private final Durability durability;
    private final int port;
    private final Database ledger;
    private volatile boolean closed;

    private EmbeddedCluster(
            Path directory,
            FileHold lock,
            Postmaster postmaster,
            Passwords passwords,
            Durability durability,
            int port) {
        this.directory = directory;
        this.lock = lock;
        this.postmaster = postmaster;
        this.passwords = passwords;
        this.durability = durability;
        this.port = port;
        this.ledger = database(NewCluster.DATABASE);
    }

    /**
     * Starts the cluster in a directory, made on first use.
     *
     * @throws Hindered if another process uses the directory or PostgreSQL does not start
     */
    public static EmbeddedCluster start(Path dataDirectory) {
        return start(dataDirectory, dataDirectory, Durability.FULL);
    }

    /**
     * Finds the ledger database of a cluster that some live process, possibly this one, runs in a directory.
     *
     * @return empty when none is running there, or it has not finished starting
     * @throws Hindered if this user may not read the connection file
     */
    public static Optional<Database> attach(Path dataDirectory) {
        if (!Files.isDirectory(dataDirectory)) {
            return Optional.empty();
        }
        try {
            return ConnectionFile.ofLiveLedger(dataDirectory.toRealPath()).map(ConnectionFile::database);
        } catch (IOException e) {
            throw new Hindered(
                    "The connection file in " + dataDirectory
                            + " cannot be read; run this as the user who runs the ledger: " + e,
                    e);
        }
    }

    /** True where a cluster was made in a directory, running or not. */
    public static boolean existsIn(Path dataDirectory) {
        return Files.isDirectory(dataDirectory.resolve(CLUSTER));
    }

    /** The database "ledger" as {@code ledger_owner}, for migrations. */
    public DatabaseAccess owner() {
        return ledger.owner();
    }

    /** The database "ledger" as {@code ledger_app}, which reads and appends. */
    public DatabaseAccess app() {
        return ledger.app();
    }

    /** The database "ledger" as its three roles. */
    public Database database() {
        return ledger;
    }

    void asSuperuser(List<String> statements, String failed) {
        DatabaseAccess superuser = access(NewCluster.SUPERUSER, NewCluster.SUPERUSER, passwords.superuser());
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new Hindered(failed + e.getMessage(), e);
        }
    }

    /** False where the server has died. */
    boolean isRunning() {
        try {
            return closed || postmaster.find().isPresent();
        } catch (IOException e) {
            // not known, so nothing is done about it
            return true;
        }
    }

    /**
     * Starts the server again where it has died, on the same port. Nothing committed is lost.
     *
     * @throws Hindered it does not start
     */
    synchronized void startAgain() {
        if (isRunning()) {
            return;
        }
        try {
            postmaster.startAgain(durability, port);
        } catch (IOException | Hindered e) {
            throw new Hindered("PostgreSQL does not start: " + lastWords(), e);
        }
    }

    private String lastWords() {
        try {
            return postmaster.lastWords();
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    /** Ends all sessions, stops the server and releases the directory; the second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            ConnectionFile.remove(directory);
            postmaster.stop();
        } catch (IOException e) {
            throw new Hindered("The database server in " + directory + " was not stopped: " + e, e);
        }
    }

    static EmbeddedCluster start(Path dataDirectory, Path programsParent, Durability durability) {
        requirePosix(dataDirectory);
        if (dataDirectory.toString().chars().anyMatch(Character::isISOControl)) {
            throw new Hindered("The path of the data directory holds a control character. Give it another name.");
        }
        Programs.requireUsableUser();
        try {
            Path directory = PrivateFiles.createDirectories(dataDirectory);
            Optional<FileHold> lock = FileHold.tryHold(lockFile(directory));
            if (lock.isEmpty()) {
                throw inUse(directory);
            }
            try {
                return start(directory, lock.get(), Binaries.unpackedBelow(programsParent), durability);
            } catch (IOException | RuntimeException e) {
                lock.get().close();
                throw e;
            }
        } catch (IOException e) {
            throw new Hindered(
                    "The data directory " + dataDirectory
                            + " cannot be used; check that this user owns it and that the disk has room: " + e,
                    e);
        }
    }

    private static EmbeddedCluster start(Path directory, FileHold lock, Programs programs, Durability durability)
            throws IOException {
        ConnectionFile.remove(directory);
        NewCluster.deleteLeftovers(directory);
        Path cluster = directory.resolve(CLUSTER);
        if (!Files.isDirectory(cluster)) {
            NewCluster.create(programs, cluster, durability);
        }
        Postmaster postmaster = new Postmaster(programs, cluster.resolve("data"));
        if (postmaster.find().isPresent()) {
            log.warn("The ledger in {} was killed; its database server is stopped and started anew", directory);
            postmaster.stop();
        }
        Passwords passwords = NewCluster.passwords(programs, cluster);
        try {
            int port = postmaster.start(durability);
            EmbeddedCluster started = new EmbeddedCluster(directory, lock, postmaster, passwords, durability, port);
            started.asSuperuser(NewCluster.resetRoles(passwords), "The roles of the database cannot be set right: ");
            ConnectionFile.ofThisProcess(started.ledger).write(directory);
            log.info("PostgreSQL {} serves {} on port {}", Binaries.VERSION, directory, port);
            return started;
        } catch (IOException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
    }

    static boolean isHeld(Path directory) throws IOException {
        return FileHold.isHeld(lockFile(directory));
    }

    private static Path lockFile(Path directory) {
        return directory.resolve("ledger.lock");
    }

    private static void requirePosix(Path directory) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new Hindered("The embedded database needs POSIX file permissions; "
                    + "on this system give the ledger a PostgreSQL of its own (spring.datasource.url)");
        }
    }

    private static Hindered inUse(Path directory) throws IOException {
        String holder = ConnectionFile.ofLiveLedger(directory)
                .map(it -> " (process " + it.processId() + ", started " + it.startedAt() + ")")
                .orElse("");
        return new Hindered(directory + " is in use by another ledger" + holder
                + ". Stop that one, or give this one another directory.");
    }

    Database database(String name) {
        return new Database(
                access(name, NewCluster.OWNER, passwords.owner()),
                access(name, NewCluster.APP, passwords.app()),
                access(name, NewCluster.SEQUENCER, Objects.requireNonNull(passwords.sequencer())));
    }

    private DatabaseAccess access(String database, String user, String password) {
        return new DatabaseAccess("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, password);
    }
}
