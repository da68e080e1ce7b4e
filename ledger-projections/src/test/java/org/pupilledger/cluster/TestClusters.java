package org.pupilledger.cluster;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.PrivateFiles;

/** Throw-away clusters, and databases of the same roles besides the one that a cluster has. */
public final class TestClusters {
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private TestClusters() {}

    /**
     * Starts one in a directory that need not outlive a power cut ({@code fsync=off}), with programs that all throw-away
     * clusters of this user share. The caller deletes the directory after closing it.
     */
    public static EmbeddedCluster start(Path directory) {
        try {
            return EmbeddedCluster.start(directory, programs(), Durability.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below a directory that others may write to, so trusted only if private. */
    static Path programs() throws IOException {
        UnixSystem me = new UnixSystem();
        Path shared = Path.of(System.getProperty("java.io.tmpdir"), "ledger-postgres-" + me.getUid());
        if (!Files.isDirectory(shared)) {
            Files.createDirectories(shared, PrivateFiles.DIRECTORY_MODE);
        }
        boolean isMine = Files.getAttribute(shared, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .equals((int) me.getUid());
        boolean isPrivate = Files.getPosixFilePermissions(shared, LinkOption.NOFOLLOW_LINKS)
                .equals(PrivateFiles.DIRECTORY_MODE.value());
        if (!isMine || !isPrivate) {
            throw new IllegalStateException(shared + " is not private to this user; remove it");
        }
        return shared;
    }

    /** Spares a cluster what only databases that live for longer than a second get something out of. */
    public static void hurry(EmbeddedCluster cluster) {
        cluster.asSuperuser(
                List.of(
                        "alter system set autovacuum = off",
                        "alter system set full_page_writes = off",
                        "alter system set wal_compression = off",
                        "select pg_reload_conf()"),
                "The settings cannot be changed: ");
    }

    /** @param name lower-case letters, digits and underscores, at most 63 */
    public static Database database(EmbeddedCluster cluster, String name) {
        return database(cluster, name, null, Map.of());
    }

    /** @param parameters of the sessions in it, numbers by name */
    public static Database database(EmbeddedCluster cluster, String name, Map<String, Integer> parameters) {
        return database(cluster, name, null, parameters);
    }

    /** @param original the name of a database to which nobody may be connected */
    public static Database copy(EmbeddedCluster cluster, String name, String original) {
        return database(cluster, name, original, Map.of());
    }

    private static Database database(
            EmbeddedCluster cluster, String name, @Nullable String original, Map<String, Integer> parameters) {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException("not a plain database name");
        }
        List<String> statements = new ArrayList<>();
        // files are copied in a third of the time in which their pages are logged
        statements.add(NewCluster.createDatabase(name)
                + (original == null ? "" : " template " + original + " strategy file_copy"));
        statements.addAll(NewCluster.restrictDatabase(name));
        parameters.forEach(
                (parameter, value) -> statements.add("alter database " + name + " set " + parameter + " = " + value));
        cluster.asSuperuser(statements, "The database " + name + " cannot be created: ");
        return cluster.database(name);
    }
}
