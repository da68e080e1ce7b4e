package org.pupilledger.figures;

import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Placements;
import org.pupilledger.period.By;

/**
 * Which figures are asked for.
 *
 * @param from         first month, on a boundary of {@code by}; null for the ledger's first
 * @param to           last month, inclusive, on a boundary of {@code by}; null for the ledger's last
 * @param organisation leaves out the rows of all others
 * @param category     leaves out the rows of all others
 * @param isComplete   also rows for periods without requests
 * @param isRolledUp   counts what is below an organisation in the row of that organisation: the one that is asked for,
 *                     else the highest there is, of the category that is asked for
 * @param cut          by what rows are cut; null where they are whole. What has no requests has no row then
 */
public record FiguresQuery(
        @Nullable YearMonth from,
        @Nullable YearMonth to,
        By by,
        @Nullable OrganisationCode organisation,
        @Nullable Category category,
        boolean isComplete,
        boolean isRolledUp,
        @Nullable Cut cut) {
    /** Periods that one answer may span. */
    public static final int MAX_PERIODS = 1_200;

    /** Of whole rows. */
    public FiguresQuery(
            @Nullable YearMonth from,
            @Nullable YearMonth to,
            By by,
            @Nullable OrganisationCode organisation,
            @Nullable Category category,
            boolean isComplete,
            boolean isRolledUp) {
        this(from, to, by, organisation, category, isComplete, isRolledUp, null);
    }

    /** What is wrong with a query. */
    public enum Problem {
        CUT_AND_COMPLETE,
        FROM_NOT_ALIGNED,
        TO_NOT_ALIGNED,
        FROM_AFTER_TO,
        TOO_MANY_PERIODS
    }

    /** Null where it can be answered. */
    public @Nullable Problem problem() {
        if (cut != null && isComplete) {
            return Problem.CUT_AND_COMPLETE;
        }
        if (from != null && !by.startOf(from).equals(from)) {
            return Problem.FROM_NOT_ALIGNED;
        }
        if (to != null && !by.endOf(to).equals(to)) {
            return Problem.TO_NOT_ALIGNED;
        }
        if (from == null || to == null) {
            return null;
        }
        if (from.isAfter(to)) {
            return Problem.FROM_AFTER_TO;
        }
        return periods(from, to) > MAX_PERIODS ? Problem.TOO_MANY_PERIODS : null;
    }

    long periods(YearMonth first, YearMonth last) {
        return by.months() == 0 ? 1 : (ChronoUnit.MONTHS.between(first, last) + 1) / by.months();
    }

    /** The organisation in whose row another one is counted; empty where it is in none. */
    Optional<OrganisationCode> row(Placements placements, OrganisationCode counted) {
        if (!isRolledUp || organisation != null) {
            OrganisationCode row = organisation == null ? counted : organisation;
            boolean isIn = isRolledUp ? placements.isWithin(counted, row) : counted.equals(row);
            return isIn && (category == null || category == placements.category(row))
                    ? Optional.of(row)
                    : Optional.empty();
        }
        return category == null ? placements.highest(counted) : placements.highest(counted, category);
    }
}
