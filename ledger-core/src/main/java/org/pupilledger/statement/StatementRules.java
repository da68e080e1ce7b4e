package org.pupilledger.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Occasion;
import org.pupilledger.statement.LedgerFigures.LedgerFigure;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent.Made;

/** What must hold of a statement. Pointers are those of the body that tells it. */
public final class StatementRules {
    private static final String REFERENCE = "/reference";
    private static final String TOLD_ON = "/toldOn";

    private StatementRules() {}

    /** Pointers to what must be there and is not: who was told must be known by a public reference or as a body. */
    public static List<String> missing(Made made) {
        boolean isNobody = made.telling().reference() == null && made.body() == null;
        return isNobody ? List.of(REFERENCE) : missing(made.telling());
    }

    /** The same for a correction and for what recipients are told, whose body is that of the statement. */
    public static List<String> missing(Telling telling) {
        return telling.channel().hasReference() && telling.reference() == null ? List.of(REFERENCE) : List.of();
    }

    /** Every rule that a statement breaks by itself. */
    public static List<Violation> broken(RecordStatement command) {
        Made made = command.made();
        Occasion occasion = command.occasion();
        List<Violation> broken = new ArrayList<>();
        if (isUnknown(made.body(), occasion)) {
            broken.add(new Violation(Rule.UNKNOWN_CODE, "/body"));
        }
        if (isUnknown(made.figure().organisation(), occasion)) {
            broken.add(new Violation(Rule.UNKNOWN_CODE, "/organisation"));
        }
        if (command.unit() != made.figure().measure().unit()) {
            broken.add(new Violation(Rule.UNIT_DOES_NOT_FIT, "/unit"));
        }
        broken.addAll(future(made.telling(), occasion));
        if (made.telling()
                .toldOn()
                .latest()
                .isBefore(made.figure().period().from().atDay(1))) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, TOLD_ON));
        }
        if (made.backing() instanceof Backing.AtPosition backing) {
            broken.addAll(contradictions(made, backing.isWrongTelling(), command.ledger()));
        }
        return broken;
    }

    /** Who says that a number is the ledger's must tell the ledger's, unless it is recorded that they did not. */
    private static List<Violation> contradictions(Made made, boolean isWrongTelling, @Nullable LedgerFigure ledger) {
        if (ledger == null) {
            return List.of(new Violation(Rule.NO_LEDGER_FIGURE, "/backing/position"));
        }
        boolean isRight = ledger.agreesWith(made.value());
        if (isRight == isWrongTelling) {
            return List.of(
                    isRight
                            ? new Violation(Rule.AGREES_WITH_LEDGER, "/backing/wrongTelling")
                            : new Violation(Rule.CONTRADICTS_LEDGER, "/value", saidThere(ledger)));
        }
        return List.of();
    }

    private static String saidThere(LedgerFigure ledger) {
        return Rule.CONTRADICTS_LEDGER.detail()
                + (ledger.value() == null
                        ? " It did not state it; the known part was " + ledger.known() + "."
                        : " It said " + ledger.value() + ".");
    }

    /**
     * Every rule that a telling breaks which follows others. A month is out of order only where none of its days could be
     * in order.
     */
    static List<Violation> broken(Stream<Telling> earlier, Telling next, Occasion occasion) {
        List<Violation> broken = new ArrayList<>(future(next, occasion));
        if (earlier.anyMatch(telling -> telling.toldOn().isCertainlyAfter(next.toldOn()))) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, TOLD_ON));
        }
        return broken;
    }

    private static List<Violation> future(Telling telling, Occasion occasion) {
        return telling.toldOn().earliest().isAfter(occasion.today())
                ? List.of(new Violation(Rule.DATE_IN_FUTURE, TOLD_ON))
                : List.of();
    }

    private static boolean isUnknown(@Nullable OrganisationCode code, Occasion occasion) {
        return code != null && occasion.organisations().find(code).isEmpty();
    }
}
