package org.pupilledger.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.PrivateFiles;

/**
 * PostgreSQL's own programs, each run within a time limit.
 *
 * @param directory where they are
 * @param data      the data directory that they work in and on; null where they are told another way
 */
record Programs(Path directory, @Nullable Path data) {

    Programs(Path directory) {
        this(directory, null);
    }

    Programs in(Path dataDirectory) {
        return new Programs(directory, dataDirectory);
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    private static final Duration UNSHARE_LIMIT = Duration.ofSeconds(10);
    private static final int OUTPUT_MAX_BYTES = 4_096;

    /** What a program left behind. {@code output} is the end of what it printed. */
    record Outcome(String program, int exitCode, String output) {

        boolean succeeded() {
            return exitCode == 0;
        }

        void requireSuccess() {
            if (!succeeded()) {
                throw new Hindered(program + " failed with exit code " + exitCode + ": " + output);
            }
        }
    }

    /** PostgreSQL refuses uid 0; as root its programs run in a user namespace of their own, if the system allows. */
    static void requireUsableUser() {
        if (runsAsRoot() && !mayUnshare()) {
            throw new Hindered("PostgreSQL does not run as root, and root may not run \"unshare --user\" here. "
                    + "Run the ledger as an ordinary user who owns the data directory.");
        }
    }

    /** Runs a program to its end. Its output goes to a file, so nothing can block on it. */
    Outcome run(String program, Duration limit, String input, List<String> arguments) throws IOException {
        Path output = Files.createTempFile("ledger-" + program, ".out");
        try {
            Process process = builder(program, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            } catch (IOException e) {
                // It ended without reading its input; its exit code says more than this broken pipe.
            }
            if (!endsWithin(limit, process)) {
                process.destroyForcibly();
                throw new Hindered(program + " did not end within " + limit.toSeconds() + " s: "
                        + PrivateFiles.tail(output, OUTPUT_MAX_BYTES));
            }
            return new Outcome(program, process.exitValue(), PrivateFiles.tail(output, OUTPUT_MAX_BYTES));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean runsAsRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static boolean mayUnshare() {
        try {
            Process process = new ProcessBuilder("unshare", "--user", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return endsWithin(UNSHARE_LIMIT, process) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private ProcessBuilder builder(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            // In a new user namespace root is nobody, yet owns root's files.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory((data == null ? directory : data).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        if (data != null) {
            builder.environment().put("PGDATA", data.toString());
        }
        return builder;
    }

    /** An interrupt is kept for later: a server must not be left behind because somebody was in a hurry. */
    private static boolean endsWithin(Duration limit, Process process) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(deadlineNanos - System.nanoTime(), NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
