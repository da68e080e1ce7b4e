package org.pupilledger.opendata;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.pupilledger.limits.Weight;
import org.pupilledger.node.Registers;
import org.pupilledger.statement.Amount;
import org.pupilledger.statement.Standing;
import org.pupilledger.statement.StatementState;
import org.pupilledger.statement.StatementsQuery;
import org.pupilledger.web.Dates;
import org.pupilledger.web.Grid;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;
import org.pupilledger.web.Names;
import org.pupilledger.web.Page;
import org.pupilledger.web.Sheet;
import org.pupilledger.web.Site;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was told outside, and what of it has been corrected since. */
@RestController
record StatementPages(Registers registers, Names names, Site site) {
    /**
     * A statement, and the answer as JSON.
     *
     * @param now what is right by what has been told since
     */
    public record Told(String on, String where, String about, String told, String now, String standing) {}

    @GetMapping("/statements")
    @Weight(16)
    ResponseEntity<byte[]> statements(HttpServletRequest request) {
        List<Told> told = registers
                .statements()
                .standings(new StatementsQuery(null, null, null, null, null, null, null, false, null))
                .map(this::told)
                .toList();
        Grid grid = new Grid(
                "statements",
                "What was told, in the order in which it was recorded",
                List.of(
                        new Head("Told on", false),
                        new Head("Where", false),
                        new Head("About", false),
                        new Head("Told", true),
                        new Head("Right", true),
                        new Head("How it stands", false)),
                told.stream()
                        .map(one -> List.of(
                                Cell.of(one.on()),
                                Cell.of(one.where()),
                                Cell.of(one.about()),
                                new Cell(one.told(), null, true, ""),
                                new Cell(one.now(), null, true, ""),
                                Cell.of(one.standing())))
                        .toList(),
                List.of());
        return site.answer(
                request,
                "statements",
                new Page(
                        "Statements",
                        "Figures that Parliament, the press and others were told, and what has been corrected since.",
                        "/statements",
                        "/statements"),
                Map.of("grid", grid),
                told,
                () -> Sheet.of(grid));
    }

    /** What the ledger counts now is not told: it may not be released. */
    private Told told(Standing standing) {
        StatementState state = standing.statement().state();
        var made = state.made();
        String organisation = made.figure().organisation() == null
                ? "all bodies together"
                : names.of(made.figure().organisation().value());
        return new Told(
                Dates.day(made.telling().toldOn()),
                made.telling().channel().label()
                        + (made.telling().reference() == null
                                ? ""
                                : ", " + made.telling().reference()),
                made.figure().measure().label() + ", " + organisation + ", "
                        + made.figure().period().label(),
                made.value().toString(),
                right(standing).toString(),
                standing(standing));
    }

    private static String standing(Standing standing) {
        if (isStale(standing)) {
            return "stale: whoever was told still believes " + standing.toldValue() + ", and " + right(standing)
                    + " is right";
        }
        return standing.statement().state().corrections().isEmpty()
                ? "as told"
                : "corrected, and those who were told know it";
    }

    private static Amount right(Standing standing) {
        Amount right = isStale(standing) ? standing.rightValue() : null;
        return right == null ? standing.statement().state().value() : right;
    }

    private static boolean isStale(Standing standing) {
        return standing.isStale() && !isOfLedger(standing);
    }

    private static boolean isOfLedger(Standing standing) {
        return switch (standing.reason()) {
            case LEDGER_CHANGED, LEDGER_NOT_STATED -> true;
            case CORRECTED, SAME_FIGURE_CORRECTED, TOLD_WRONGLY, TOLD_OTHERWISE -> false;
        };
    }
}
