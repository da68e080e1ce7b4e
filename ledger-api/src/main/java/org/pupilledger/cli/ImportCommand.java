package org.pupilledger.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.imports.CsvImport;
import org.pupilledger.imports.Imported;
import org.pupilledger.imports.Officer;
import org.pupilledger.node.LedgerNode;
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
        description = "Import a CSV file of requests, or of totals of longer periods. Importing it again adds nothing.",
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
            Imported report = imports.run(
                    () -> Files.newInputStream(from),
                    Officer.recording(node.recording().author(USER, Role.RECORDER.name())),
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
    private void awaitFigures(LedgerNode node, Imported.@Nullable Last last) {
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

    private void print(Imported report) {
        Imported.Counts counted = report.counted();
        Imported.Counts omitted = report.omitted();
        report.wrong().forEach(wrong -> out().println(wrong.sentence()));
        report.awaiting().forEach(awaited -> out().println(awaited.words()));
        if (!isQuiet) {
            report.lines().forEach(line -> out().println(text(line)));
            if (omitted.all() > 0) {
                out().println("not named: " + text(omitted));
            }
        }
        out().println(text(counted));
    }

    private static String text(Imported.Counts counts) {
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

    private static String text(Imported.Line line) {
        String steps = line.steps().isEmpty() ? "" : " (" + String.join(", ", line.steps()) + ")";
        return line.number() + " " + line.outcome().code()
                + (line.why() == null ? " " + line.id() + steps : steps + " " + line.reasons());
    }
}
