package org.pupilledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.pupilledger.cluster.Database;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.QuickSealer;
import org.pupilledger.seal.Sealer;
import org.springframework.util.FileSystemUtils;

/** Key, journal and last signed state of a test's ledger, below {@code target}; they go when the JVM ends. */
public record TestLog(LogFiles files, LogIdentity identity) {
    private static final String ORIGIN = "test.invalid/ledger";
    private static final Map<String, TestLog> LOGS = new ConcurrentHashMap<>();

    /** The same each time for a database. */
    public static TestLog of(Database database) {
        return LOGS.computeIfAbsent(database.app().url(), url -> in(directory()));
    }

    /** A log in a directory, made there where it is empty. */
    public static TestLog in(Path directory) {
        LogFiles files = new LogFiles(directory.resolve("key.pem"), directory.resolve("checkpoints.jsonl"));
        return new TestLog(files, LogIdentity.open(files, !Files.exists(files.keyFile()), ORIGIN));
    }

    /** A directory that goes when the JVM ends. */
    public static Path directory() {
        try {
            Path target = Files.createDirectories(Path.of("target")).toRealPath();
            Path directory = Files.createTempDirectory(target, "test-log-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    FileSystemUtils.deleteRecursively(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Sealer sealer(DataSource dataSource) {
        return QuickSealer.of(dataSource, identity, TestLedger.AUTHENTICITY, files, Duration.ofDays(1));
    }
}
