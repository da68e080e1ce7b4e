package org.pupilledger.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.TextTable;

/** Statements and their conflicts as tables for a terminal. */
public final class StatementsText {
    private static final List<String> HEADER = List.of(
            "Told on",
            "Channel",
            "Reference",
            "Organisation",
            "Period",
            "Measure",
            "Value",
            "Told",
            "Right",
            "Because");
    private static final Set<Integer> NUMBERS = Set.of(6, 7, 8);
    private static final List<String> CONFLICTS_HEADER = List.of(
            "Conflict", "Kind", "Organisation", "Measure", "Told on", "Channel", "Reference", "Period", "Value");
    private static final Set<Integer> CONFLICTS_NUMBERS = Set.of(0, 8);

    private StatementsText() {}

    /** {@code Told} and {@code Right} only of those whose recipients must be told anew; {@code Because} also says annulled. */
    public static String of(List<StatementView> statements) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        for (StatementView statement : statements) {
            StatementView.StaleView because = statement.staleBecause().isEmpty()
                    ? null
                    : statement.staleBecause().getFirst();
            lines.add(List.of(
                    statement.toldOn(),
                    statement.channel(),
                    orDash(statement.reference()),
                    orAll(statement.organisation()),
                    statement.from() + " to " + statement.to(),
                    statement.measure(),
                    AmountView.text(statement.value()),
                    because == null ? "" : AmountView.text(statement.toldValue()),
                    because == null
                            ? ""
                            : because.rightValue() == null ? "not stated" : AmountView.text(because.rightValue()),
                    because != null ? because.code() : statement.annulment() == null ? "" : "annulled"));
        }
        return TextTable.of(lines, NUMBERS);
    }

    public static String ofConflicts(List<ConflictView> conflicts) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(CONFLICTS_HEADER);
        int number = 0;
        for (ConflictView conflict : conflicts) {
            number++;
            for (ConflictView.SaidView said : conflict.statements()) {
                lines.add(List.of(
                        Integer.toString(number),
                        conflict.kind(),
                        orAll(said.organisation()),
                        conflict.measure(),
                        said.toldOn(),
                        said.channel(),
                        orDash(said.reference()),
                        said.from() + " to " + said.to(),
                        AmountView.text(said.value())));
            }
        }
        return TextTable.of(lines, CONFLICTS_NUMBERS);
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static String orAll(@Nullable String organisation) {
        return organisation == null ? "all" : organisation;
    }
}
