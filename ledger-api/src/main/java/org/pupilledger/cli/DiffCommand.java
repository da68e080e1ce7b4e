package org.pupilledger.cli;

import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.export.TableCsv;
import org.pupilledger.past.DifferenceQuery;
import org.pupilledger.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what {@code GET /differences} answers. */
@Command(
        name = "diff",
        description = "Print which cells differ between two editions or positions, and the events that explain it.",
        exitCodeOnExecutionException = ExitCode.WRONG_USE,
        exitCodeList = {"0:nothing differs", "1:something differs", "2:wrong use, or the ledger cannot be read"})
final class DiffCommand extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "WAS",
            description = "a position, 41, an edition, 2023-Q3, or a revision of it, 2023-Q3.1")
    private String was = "";

    @Parameters(index = "1", paramLabel = "NOW", description = "the other side, in the same form")
    private String now = "";

    @Option(names = "--from", description = "first month, which begins a quarter, as in 2023-07")
    private @Nullable String from;

    @Option(names = "--to", description = "last month, inclusive, which ends a quarter")
    private @Nullable String to;

    @Option(names = "--format", description = "text, csv or json (default: text)")
    private String format = "text";

    @Override
    public Integer call() throws Exception {
        Format wanted = Format.of(format);
        DifferenceQuery query = DifferenceQuery.parse(was, now, from, to);
        return printed("figures", node -> {
            DifferenceQuery.Range range =
                    query.find(node.publications().editions(), node.waiting().projected());
            Comparison difference = node.publications()
                    .differences()
                    .between(range.was(), range.now(), range.last(), range.isWithheld(), range.isWithheld());
            out().print(wanted.text(
                    difference,
                    ComparisonForm.POSITIONS::text,
                    it -> TableCsv.text(ComparisonForm.POSITIONS.table(it)),
                    ComparisonForm.POSITIONS::json));
            return difference.isEmpty() ? 0 : ExitCode.FINDING;
        });
    }
}
