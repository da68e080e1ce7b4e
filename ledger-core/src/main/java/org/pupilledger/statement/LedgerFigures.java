package org.pupilledger.statement;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The present figures of the ledger, as far as statements need to know them. */
@FunctionalInterface
public interface LedgerFigures {
    LedgerFigure of(Figure figure);

    /**
     * What the ledger holds of a figure.
     *
     * @param value     null where some request does not state it
     * @param notStated null where all requests state it
     * @param months    of the period, those with requests in the ledger, in order; the others may never have been loaded
     */
    record LedgerFigure(@Nullable Long value, @Nullable NotStated notStated, List<YearMonth> months) {
        public LedgerFigure {
            months = List.copyOf(months);
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
