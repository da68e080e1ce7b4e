package org.pupilledger;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupilledger.cli.LedgerCommand;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The real program, run as a process of its own; its commands in this one, which takes a tenth of the time. */
final class Program {
    private static final long TIMEOUT_S = 90;
    /** A reader waits; the common pool has too few threads for that. */
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    /** Also of the threads that it starts. */
    private static final InheritableThreadLocal<Boolean> IS_COMMAND = new InheritableThreadLocal<>() {
        @Override
        protected Boolean initialValue() {
            return false;
        }
    };

    private Program() {}

    /** What a finished run said. */
    record Result(int exitCode, String out, String err) {}

    /** Runs it to its end: a command in this process, one at a time, and a server that is not to start in its own. */
    static Result run(String... arguments) {
        return LedgerCommand.isCommand(arguments)
                ? ProcessLock.alone(() -> runHere(arguments))
                : runAlone(List.of(), List.of(arguments));
    }

    static Result run(List<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    /**
     * Runs it to its end in a process of its own.
     *
     * @param options of the Java virtual machine
     */
    static Result runAlone(List<String> options, List<String> arguments) {
        return runMain(LedgerApplication.class, options, arguments);
    }

    /** What a command changes of the process it leaves as it was: the streams, the levels and files of the log. */
    private static Result runHere(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        LoggingSystem logging = LoggingSystem.get(Program.class.getClassLoader());
        Map<String, LogLevel> levels = new HashMap<>();
        logging.getLoggerConfigurations().forEach(logger -> levels.put(logger.getName(), logger.getConfiguredLevel()));
        TestServer.LOGGING.forEach(System::setProperty);
        System.setOut(ofTheCommand(out, outBefore));
        System.setErr(ofTheCommand(err, errBefore));
        IS_COMMAND.set(true);
        int exitCode;
        try {
            exitCode = LedgerApplication.command(arguments);
        } finally {
            IS_COMMAND.remove();
            System.setOut(outBefore);
            System.setErr(errBefore);
            TestServer.LOGGING.keySet().forEach(System::clearProperty);
            logging.getLoggerConfigurations()
                    .forEach(logger -> logging.setLogLevel(logger.getName(), levels.get(logger.getName())));
        }
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Takes what the threads of the command write; what servers write meanwhile goes where it went before. */
    private static PrintStream ofTheCommand(OutputStream command, OutputStream others) {
        OutputStream divided = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                (IS_COMMAND.get() ? command : others).write(bytes, offset, length);
            }
        };
        return new PrintStream(divided, true, StandardCharsets.UTF_8);
    }

    /**
     * Runs a program around it. Nobody types anything.
     *
     * @param main    of which {@code main} is called
     * @param options of the Java virtual machine
     */
    static Result runMain(Class<?> main, List<String> options, List<String> arguments) {
        try {
            Process process = start(main, options, arguments);
            CompletableFuture<String> out =
                    CompletableFuture.supplyAsync(() -> text(process.getInputStream()), READERS);
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), READERS);
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("it does not end");
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tells a server to stop, as {@code kill} does, as soon as it logs something. */
    static Result stoppedWhenItLogs(String text, List<String> arguments) {
        try {
            Process process = start(LedgerApplication.class, List.of(), arguments);
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), READERS);
            StringBuilder said = new StringBuilder();
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.contains(text)) {
                    // not by the process itself, which would close what it says
                    process.toHandle().destroy();
                }
            }
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not end");
            }
            return new Result(process.exitValue(), said.toString(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that leaves its classes to those that come after it. */
    static Server firstServer(List<String> options, List<String> arguments) {
        try {
            return Server.of(startJava(LedgerApplication.class, options, arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(ProgramClasses.options());
        all.addAll(options);
        return startJava(main, all, arguments);
    }

    private static Process startJava(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED"));
        // after those above, of which the last one counts
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).start();
    }

    /** A server in a process of its own, which can be killed. */
    static final class Server {
        private final Process process;
        private final int port;
        private final CompletableFuture<String> err;
        private final AtomicInteger logged = new AtomicInteger();

        private Server(Process process, int port, CompletableFuture<String> err) {
            this.process = process;
            this.port = port;
            this.err = err;
        }

        /** Returns when it answers. */
        static Server start(List<String> arguments) {
            return start(List.of(), arguments);
        }

        /** @param options of the Java virtual machine */
        static Server start(List<String> options, List<String> arguments) {
            try {
                return of(Program.start(LedgerApplication.class, options, arguments));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Server of(Process process) throws IOException {
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), READERS);
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher port = PORT.matcher(line);
                if (port.find()) {
                    Server server = new Server(process, Integer.parseInt(port.group(1)), err);
                    READERS.execute(() -> server.drain(out));
                    return server;
                }
            }
            throw new IllegalStateException("it did not start");
        }

        private void drain(BufferedReader out) {
            try {
                while (out.readLine() != null) {
                    logged.incrementAndGet();
                }
            } catch (IOException e) {
                // it was killed
            }
        }

        /** Lines that it has logged since it was ready. */
        int logged() {
            return logged.get();
        }

        /** Waits until it has ended by itself. */
        Result awaitEnd() {
            end();
            return new Result(process.exitValue(), "", err.join());
        }

        Caller as(String user) {
            return TestServer.caller(port, user, TestServer.PASSWORD);
        }

        int port() {
            return port;
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** As {@code kill -9} does. */
        void kill() {
            process.destroyForcibly();
            end();
        }

        /** As {@code kill} does; returns how long it took. */
        Duration stop() {
            long begun = System.nanoTime();
            process.destroy();
            end();
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private void end() {
            try {
                if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("it does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
