package org.pupilledger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pupilledger.cli.LedgerCommand;
import org.pupilledger.failure.Hindered;
import org.pupilledger.limits.OutOfMemory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** The program: a server without arguments, a command with one. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class LedgerApplication {
    private static final int REFUSED = 2;
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
    private static final int MIN_CARRIERS = 16;

    /** It ran, and could not go on. */
    private static final int LOST = 3;

    private static final Duration MAX_END = Duration.ofSeconds(30);

    /** Spring has an analysis for the log of a server; a command ends with a sentence of its own instead. */
    private static final List<String> QUIET = List.of(
            "--logging.level.root=warn",
            "--logging.level.org.springframework.context.annotation.AnnotationConfigApplicationContext=error",
            "--logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter=off");

    public static void main(String[] args) {
        // Read when Axon's classes load: nothing here phones home or advertises.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        // Requests run in virtual threads, which are not interrupted while they compute: more of them than there are
        // processors, so that the operating system lets all get on.
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(
                    CARRIERS,
                    "" + Math.max(MIN_CARRIERS, 2 * Runtime.getRuntime().availableProcessors()));
        }
        OutOfMemory.endUncaught();
        if (LedgerCommand.isCommand(args)) {
            System.exit(command(args));
        }
        if (!hasStarted(args)) {
            System.exit(REFUSED);
        }
    }

    /** Runs a command to its end; returns the exit code. */
    static int command(String... args) {
        return LedgerCommand.run(
                args,
                LedgerApplication::forCommand,
                LedgerApplication::forInspection,
                LedgerApplication::checked,
                Version.ofThisProgram().toString());
    }

    private static boolean hasStarted(String[] args) {
        try (Starting starting = new Starting()) {
            try {
                server().initializers(context -> context.getBeanFactory().addBeanPostProcessor(starting))
                        .run(args);
                return true;
            } catch (RuntimeException e) {
                System.err.println(explanation(e));
                return false;
            }
        }
    }

    /** Ends a server that cannot go on. In a thread of its own, which the end of others may wait for. */
    static void end(String why) {
        System.err.println("The ledger has ended. " + why);
        Thread.ofPlatform().daemon().name("halt").start(() -> {
            try {
                Thread.sleep(MAX_END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(LOST);
        });
        Thread.ofPlatform().name("end").start(() -> System.exit(LOST));
    }

    static SpringApplicationBuilder server() {
        return new SpringApplicationBuilder(LedgerApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .initializers(context -> StartChecks.server(context.getEnvironment()));
    }

    /** What commands need: the same settings and wiring, no HTTP. */
    private static ConfigurableApplicationContext forCommand(Set<String> settings) {
        return withoutServer(LedgerConfiguration.class, StartChecks::ledger, settings);
    }

    /** What commands need that only look: the same settings, and nothing that runs. */
    private static ConfigurableApplicationContext forInspection(Set<String> settings) {
        return withoutServer(InspectionConfiguration.class, StartChecks::settings, settings);
    }

    /** The settings that a server would start with, looked at as it does; nothing is made or opened. */
    private static List<String> checked(Set<String> settings) {
        try (ConfigurableApplicationContext context =
                withoutServer(InspectionConfiguration.class, StartChecks::server, settings)) {
            return KnownSettings.inForce(context.getEnvironment());
        }
    }

    private static ConfigurableApplicationContext withoutServer(
            Class<?> configuration, Consumer<Environment> check, Set<String> settings) {
        try {
            return new SpringApplicationBuilder(configuration)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .properties(LedgerConfiguration.MAY_ATTACH + "=true")
                    .initializers(context -> check.accept(context.getEnvironment()))
                    .run(quietly(settings));
        } catch (RuntimeException e) {
            String sentence = StartFailures.sentence(e);
            throw sentence == null ? e : new Hindered(sentence, e);
        }
    }

    /** Arguments, since application.yaml overrides mere defaults; what the caller gave stands. */
    private static String[] quietly(Set<String> settings) {
        return Stream.concat(
                        QUIET.stream()
                                .filter(level -> settings.stream()
                                        .noneMatch(setting ->
                                                setting.startsWith(level.substring(0, level.indexOf('=') + 1)))),
                        settings.stream())
                .toArray(String[]::new);
    }

    /** One sentence for what whoever starts the program can do something about; else where it failed. */
    private static String explanation(Throwable failure) {
        String sentence = StartFailures.sentence(failure);
        return sentence == null
                ? "The ledger did not start; see the log above."
                : "The ledger did not start. " + sentence;
    }
}
