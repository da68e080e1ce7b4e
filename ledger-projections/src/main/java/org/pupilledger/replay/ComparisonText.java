package org.pupilledger.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.pupilledger.editions.ExplainingEvent;

/** A comparison for a terminal: each cell, below it what explains it, and how many there are. */
public final class ComparisonText {
    private ComparisonText() {}

    public static String of(Comparison comparison) {
        Map<Long, ExplainingEvent> events = new HashMap<>();
        comparison.events().forEach(event -> events.put(event.position(), event));
        StringBuilder text = new StringBuilder();
        for (Comparison.Cell cell : comparison.cells()) {
            text.append(cell.table())
                    .append(", ")
                    .append(cell.period())
                    .append(", ")
                    .append(cell.organisation())
                    .append(": ")
                    .append(cell.column())
                    .append(" is given as ")
                    .append(value(cell.given()))
                    .append(", the entries give ")
                    .append(value(cell.replayed()))
                    .append('\n');
            if (cell.shownAt() == null) {
                text.append("  no position of the ledger gives that value\n");
            }
            for (Long position : cell.events()) {
                text.append(Objects.requireNonNull(events.get(position)).line());
            }
        }
        return text.append(summary(comparison)).append('\n').toString();
    }

    private static String value(String cell) {
        return cell.isEmpty() ? "nothing" : cell;
    }

    private static String summary(Comparison comparison) {
        int cells = comparison.cells().size();
        String what = switch (cells) {
            case 0 -> "No cell differs";
            case 1 -> "1 cell differs";
            default -> cells + " cells differ";
        };
        return comparison.position() == null
                ? what + " from the empty ledger."
                : what + " from the entries 0 to " + comparison.position() + ".";
    }
}
