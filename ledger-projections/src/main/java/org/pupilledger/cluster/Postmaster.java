package org.pupilledger.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Comparator.comparingLong;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of one data directory.
 *
 * @param data PostgreSQL's own directory, a real path
 */
record Postmaster(Programs programs, Path data) {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    /** Generous: after a crash the server first replays up to {@code max_wal_size}. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    /** More than pg_ctl is told, so that pg_ctl reports first. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final int PORT_ATTEMPTS = 5;
    private static final String LOG_IS_OPEN = "redirecting log output";
    private static final String PORT_TAKEN = "could not create any TCP/IP sockets";
    private static final int LOG_TAIL_MAX_BYTES = 2_000;

    /** Above every kernel's highest process number. */
    private static final long NO_PROCESS = Integer.MAX_VALUE;

    /** Starts the server and returns its port once it answers; after a failure the caller stops it. */
    int start(Durability durability) throws IOException {
        return start(durability, Postmaster::freePort);
    }

    /** Starts the server again, where whoever uses it expects it; after a failure nothing runs. */
    void startAgain(Durability durability, int port) throws IOException {
        start(durability, () -> port);
    }

    private interface Port {
        int choose() throws IOException;
    }

    private int start(Durability durability, Port ports) throws IOException {
        disownStrangers();
        for (int attempt = 1; ; attempt++) {
            int port = ports.choose();
            Files.writeString(data.resolve("postgresql.conf"), settings(port, durability));
            Files.deleteIfExists(startLog());
            Programs.Outcome outcome = pgCtlStart();
            if (outcome.succeeded()) {
                return port;
            }
            String lastLogLines = lastLogLines();
            if (attempt == PORT_ATTEMPTS || !lastLogLines.contains(PORT_TAKEN)) {
                throw new Hindered("The database server of " + data + " does not start (pg_ctl exit code "
                        + outcome.exitCode() + "). " + outcome.output() + System.lineSeparator() + lastLogLines);
            }
        }
    }

    /** Stops the server if it runs, first in order, then at once; either way nothing committed is lost. */
    void stop() throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            if (find().isEmpty()) {
                return;
            }
            Programs.Outcome outcome = pgCtl("stop", STOP_LIMIT, "--mode=" + mode);
            if (!outcome.succeeded()) {
                log.warn("pg_ctl stop --mode={}: exit code {}: {}", mode, outcome.exitCode(), outcome.output());
            }
        }
        if (find().isPresent()) {
            throw new Hindered("The database server of " + data + " (process "
                    + find().get().pid() + ") does not stop. End it, then start again.");
        }
    }

    /** The live server, also one whose ledger was killed; never a stranger that now has its process number. */
    Optional<ProcessHandle> find() throws IOException {
        return processNamedInPidFile().filter(this::servesThisDirectory);
    }

    /**
     * PostgreSQL does not start while the process in {@code postmaster.pid} lives, even if that number went to a
     * stranger after a crash, nor while that file is damaged. Of a readable file only the number is replaced: by the
     * shared memory that it also names PostgreSQL still notices backends that outlived their server.
     */
    private void disownStrangers() throws IOException {
        if (!Files.exists(pidFile())) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile(), ISO_8859_1));
        if (lines.isEmpty() || !isProcessNumber(lines.getFirst())) {
            Files.delete(pidFile());
        } else if (processNamedInPidFile().isPresent()) {
            lines.set(0, String.valueOf(NO_PROCESS));
            Files.write(pidFile(), lines, ISO_8859_1);
        }
    }

    private Optional<ProcessHandle> processNamedInPidFile() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(pidFile(), ISO_8859_1).stream()
                .findFirst()
                .filter(Postmaster::isProcessNumber)
                .flatMap(number -> ProcessHandle.of(Long.parseLong(number)));
    }

    private static boolean isProcessNumber(String line) {
        return line.matches("[1-9][0-9]{0,9}");
    }

    /** The message of a server that did not start: what it said last, in one line. */
    String lastWords() throws IOException {
        String early = PrivateFiles.tail(startLog(), LOG_TAIL_MAX_BYTES);
        boolean saysMoreElsewhere = early.isEmpty() || early.contains(LOG_IS_OPEN);
        List<String> lines =
                (saysMoreElsewhere ? lastLogLines() : early).lines().toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        String program = process.info().command().orElse("");
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return program.endsWith("/postgres") && arguments.contains(data.toString());
    }

    /**
     * It has a shell start the server, and quotes what it hands to the shell for spaces only. So its own paths are relative
     * to the data directory, which may have any name, and the one that must be whole is quoted here.
     */
    private Programs.Outcome pgCtlStart() throws IOException {
        Path program = programs.program("postgres");
        return pgCtl(
                "start",
                START_LIMIT,
                "-p",
                data.relativize(program).toString(),
                "--options=-D " + quotedForShell(data),
                "--log=" + startLog().getFileName());
    }

    private static String quotedForShell(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /** In the data directory, which {@code PGDATA} names. */
    private Programs.Outcome pgCtl(String action, Duration limit, String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of(action, "--wait", "--timeout=" + limit.toSeconds(), "--silent"));
        arguments.addAll(List.of(options));
        return programs.in(data).run("pg_ctl", limit.plus(MARGIN), "", arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private String lastLogLines() throws IOException {
        File[] logs = data.resolve("log").toFile().listFiles();
        Optional<File> newest = Stream.ofNullable(logs).flatMap(Stream::of).max(comparingLong(File::lastModified));
        String beforeItsLogWasOpen = PrivateFiles.tail(startLog(), LOG_TAIL_MAX_BYTES);
        return newest.isEmpty()
                ? beforeItsLogWasOpen
                : beforeItsLogWasOpen + "\n" + PrivateFiles.tail(newest.get().toPath(), LOG_TAIL_MAX_BYTES);
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /** What the server says before its own log is open. */
    private Path startLog() {
        return data.resolve("start.log");
    }

    private static String settings(int port, Durability durability) {
        return String.format(Locale.ROOT, """
                # Written at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                password_encryption = 'scram-sha-256'
                # The passwords are 256 random bits, which nobody guesses; more would be paid at each connection.
                scram_iterations = 1

                fsync = %s
                full_page_writes = on
                synchronous_commit = on
                wal_compression = on
                max_wal_size = '2GB'
                shared_buffers = '256MB'
                jit = off

                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'

                # One file for each day of the week. Nothing that a person typed may get here.
                logging_collector = on
                log_filename = 'server-%%a.log'
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_truncate_on_rotation = on
                log_statement = 'none'
                log_min_error_statement = 'panic'
                log_error_verbosity = 'terse'
                log_parameter_max_length = 0
                log_parameter_max_length_on_error = 0
                log_connections = ''
                log_disconnections = off
                log_checkpoints = off
                """, port, durability.fsync());
    }
}
