package org.pupilledger.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.ComparisonForm;
import org.pupilledger.export.TableCsv;
import org.pupilledger.intake.DifferenceQuery;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.node.LedgerNode;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints what {@code GET /differences} answers. */
@Command(
        name = "diff",
        description = "Print which cells differ between two editions or positions, and the events that explain it.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = LedgerCommand.WRONG_USE,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing differs", "1:something differs", "2:wrong use, or the ledger cannot be read"})
final class DiffCommand implements Callable<Integer> {
    private static final Duration AT_MOST = Duration.ofMinutes(5);

    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

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
    private String format = Format.TEXT.code();

    private enum Format {
        TEXT,
        CSV,
        JSON;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Format of(String code) {
            for (Format format : values()) {
                if (format.code().equals(code)) {
                    return format;
                }
            }
            throw new WrongUse("--format: this is text, csv or json.");
        }
    }

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Format wanted = Format.of(format);
        DifferenceQuery query = query();
        try (ConfigurableApplicationContext context = ledger.openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            if (!node.waiting().awaitAllProjected(AT_MOST)) {
                spec.commandLine().getErr().println("Not everything recorded is in the figures yet.");
            }
            Comparison difference = difference(node, query);
            out.print(text(difference, wanted));
            out.flush();
            return difference.isEmpty() ? 0 : LedgerCommand.FINDING;
        }
    }

    private DifferenceQuery query() {
        try {
            return DifferenceQuery.parse(was, now, from, to);
        } catch (InvalidInput e) {
            throw wrongUse(e);
        }
    }

    private static Comparison difference(LedgerNode node, DifferenceQuery query) {
        try {
            DifferenceQuery.Range range =
                    query.find(node.publications().editions(), node.waiting().projected());
            return node.publications()
                    .differences()
                    .between(range.was(), range.now(), range.last(), range.isWithheld(), range.isWithheld());
        } catch (InvalidInput e) {
            throw wrongUse(e);
        } catch (Comparison.TooManyEvents e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private static WrongUse wrongUse(InvalidInput e) {
        InvalidInput.Flaw flaw = e.flaws().getFirst();
        boolean isOption = flaw.pointer().equals("from") || flaw.pointer().equals("to");
        return new WrongUse(
                (isOption ? "--" + flaw.pointer() : flaw.pointer().toUpperCase(Locale.ROOT)) + ": " + flaw.detail());
    }

    private static String text(Comparison difference, Format format) {
        return switch (format) {
            case TEXT -> ComparisonForm.POSITIONS.text(difference);
            case CSV -> TableCsv.text(ComparisonForm.POSITIONS.table(difference));
            case JSON ->
                JsonMapper.shared().writeValueAsString(ComparisonForm.POSITIONS.json(difference)) + System.lineSeparator();
        };
    }
}
