package org.pupilledger.export;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Statements and their conflicts as CSV: RFC 4180, one header row, an empty cell for what is not there. */
public final class StatementsCsv {
    private static final List<String> HEADER = List.of(
            "id",
            "told_on",
            "channel",
            "reference",
            "body",
            "measure",
            "unit",
            "organisation",
            "from",
            "to",
            "original_value",
            "value",
            "current_value",
            "told_value",
            "stale",
            "stale_because",
            "right_value",
            "ledger_value",
            "unexplained",
            "subject",
            "told_anew_by",
            "annulled");
    private static final List<String> CONFLICTS_HEADER = List.of(
            "conflict",
            "kind",
            "measure",
            "unit",
            "organisation",
            "id",
            "told_on",
            "channel",
            "reference",
            "from",
            "to",
            "value",
            "subject");

    private StatementsCsv() {}

    public static String of(List<StatementView> statements) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(HEADER);
            for (StatementView statement : statements) {
                csv.printRecord(
                        statement.id(),
                        statement.toldOn(),
                        statement.channel(),
                        statement.reference(),
                        statement.body(),
                        statement.measure(),
                        statement.unit(),
                        statement.organisation(),
                        statement.from(),
                        statement.to(),
                        AmountView.text(statement.originalValue()),
                        AmountView.text(statement.value()),
                        AmountView.text(statement.currentValue()),
                        AmountView.text(statement.toldValue()),
                        statement.stale(),
                        statement.staleBecause().stream()
                                .map(StatementView.StaleView::code)
                                .collect(Collectors.joining(";")),
                        statement.staleBecause().isEmpty()
                                ? null
                                : right(statement.staleBecause().getFirst()),
                        statement.ledger() == null ? null : statement.ledger().value(),
                        statement.ledger() == null ? null : statement.ledger().unexplained(),
                        statement.subject(),
                        statement.toldAnewBy(),
                        statement.annulment() != null);
            }
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static @Nullable String right(StatementView.StaleView because) {
        return because.rightValue() == null ? null : AmountView.text(because.rightValue());
    }

    /** One line for each statement of each conflict; the first column numbers the conflicts from 1. */
    public static String ofConflicts(List<ConflictView> conflicts) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(CONFLICTS_HEADER);
            int number = 0;
            for (ConflictView conflict : conflicts) {
                number++;
                for (ConflictView.SaidView said : conflict.statements()) {
                    csv.printRecord(
                            number,
                            conflict.kind(),
                            conflict.measure(),
                            conflict.unit(),
                            said.organisation(),
                            said.id(),
                            said.toldOn(),
                            said.channel(),
                            said.reference(),
                            said.from(),
                            said.to(),
                            AmountView.text(said.value()),
                            conflict.subject());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail", e);
        }
        return text.toString();
    }
}
