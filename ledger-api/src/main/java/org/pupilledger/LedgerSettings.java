package org.pupilledger;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.Volumes;
import org.pupilledger.limits.Budget;
import org.pupilledger.limits.HttpLimits;
import org.pupilledger.node.LedgerDatabase;
import org.pupilledger.node.NodeSettings;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.web.Publisher;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code ledger.}
 *
 * @param dataDirectory where the embedded database and everything else that must stay is kept
 * @param inception     the ledger's first day; by default the day on which it is created, and fixed from then on
 * @param clockConfirmed today's date, where somebody says that the clock is right although the newest events are much older
 *                      or newer
 * @param selfCheck     when the whole ledger is replayed and compared with what was counted, as a cron expression with
 *                      seconds, on the clocks of Europe/London; {@code -} for never
 * @param leastFree     how much room the volumes must have so that anything is recorded
 * @param publicEntries what of the entries everybody may see
 * @param sequencer     the role that gives events their places, in a configured database
 * @param http          what callers may take of the server
 * @param publisher     who publishes, and on what terms
 */
@ConfigurationProperties("ledger")
public record LedgerSettings(
        Path dataDirectory,
        @Nullable LocalDate inception,
        @Nullable LocalDate clockConfirmed,
        Log log,
        String selfCheck,
        LeastFree leastFree,
        PublicEntries publicEntries,
        @Nullable Sequencer sequencer,
        Http http,
        @Nullable Security security,
        @Nullable Publisher publisher) {
    public LedgerSettings {
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }

    /**
     * The log of the ledger.
     *
     * @param origin         name of the log, which is fixed at creation; by default a random one
     * @param keyFile        private key, PEM; by default in the data directory
     * @param journalFile    journal of checkpoints; by default in the data directory, but better on another volume
     * @param publicInterval how long a public checkpoint stays before a newer one takes its place
     * @param scanInterval   from the end of one full verification in the background to the beginning of the next
     */
    public record Log(
            @Nullable String origin,
            @Nullable Path keyFile,
            @Nullable Path journalFile,
            Duration publicInterval,
            Duration scanInterval) {}

    /**
     * Room on the volumes.
     *
     * @param data    where the embedded database is
     * @param journal where the checkpoint journal and the last signed state are
     */
    public record LeastFree(DataSize data, DataSize journal) {}

    /**
     * What callers may take of the server.
     *
     * @param connections           at once; by default one for each 256 KiB of the largest heap
     * @param connectionsPerAddress at once, from one address
     * @param patience              for the head of a request, and for pauses in bodies and in the reading of answers
     * @param leastRate             bytes a second, of bodies and of the reading of answers, beyond patience
     * @param bodyDeadline          for a whole body
     * @param memory                that all calls together may take; by default three eighths of the largest heap
     * @param memoryWait            how long a call waits for its share
     */
    public record Http(
            @Nullable Integer connections,
            int connectionsPerAddress,
            Duration patience,
            DataSize leastRate,
            Duration bodyDeadline,
            @Nullable DataSize memory,
            Duration memoryWait) {
        private static final long HEAP_PER_CONNECTION = 256 << 10;
        private static final long MOST_CONNECTIONS = 8_192;

        /** For calls. */
        Budget budget() {
            return new Budget(memory == null ? Runtime.getRuntime().maxMemory() / 8 * 3 : memory.toBytes(), memoryWait);
        }

        /** For bodies that are on their way into memory. */
        Budget bodies() {
            return new Budget(Runtime.getRuntime().maxMemory() / 16, memoryWait);
        }

        HttpLimits limits() {
            return new HttpLimits(
                    connections == null
                            ? (int) Math.min(Runtime.getRuntime().maxMemory() / HEAP_PER_CONNECTION, MOST_CONNECTIONS)
                            : connections,
                    connectionsPerAddress,
                    patience,
                    leastRate,
                    bodyDeadline);
        }
    }

    /** What of the entries everybody may see. */
    public enum PublicEntries {
        NONE,
        /** Those that released figures were counted from. */
        RELEASED
    }

    /** @param isEmbedded true where the database is in the data directory */
    NodeSettings node(boolean isEmbedded) {
        return new NodeSettings(
                dataDirectory,
                logFiles(),
                log.origin(),
                log.publicInterval(),
                inception,
                clockConfirmed,
                volumes(isEmbedded));
    }

    private Volumes volumes(boolean isEmbedded) {
        List<Volumes.Volume> volumes = new ArrayList<>();
        if (isEmbedded) {
            volumes.add(new Volumes.Volume(
                    LedgerDatabase.VOLUME, dataDirectory, leastFree.data().toBytes()));
        }
        LogFiles files = logFiles();
        long least = leastFree.journal().toBytes();
        volumes.add(
                new Volumes.Volume("the checkpoint journal", files.journalFile().resolveSibling(""), least));
        volumes.add(new Volumes.Volume(
                "the last signed state", files.lastSignedFile().resolveSibling(""), least));
        return new Volumes(volumes);
    }

    /** Where the log keeps what is outside the database. */
    LogFiles logFiles() {
        Path directory = dataDirectory.resolve("log");
        return new LogFiles(
                absolute(log.keyFile(), directory.resolve("key.pem")),
                absolute(log.journalFile(), directory.resolve("checkpoints.jsonl")));
    }

    private static Path absolute(@Nullable Path configured, Path otherwise) {
        return (configured == null ? otherwise : configured).toAbsolutePath().normalize();
    }

    /**
     * A role of the database, read where its connections are opened.
     *
     * @param username needed with {@code spring.datasource.url}
     */
    public record Sequencer(
            @Nullable String username, @Nullable String password) {
        @Override
        public String toString() {
            return "role of the sequencer";
        }
    }

    /**
     * Who may sign in.
     *
     * @param users   by name
     * @param proxies addresses, or ranges of them, of proxies whose word on where a call came from is believed
     */
    public record Security(
            @Nullable Map<String, User> users, @Nullable List<String> proxies) {}

    /**
     * One user.
     *
     * @param password encoded, {@code {bcrypt}...}
     * @param roles    one or more of the five roles
     */
    public record User(String password, List<String> roles) {
        @Override
        public String toString() {
            return "user with roles " + roles;
        }
    }

    /** Empty where none are configured. */
    public Map<String, User> users() {
        return security == null || security.users() == null ? Map.of() : Map.copyOf(security.users());
    }

    /** Empty where none are configured. */
    public List<String> proxies() {
        return security == null || security.proxies() == null ? List.of() : List.copyOf(security.proxies());
    }
}
