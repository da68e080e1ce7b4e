package org.pupilledger.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresDocument;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.FiguresText;
import org.pupilledger.replay.Until;
import org.pupilledger.tables.DocumentHtml;
import org.pupilledger.tables.DocumentOds;
import org.pupilledger.terminal.WrongUse;
import org.pupilledger.views.CutFiguresView;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Prints the figures as {@code GET /figures} answers them. */
@Command(
        name = "figures",
        description = "Print figures by period and organisation.",
        exitCodeList = {"0:printed", "1:the ledger cannot be read", "2:wrong use"})
final class FiguresCommand extends Subcommand {
    private static final Set<String> FORMATS = Set.of("csv", "json", "ods", "html");

    @Mixin
    private FiguresOptions figures = new FiguresOptions();

    @Option(names = "--cut", description = "cut rows by PURPOSE, GATEWAY or LAWFUL_BASIS")
    private @Nullable String cut;

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
    public Integer call() throws Exception {
        FiguresQuery query = figures.query(cut);
        Until until = figures.until();
        String chosen = format == null ? null : format.chosen();
        if (chosen != null && !FORMATS.contains(chosen)) {
            throw new WrongUse("--format: the code is not known.");
        }
        return printed("figures", node -> {
            FiguresOptions.check(query.organisation(), node.registers().organisations());
            print(
                    figures.isOfThePast()
                            ? node.replays().replay().figures(query, until, figures.asked())
                            : node.registers().figures().now(query),
                    chosen);
            return 0;
        });
    }

    private void print(FiguresTable table, @Nullable String chosen) {
        switch (chosen) {
            case null -> out().print(FiguresText.of(table));
            case "csv" -> out().print(TableCsv.text(FiguresTables.answered(table)));
            case "json" -> out().println(JsonMapper.shared().writeValueAsString(CutFiguresView.of(table)));
            case "html" -> out().print(new String(DocumentHtml.of(FiguresDocument.of(table)), UTF_8));
            case "ods" -> ledger().results().writeBytes(DocumentOds.of(FiguresDocument.of(table)));
            default -> throw new IllegalStateException("looked at before");
        }
    }
}
