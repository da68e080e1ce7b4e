package org.pupilledger.web;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;

/** Requests one by one, as editions list them. */
public record RequestGrids(Names names) {
    public Grid of(Collection<Row> rows, String caption) {
        return new Grid(
                "requests",
                caption,
                List.of(
                        new Head("Month", false),
                        new Head("Who asked", false),
                        new Head("References", false),
                        new Head("What for", false),
                        new Head("Outcome", false),
                        new Head("In words", false)),
                rows.stream()
                        .map(row -> List.of(
                                Cell.of(row.text("period_label")),
                                Cell.of(names.of(row.text("organisation"))),
                                Cell.of(row.text("references").isEmpty() ? "not public" : row.text("references")),
                                Cell.of(
                                        row.text("purpose_labels").isEmpty()
                                                ? "not stated"
                                                : row.text("purpose_labels")),
                                Cell.of(row.text("outcome").replace('_', ' ').toLowerCase(Locale.ROOT)),
                                Cell.of(row.text("summary"))))
                        .toList(),
                List.of());
    }
}
