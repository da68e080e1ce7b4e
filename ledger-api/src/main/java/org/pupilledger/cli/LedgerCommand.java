package org.pupilledger.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.NotYet;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The subcommands. Results go to standard output, messages to standard error; the exit code is 0, 1 (a finding or
 * refused lines) or 2 (wrong use, or the ledger cannot be opened).
 */
@Command(
        name = "ledger-api",
        description = "The pupil-matching ledger. Without a subcommand it starts the server.",
        footer = {"", "Settings are given as for the server, such as --ledger.data-directory=DIR."},
        mixinStandardHelpOptions = true,
        subcommands = {
            ImportCommand.class,
            FiguresCommand.class,
            DiffCommand.class,
            ReplayCommand.class,
            StatementsCommand.class,
            PublishCommand.class,
            BundleCommand.class,
            VerifyCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            LogCommand.class,
            PasswordCommand.class,
            SettingsCommand.class
        })
public final class LedgerCommand implements Runnable {
    private static final String DATA_DIRECTORY = "ledger.data-directory";
    private static final String MUST_EXIST = "--command.must-exist=true";
    private static final String ONLY_PRINTS = "--command.only-prints=true";

    @Spec
    private @Nullable CommandSpec spec;

    private final Function<Set<String>, ConfigurableApplicationContext> open;
    private final Function<Set<String>, ConfigurableApplicationContext> inspect;
    private final Function<Set<String>, List<String>> check;
    private final Set<String> settings;
    private final PrintStream results;
    private @Nullable Path opened;

    private LedgerCommand(
            Function<Set<String>, ConfigurableApplicationContext> open,
            Function<Set<String>, ConfigurableApplicationContext> inspect,
            Function<Set<String>, List<String>> check,
            Set<String> settings,
            PrintStream results) {
        this.open = open;
        this.inspect = inspect;
        this.check = check;
        this.settings = settings;
        this.results = results;
    }

    /** True where the first argument that is no setting is a word or asks for help. */
    public static boolean isCommand(String[] args) {
        return !Stream.of(args).allMatch(LedgerCommand::isSetting);
    }

    /**
     * @param open    opens the ledger with settings such as {@code --ledger.data-directory=DIR}
     * @param inspect the same, to look only
     * @param check   looks whether a server would start with settings, and says with which, one on a line
     * @param version of this program
     * @return the exit code
     */
    public static int run(
            String[] args,
            Function<Set<String>, ConfigurableApplicationContext> open,
            Function<Set<String>, ConfigurableApplicationContext> inspect,
            Function<Set<String>, List<String>> check,
            String version) {
        Set<String> settings = new LinkedHashSet<>();
        List<String> rest = new ArrayList<>();
        for (String arg : args) {
            if (isSetting(arg)) {
                settings.add(arg);
            } else {
                rest.add(arg);
            }
        }
        // Results go to standard output, and nothing else does: whatever logs there is sent to standard error.
        PrintStream results = System.out;
        System.setOut(System.err);
        LoggingSystem.get(LedgerCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        LedgerCommand ledger = new LedgerCommand(open, inspect, check, settings, results);
        CommandLine commandLine = new CommandLine(ledger);
        commandLine.getCommandSpec().version(version);
        commandLine.setOut(new PrintWriter(results, true, StandardCharsets.UTF_8));
        commandLine.setExecutionStrategy(ledger::execute);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            WrongUse wrong = wrongUse(failure, command.getCommandSpec());
            command.getErr().println(message(wrong == null ? failure : wrong));
            return wrong == null ? command.getCommandSpec().exitCodeOnExecutionException() : ExitCode.WRONG_USE;
        });
        return commandLine.execute(rest.toArray(new String[0]));
    }

    /** What opened the ledger is noted beside it, however it ends. */
    private int execute(ParseResult parsed) {
        int exitCode = ExitCode.WRONG_USE;
        try {
            exitCode = new CommandLine.RunLast().execute(parsed);
            return exitCode;
        } finally {
            // who only prints, from a database elsewhere, may have none
            if (opened != null && Files.isDirectory(opened)) {
                note(opened, parsed, exitCode);
            }
        }
    }

    private static void note(Path dataDirectory, ParseResult parsed, int exitCode) {
        List<String> names = new ArrayList<>();
        for (ParseResult command = parsed.subcommand(); command != null; command = command.subcommand()) {
            names.add(command.commandSpec().name());
        }
        try {
            CommandLog.append(dataDirectory, String.join(" ", names), exitCode, Instant.now());
        } catch (IOException e) {
            parsed.commandSpec()
                    .commandLine()
                    .getErr()
                    .println("The use of this command could not be noted in " + CommandLog.FILE
                            + " in the data directory.");
        }
    }

    /** Settings have a point in their name, options of commands have none. */
    private static boolean isSetting(String arg) {
        if (!arg.startsWith("--")) {
            return false;
        }
        String name = arg.contains("=") ? arg.substring(0, arg.indexOf('=')) : arg;
        return name.contains(".");
    }

    /** Null where the fault is not in how the command was given. */
    private static @Nullable WrongUse wrongUse(Exception failure, CommandSpec command) {
        return switch (failure) {
            case WrongUse wrong -> wrong;
            case InvalidInput invalid -> new WrongUse(sentence(invalid.flaws().getFirst(), command));
            case NotYet early
            when early.what() == NotYet.What.REACHED ->
                new WrongUse("--at-position: the ledger has no such position yet.");
            default -> null;
        };
    }

    /** Names what is wrong as it is typed: an option, or a parameter in capitals. */
    private static String sentence(InvalidInput.Flaw flaw, CommandSpec command) {
        String option = "--" + flaw.pointer().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return flaw.pointer().isEmpty()
                ? flaw.detail()
                : (command.findOption(option) == null ? flaw.pointer().toUpperCase(Locale.ROOT) : option) + ": "
                        + flaw.detail();
    }

    /** The sentence of the innermost failure that this program raised itself; messages of others may quote data. */
    private static String message(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("org.pupilledger.") && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return "It failed: " + failure.getClass().getSimpleName();
    }

    /** Standard output, for a result that is no text. */
    PrintStream results() {
        return results;
    }

    /** Refused where there is none: a data directory that was mistyped must not become a new ledger. */
    ConfigurableApplicationContext openLedger() {
        return opened(MUST_EXIST);
    }

    /** The same, for who changes nothing. */
    ConfigurableApplicationContext openLedgerToPrint() {
        return opened(MUST_EXIST, ONLY_PRINTS);
    }

    /** Makes the ledger where there is none. */
    ConfigurableApplicationContext openOrMakeLedger() {
        return opened();
    }

    private ConfigurableApplicationContext opened(String... more) {
        Set<String> all = new LinkedHashSet<>(settings);
        all.addAll(List.of(more));
        return noted(open.apply(all));
    }

    /** For what was opened only to look, and then was changed or taken away. */
    ConfigurableApplicationContext noted(ConfigurableApplicationContext context) {
        opened = Path.of(context.getEnvironment().getRequiredProperty(DATA_DIRECTORY));
        return context;
    }

    /** For a {@code LedgerInspection}. */
    ConfigurableApplicationContext inspectLedger() {
        return inspect.apply(settings);
    }

    /** Those that a server would start with, one on a line; what is secret is not shown. */
    List<String> checkedSettings() {
        return check.apply(settings);
    }

    @Override
    public void run() {
        CommandSpec missing = spec;
        if (missing != null) {
            throw new ParameterException(missing.commandLine(), "Name a subcommand.");
        }
    }
}
