package org.pupilledger.editions;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A difference for a terminal: each cell, below it what explains it, and how many there are. */
public final class DifferenceText {
    private DifferenceText() {}

    public static String of(Difference difference) {
        Map<Long, ExplainingEvent> events = new HashMap<>();
        difference.events().forEach(event -> events.put(event.position(), event));
        StringBuilder text = new StringBuilder();
        for (ChangedCell cell : difference.cells()) {
            text.append(cell.table())
                    .append(", ")
                    .append(cell.label() == null ? cell.key().getFirst() : cell.label())
                    .append(", ")
                    .append(cell.key().getLast())
                    .append(": ")
                    .append(cell.column())
                    .append(" was ")
                    .append(value(cell.was(), cell.isWasNotStated()))
                    .append(", now ")
                    .append(value(cell.now(), cell.isNowNotStated()))
                    .append('\n');
            for (Long position : cell.events()) {
                text.append(Objects.requireNonNull(events.get(position)).line());
            }
        }
        return text.append(summary(difference)).append('\n').toString();
    }

    private static String value(@Nullable Object value, boolean isNotStated) {
        return isNotStated ? "not stated" : value == null ? "nothing" : value.toString();
    }

    private static String summary(Difference difference) {
        int cells = difference.cells().size();
        String what = switch (cells) {
            case 0 -> "No cell differs";
            case 1 -> "1 cell differs";
            default -> cells + " cells differ";
        };
        return what + " between positions " + difference.was() + " and " + difference.now() + ".";
    }
}
