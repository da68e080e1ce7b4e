package org.pupilledger.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.ConflictView;
import org.pupilledger.export.StatementView;
import org.pupilledger.export.StatementsCsv;
import org.pupilledger.export.StatementsText;
import org.pupilledger.reading.Queries;
import org.pupilledger.statement.Statements;
import org.pupilledger.statement.StatementsQuery;
import org.pupilledger.terminal.ExitCode;
import org.pupilledger.terminal.WrongUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints statements as {@code GET /statements} and {@code GET /statements/conflicts} answer them. */
@Command(
        name = "statements",
        description = "Print figures told outside, who must be told anew, and which contradict each other.",
        exitCodeList = {
            "0:printed; with --stale, nobody must be told anew",
            "1:with --stale, somebody must be told anew; or the ledger cannot be read",
            "2:wrong use"
        })
final class StatementsCommand extends Subcommand {
    @Option(names = "--stale", description = "only those whose recipients must be told anew")
    private boolean isStale;

    @Option(names = "--conflicts", description = "those that give different figures for one thing, or more for a part")
    private boolean isConflicts;

    @Option(names = "--as-told-on", description = "only what had been told by the end of this date, as told then")
    private @Nullable String asToldOn;

    @Option(names = "--organisation", description = "only figures of this one, by code")
    private @Nullable String organisation;

    @Option(names = "--measure", description = "only this measure, as in individuals_matched")
    private @Nullable String measure;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: text)", defaultValue = "text")
    private Format format = Format.text;

    @Override
    public Integer call() throws Exception {
        if (isStale && isConflicts) {
            throw new WrongUse("Give --stale or --conflicts, not both.");
        }
        StatementsQuery query = Queries.statements(
                asToldOn, organisation, measure, null, null, null, null, null, isStale ? "true" : null);
        return printed("register", node -> {
            FiguresOptions.check(query.organisation(), node.registers().organisations());
            return isConflicts
                    ? printConflicts(node.registers().statements(), query)
                    : print(node.registers().statements(), query);
        });
    }

    private int printConflicts(Statements statements, StatementsQuery query) {
        List<ConflictView> conflicts =
                statements.conflicts(query).map(ConflictView::of).toList();
        out().print(format.text(
                conflicts, StatementsText::ofConflicts, StatementsCsv::ofConflicts, StatementsCommand::items));
        return 0;
    }

    private int print(Statements statements, StatementsQuery query) {
        List<StatementView> found = statements
                .standings(query)
                .map(standing -> StatementView.of(statements, standing, query.toldBy()))
                .toList();
        out().print(format.text(found, StatementsText::of, StatementsCsv::of, StatementsCommand::items));
        return isStale && !found.isEmpty() ? ExitCode.FINDING : 0;
    }

    private static Map<String, List<?>> items(List<?> items) {
        return Map.of("items", items);
    }
}
