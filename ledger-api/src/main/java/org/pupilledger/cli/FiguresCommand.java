package org.pupilledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.LedgerNode;
import org.pupilledger.export.DocumentHtml;
import org.pupilledger.export.DocumentOds;
import org.pupilledger.export.FiguresCsv;
import org.pupilledger.export.FiguresDocument;
import org.pupilledger.export.FiguresText;
import org.pupilledger.export.FiguresView;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.intake.Queries;
import org.pupilledger.totals.FiguresQuery;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.FiguresTable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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

    @Option(names = "--by", description = "month, quarter, year or total (default: month)")
    private @Nullable String by;

    @Option(names = "--from", description = "first month, as in 2018-04")
    private @Nullable String from;

    @Option(names = "--to", description = "last month, inclusive")
    private @Nullable String to;

    @Option(names = "--organisation", description = "only this one, by code")
    private @Nullable String organisation;

    @Option(names = "--category", description = "only organisations of this category")
    private @Nullable String category;

    @Option(names = "--complete", description = "also rows for periods without requests")
    private boolean isComplete;

    @Option(names = "--as-at", description = "as the ledger knew them at an instant, or the end of a date")
    private @Nullable String asAt;

    @Option(names = "--at-position", description = "as the ledger knew them at a position")
    private @Nullable String atPosition;

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
        FiguresQuery query = query();
        String chosen = format == null ? null : format.chosen();
        if (chosen != null && !FORMATS.contains(chosen)) {
            throw new WrongUse("--format: the code is not known.");
        }
        try (ConfigurableApplicationContext context = ledger.openLedger()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            if (!node.awaitAllProjected(AT_MOST)) {
                spec.commandLine().getErr().println("Not everything recorded is in the figures yet.");
            }
            print(table(node, query), chosen, ledger, out);
            return 0;
        }
    }

    private FiguresQuery query() {
        try {
            if (asAt != null && atPosition != null) {
                throw new WrongUse("Give --as-at or --at-position, not both.");
            }
            return Queries.figures(from, to, by, organisation, category, Boolean.toString(isComplete));
        } catch (InvalidInput e) {
            throw wrongUse(e);
        }
    }

    private static WrongUse wrongUse(InvalidInput e) {
        InvalidInput.Flaw flaw = e.flaws().getFirst();
        return new WrongUse("--" + flaw.pointer() + ": " + flaw.detail());
    }

    private FiguresTable table(LedgerNode node, FiguresQuery query) {
        if (query.organisation() != null
                && node.organisations().find(query.organisation()).isEmpty()) {
            throw new WrongUse("--organisation: the code is not known.");
        }
        try {
            if (asAt != null) {
                return node.figures().asAt(query, Queries.instant(asAt, LedgerNode.ZONE), asAt);
            }
            return atPosition != null
                    ? node.figures().atPosition(query, Queries.position(atPosition))
                    : node.figures().now(query);
        } catch (InvalidInput e) {
            throw wrongUse(e);
        } catch (FiguresReader.BeyondNewest e) {
            throw new WrongUse("--at-position: the ledger has no such position yet.");
        }
    }

    private static void print(FiguresTable table, @Nullable String format, LedgerCommand ledger, PrintWriter out) {
        switch (format) {
            case null -> out.print(FiguresText.of(table));
            case "csv" -> out.print(FiguresCsv.of(table));
            case "json" -> out.println(JsonMapper.shared().writeValueAsString(FiguresView.of(table)));
            case "html" -> out.print(new String(DocumentHtml.of(FiguresDocument.of(table)), UTF_8));
            case "ods" -> ledger.results().writeBytes(DocumentOds.of(FiguresDocument.of(table)));
            default -> throw new IllegalStateException("looked at before");
        }
        out.flush();
    }
}
