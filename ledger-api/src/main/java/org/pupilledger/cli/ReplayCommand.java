package org.pupilledger.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.FiguresText;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.intake.ReplayQuery;
import org.pupilledger.intake.ReplayQuery.With;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.replay.CsvUnusable;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.Until;
import org.pupilledger.totals.FiguresReader;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Replays every entry, verified, and prints the figures or what they differ in from others. */
@Command(
        name = "replay",
        description = {
            "Replay the ledger from its first entry, comparing each entry with what was signed, and print the figures.",
            "With --compare it prints the cells that differ, and the events that explain each of them."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:printed; nothing differs", "1:something differs", "2:wrong use, or the ledger cannot be read"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final Set<String> FORMATS = Set.of("text", "csv", "json");
    private static final int MAX_CSV_BYTES = 8 << 20;

    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FiguresOptions options = new FiguresOptions();

    @Option(
            names = "--compare",
            paramLabel = "live|EDITION|FILE",
            description =
                    "the running totals, an edition, 2023-Q3, a revision of it, 2023-Q3.1, or a CSV file of figures")
    private @Nullable String compare;

    @Option(names = "--format", description = "text, csv or json (default: text)")
    private String format = "text";

    @Option(names = "--quiet", description = "no progress")
    private boolean isQuiet;

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!FORMATS.contains(format)) {
            throw new WrongUse("--format: this is text, csv or json.");
        }
        FiguresQuery figures = options.query();
        Until until = options.until();
        try (ConfigurableApplicationContext context = ledger.openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            if (!node.waiting().awaitAllProjected(AT_MOST)) {
                err.println("Not everything recorded is in the figures yet.");
            }
            FiguresOptions.check(figures.organisation(), node);
            ReplayQuery query = new ReplayQuery(figures, until, options.asked(), with(node));
            ReplayProgress progress = new ReplayProgress(isQuiet ? null : err);
            try {
                ReplayJobs.Answer answer = query.run(node.replays().comparisons(), progress);
                progress.end();
                return print(answer, out);
            } catch (FiguresReader.BeyondNewest e) {
                throw FiguresOptions.beyondNewest();
            } catch (CsvUnusable e) {
                throw new WrongUse(String.valueOf(e.getMessage()));
            } catch (Comparison.TooManyEvents e) {
                throw new WrongUse(String.valueOf(e.getMessage()));
            } finally {
                progress.end();
            }
        }
    }

    private With with(LedgerNode node) {
        if (compare != null && Files.isRegularFile(Path.of(compare))) {
            return new With.Csv(GivenFile.read(Path.of(compare), MAX_CSV_BYTES, "--compare: the file"));
        }
        try {
            return ReplayQuery.with(compare, node.publications().editions());
        } catch (InvalidInput e) {
            throw new WrongUse(
                    "--compare: this is neither live, nor a released edition, 2023-Q3, nor a revision of one,"
                            + " 2023-Q3.1, and there is no file of that name.");
        }
    }

    private int print(ReplayJobs.Answer answer, PrintWriter out) {
        Comparison comparison = answer.comparison();
        out.print(comparison == null ? figures(answer) : comparison(comparison));
        out.flush();
        return comparison == null || comparison.isEmpty() ? 0 : LedgerCommand.FINDING;
    }

    private String figures(ReplayJobs.Answer answer) {
        return switch (format) {
            case "csv" -> TableCsv.text(FiguresTables.answered(answer.figures()));
            case "json" ->
                JsonMapper.shared().writeValueAsString(FiguresView.of(answer.figures())) + System.lineSeparator();
            default -> FiguresText.of(answer.figures());
        };
    }

    private String comparison(Comparison comparison) {
        return switch (format) {
            case "csv" -> TableCsv.text(ComparisonForm.REPLAY.table(comparison));
            case "json" ->
                JsonMapper.shared().writeValueAsString(ComparisonForm.REPLAY.json(comparison)) + System.lineSeparator();
            default -> ComparisonForm.REPLAY.text(comparison);
        };
    }
}
