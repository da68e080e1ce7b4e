package org.pupilledger.statement;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Period;

/** The present figures of the ledger, as far as statements need to know them. */
@FunctionalInterface
public interface LedgerFigures {
    /** @param figure of whole months, with a measure that is a column of the figures */
    LedgerFigure of(Figure figure);

    /**
     * The same of any figure; null where no figure of the ledger stands behind it. The ledger counts by month: where a
     * figure ends within a month with requests, nobody can say which of those it counts, and it is not stated.
     */
    default @Nullable LedgerFigure holds(Figure figure) {
        if (!figure.measure().isFigure()) {
            return null;
        }
        LedgerFigure whole = of(figure.in(figure.period()));
        YearMonth last = figure.period().to();
        LedgerFigure requests =
                of(new Figure(PublishedMeasure.REQUESTS_RECEIVED, figure.organisation(), Period.range(last, last)));
        long unclear = requests.known();
        if (figure.endsOn() == null || (unclear == 0 && requests.value() != null)) {
            return whole;
        }
        LedgerFigure before = figure.period().from().equals(last)
                ? new LedgerFigure(0L, null, List.of())
                : of(figure.in(Period.range(figure.period().from(), last.minusMonths(1))));
        NotStated notStated = before.notStated();
        return new LedgerFigure(
                null,
                new NotStated(unclear + (notStated == null ? 0 : notStated.requests()), before.known()),
                whole.months());
    }

    /**
     * What the ledger holds of a figure.
     *
     * @param value     null where some request does not state it, or some month is not recorded
     * @param notStated null where all requests state it, and all months are recorded
     * @param months    of the period, those with requests in the ledger, in order
     */
    record LedgerFigure(@Nullable Long value, @Nullable NotStated notStated, List<YearMonth> months) {
        public LedgerFigure {
            months = List.copyOf(months);
        }

        /** What is known of it at least. */
        long known() {
            return value != null ? value : notStated == null ? 0 : notStated.knownPart();
        }

        /** Whether a number that was told is what is held; of what is not stated, that it is at least what is known. */
        boolean agreesWith(Amount told) {
            return value == null ? told.most() == null && told.least() <= known() : told.admits(value);
        }
    }

    /**
     * What is known of a figure that is not stated.
     *
     * @param requests  requests that do not state it
     * @param knownPart sum over the others
     */
    record NotStated(long requests, long knownPart) {}
}
