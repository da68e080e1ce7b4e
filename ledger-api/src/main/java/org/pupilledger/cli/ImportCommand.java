package org.pupilledger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.reading.PersonalDataFound;
import org.pupilledger.request.Refused;
import org.pupilledger.security.Role;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.GivenFile;
import org.pupilledger.terminal.StillWorking;
import org.pupilledger.terminal.WrongUse;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports a file as {@code POST /imports} does. */
@Command(
        name = "import",
        description = "Import a CSV file of historic requests. Importing it again adds nothing.",
        exitCodeList = {"0:every line is recorded", "1:lines were refused", "2:wrong use"})
final class ImportCommand extends Subcommand {
    private static final String UNREADABLE = "The file cannot be read.";
    private static final String USER = "(command-line)";

    @Parameters(paramLabel = "FILE", description = "the file, UTF-8")
    private @Nullable Path file;

    @Option(names = "--quiet", description = "only the totals: no line for each line, no progress")
    private boolean isQuiet;

    @Override
    public Integer call() {
        Path from = Objects.requireNonNull(file);
        check(from);
        try (ConfigurableApplicationContext context = opening()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            CsvImport imports = context.getBean(CsvImport.class);
            long started = System.nanoTime();
            CsvImport.Report report = imports.run(
                    () -> Files.newInputStream(from),
                    node.recording().author(USER, Role.RECORDER.name()),
                    isQuiet ? done -> {} : done -> progress(done, started));
            if (!isQuiet) {
                err().println();
            }
            awaitFigures(node, report.last());
            print(report);
            return report.counted().refused() > 0 ? ExitCode.FINDING : 0;
        } catch (IOException e) {
            throw new WrongUse(UNREADABLE);
        }
    }

    /** What is recorded is recorded: a failure here is no failure of the import. */
    private void awaitFigures(LedgerNode node, CsvImport.@Nullable Last last) {
        boolean isThere;
        try {
            isThere = last == null || node.waiting().awaitProjected(last.id(), last.sequence(), AT_MOST);
        } catch (RuntimeException e) {
            isThere = false;
        }
        if (!isThere) {
            err().println("Recorded, but not in the figures yet.");
        }
    }

    private void print(CsvImport.Report report) {
        CsvImport.Counts counted = report.counted();
        CsvImport.Counts omitted = report.omitted();
        if (!isQuiet) {
            report.lines().forEach(line -> out().println(text(line)));
            if (omitted.all() > 0) {
                out().println("not named: " + text(omitted));
            }
        }
        out().println(text(counted));
    }

    private static String text(CsvImport.Counts counts) {
        return counts.recorded() + " recorded, " + counts.alreadyRecorded() + " already recorded, " + counts.refused()
                + " refused";
    }

    private static void check(Path file) {
        try {
            GivenFile.check(file, "The file");
            if (Files.size(file) > CsvImport.MAX_BYTES) {
                throw new WrongUse("The file is larger than " + (CsvImport.MAX_BYTES >> 20) + " MiB.");
            }
        } catch (IOException e) {
            throw new WrongUse(UNREADABLE);
        }
    }

    private ConfigurableApplicationContext opening() {
        try (StillWorking _ = new StillWorking(isQuiet ? null : err(), () -> "opening the ledger")) {
            return ledger().openOrMakeLedger();
        }
    }

    private void progress(long done, long startedNanos) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        err().printf(Locale.ROOT, "\r%d lines, %.0f lines/s", done, done / Math.max(seconds, 1e-3));
        err().flush();
    }

    private static String text(CsvImport.Line line) {
        return switch (line) {
            case CsvImport.Line.Recorded(int number, String id) -> number + " recorded " + id;
            case CsvImport.Line.AlreadyRecorded(int number, String id) -> number + " already-recorded " + id;
            case CsvImport.Line.RefusedLine(int number, RuntimeException why) -> number + " refused " + reasons(why);
        };
    }

    /** Codes and columns, and what to do; never what stood there. */
    private static String reasons(RuntimeException why) {
        List<String> reasons = switch (why) {
            case InvalidInput invalid ->
                invalid.flaws().stream()
                        .map(flaw -> flaw.pointer() + " " + flaw.code() + ": " + flaw.detail())
                        .toList();
            case PersonalDataFound found ->
                found.places().stream()
                        .map(place -> place.pointer() + " personal-data "
                                + place.finding().code())
                        .toList();
            case Refused.RuleBroken broken ->
                broken.violations().stream()
                        .map(violation ->
                                violation.pointer() + " " + violation.rule().code())
                        .toList();
            case Refused.DuplicateReference duplicate -> List.of("references duplicate-reference");
            default -> List.of("refused");
        };
        return String.join("; ", reasons);
    }
}
