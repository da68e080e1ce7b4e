package org.pupilledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.FiguresText;
import org.pupilledger.figures.FiguresView;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.replay.Until;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.DocumentOds;
import org.pupilledger.totals.FiguresReader;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints the figures as {@code GET /figures} answers them. */
@Command(
        name = "figures",
        description = "Print figures by period and organisation.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:printed", "1:the ledger cannot be read", "2:wrong use"})
final class FiguresCommand implements Callable<Integer> {
    private static final Duration AT_MOST = Duration.ofMinutes(5);

    private static final Set<String> FORMATS = Set.of("csv", "json", "ods", "html");

    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private FiguresOptions figures = new FiguresOptions();

    @ArgGroup
    private @Nullable Format format;

    private static final class Format {
        @Option(names = "--csv", description = "as CSV")
        private boolean isCsv;

        @Option(names = "--json", description = "as JSON")
        private boolean isJson;

        @Option(names = "--format", description = "csv, json, ods or html; a spreadsheet is bytes, for a file")
        private @Nullable String name;

        /** Null for a table on a terminal. */
        private @Nullable String chosen() {
            return isCsv ? "csv" : isJson ? "json" : name;
        }
    }

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        FiguresQuery query = figures.query();
        Until until = figures.until();
        String chosen = format == null ? null : format.chosen();
        if (chosen != null && !FORMATS.contains(chosen)) {
            throw new WrongUse("--format: the code is not known.");
        }
        try (ConfigurableApplicationContext context = ledger.openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            if (!node.waiting().awaitAllProjected(AT_MOST)) {
                spec.commandLine().getErr().println("Not everything recorded is in the figures yet.");
            }
            FiguresOptions.check(query.organisation(), node);
            print(table(node, query, until), chosen, ledger, out);
            return 0;
        }
    }

    private FiguresTable table(LedgerNode node, FiguresQuery query, Until until) {
        try {
            return figures.isOfThePast()
                    ? node.replays().replay().figures(query, until, figures.asked())
                    : node.registers().figures().now(query);
        } catch (FiguresReader.BeyondNewest e) {
            throw FiguresOptions.beyondNewest();
        }
    }

    private static void print(FiguresTable table, @Nullable String format, LedgerCommand ledger, PrintWriter out) {
        switch (format) {
            case null -> out.print(FiguresText.of(table));
            case "csv" -> out.print(TableCsv.text(FiguresTables.answered(table)));
            case "json" -> out.println(JsonMapper.shared().writeValueAsString(FiguresView.of(table)));
            case "html" -> out.print(new String(DocumentHtml.of(FiguresDocument.of(table)), UTF_8));
            case "ods" -> ledger.results().writeBytes(DocumentOds.of(FiguresDocument.of(table)));
            default -> throw new IllegalStateException("looked at before");
        }
        out.flush();
    }
}
