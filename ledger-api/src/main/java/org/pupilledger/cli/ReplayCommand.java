package org.pupilledger.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.FiguresText;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.past.ReplayQuery;
import org.pupilledger.past.ReplayQuery.With;
import org.pupilledger.reading.InvalidInput;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.Until;
import org.pupilledger.terminal.EntriesProgress;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.GivenFile;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays every entry, verified, and prints the figures or what they differ in from others. */
@Command(
        name = "replay",
        description = {
            "Replay the ledger from its first entry, comparing each entry with what was signed, and print the figures.",
            "With --compare it prints the cells that differ, and the events that explain each of them."
        },
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:printed; nothing differs", "1:something differs", "2:wrong use, or the ledger cannot be read"
        })
final class ReplayCommand extends Subcommand {
    private static final int MAX_CSV_BYTES = 8 << 20;

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
    public Integer call() throws Exception {
        Format wanted = Format.of(format);
        FiguresQuery figures = options.query();
        Until until = options.until();
        return printed("figures", node -> {
            FiguresOptions.check(figures.organisation(), node.registers().organisations());
            ReplayQuery query = new ReplayQuery(figures, until, options.asked(), with(node));
            EntriesProgress progress = new EntriesProgress(isQuiet ? null : err());
            try {
                ReplayJobs.Answer answer = query.run(node.replays().comparisons(), progress);
                progress.end();
                return print(answer, wanted);
            } finally {
                progress.end();
            }
        });
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

    private int print(ReplayJobs.Answer answer, Format wanted) {
        Comparison comparison = answer.comparison();
        if (comparison == null) {
            out().print(wanted.text(
                    answer.figures(),
                    FiguresText::of,
                    it -> TableCsv.text(FiguresTables.answered(it)),
                    FiguresView::of));
            return 0;
        }
        out().print(wanted.text(
                comparison,
                ComparisonForm.REPLAY::text,
                it -> TableCsv.text(ComparisonForm.REPLAY.table(it)),
                ComparisonForm.REPLAY::json));
        return comparison.isEmpty() ? 0 : ExitCode.FINDING;
    }
}
