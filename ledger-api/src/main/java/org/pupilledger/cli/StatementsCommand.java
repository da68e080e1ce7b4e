package org.pupilledger.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.ConflictView;
import org.pupilledger.export.StatementView;
import org.pupilledger.export.StatementsCsv;
import org.pupilledger.export.StatementsText;
import org.pupilledger.intake.InvalidInput;
import org.pupilledger.intake.StatementsQuery;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.statement.Statements;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints statements as {@code GET /statements} and {@code GET /statements/conflicts} answer them. */
@Command(
        name = "statements",
        description = "Print figures told outside, who must be told anew, and which contradict each other.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:printed; with --stale, nobody must be told anew",
            "1:with --stale, somebody must be told anew; or the ledger cannot be read",
            "2:wrong use"
        })
final class StatementsCommand implements Callable<Integer> {
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final Map<String, String> OPTIONS = Map.of("asToldOn", "as-told-on");

    @ParentCommand
    private @Nullable LedgerCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--stale", description = "only those whose recipients must be told anew")
    private boolean isStale;

    @Option(names = "--conflicts", description = "those that give different figures for periods that overlap")
    private boolean isConflicts;

    @Option(names = "--as-told-on", description = "only what had been told by the end of this date, as told then")
    private @Nullable String asToldOn;

    @Option(names = "--organisation", description = "only figures of this one, by code")
    private @Nullable String organisation;

    @Option(names = "--measure", description = "only this measure, as in individuals_matched")
    private @Nullable String measure;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: text)", defaultValue = "text")
    private Format format = Format.text;

    /** Named as they are typed. */
    enum Format {
        text,
        csv,
        json
    }

    @Override
    public Integer call() {
        LedgerCommand ledger = Objects.requireNonNull(parent);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        StatementsQuery query = query();
        try (ConfigurableApplicationContext context = ledger.openLedgerToPrint()) {
            LedgerNode node = context.getBean(LedgerNode.class);
            FiguresOptions.check(query.organisation(), node);
            if (!node.waiting().awaitAllProjected(AT_MOST)) {
                spec.commandLine().getErr().println("Not everything recorded is in the register yet.");
            }
            return print(node.registers().statements(), query, out);
        }
    }

    private StatementsQuery query() {
        if (isStale && isConflicts) {
            throw new WrongUse("Give --stale or --conflicts, not both.");
        }
        try {
            return StatementsQuery.read(
                    asToldOn, organisation, measure, null, null, null, null, isStale ? "true" : null);
        } catch (InvalidInput e) {
            InvalidInput.Flaw flaw = e.flaws().getFirst();
            throw new WrongUse("--" + OPTIONS.getOrDefault(flaw.pointer(), flaw.pointer()) + ": " + flaw.detail());
        }
    }

    private int print(Statements statements, StatementsQuery query, PrintWriter out) {
        if (isConflicts) {
            List<ConflictView> conflicts = statements.conflicts(query.toldBy()).stream()
                    .filter(query::admits)
                    .map(ConflictView::of)
                    .toList();
            out.print(
                    switch (format) {
                        case text -> StatementsText.ofConflicts(conflicts);
                        case csv -> StatementsCsv.ofConflicts(conflicts);
                        case json -> json(conflicts);
                    });
            out.flush();
            return 0;
        }
        List<StatementView> found = statements
                .standings()
                .filter(query::admits)
                .map(standing -> StatementView.of(standing, statements.ledger(standing.statement()), query.toldBy()))
                .toList();
        out.print(
                switch (format) {
                    case text -> StatementsText.of(found);
                    case csv -> StatementsCsv.of(found);
                    case json -> json(found);
                });
        out.flush();
        return isStale && !found.isEmpty() ? LedgerCommand.FINDING : 0;
    }

    private static String json(List<?> items) {
        return JsonMapper.shared().writeValueAsString(Map.of("items", items)) + System.lineSeparator();
    }
}
