package org.pupilledger.replay;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupilledger.figures.By;
import org.pupilledger.organisation.OrganisationCode;

/**
 * What tells a row of figures from the others.
 *
 * @param period as a code: {@code 2018-04}, {@code 2018-Q2}, {@code 2018} or {@code 2018-04/2018-06}
 */
record RowKey(String period, OrganisationCode organisation) implements Comparable<RowKey> {
    private static final int MONTHS_OF_A_QUARTER = 3;
    private static final Pattern QUARTER = Pattern.compile("([0-9]{4})-Q([1-4])");
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");

    /** A period as it is counted. */
    record Months(By by, YearMonth first, YearMonth last) {
        boolean contains(YearMonth month) {
            return !month.isBefore(first) && !month.isAfter(last);
        }
    }

    /** The months of a period; empty for what is no period. */
    static Optional<Months> months(String period) {
        try {
            Matcher quarter = QUARTER.matcher(period);
            if (quarter.matches()) {
                YearMonth first = YearMonth.of(
                        Integer.parseInt(quarter.group(1)),
                        (Integer.parseInt(quarter.group(2)) - 1) * MONTHS_OF_A_QUARTER + 1);
                return Optional.of(new Months(By.QUARTER, first, first.plusMonths(MONTHS_OF_A_QUARTER - 1)));
            }
            if (YEAR.matcher(period).matches()) {
                int year = Integer.parseInt(period);
                return Optional.of(new Months(By.YEAR, YearMonth.of(year, 1), YearMonth.of(year, 12)));
            }
            int slash = period.indexOf('/');
            if (slash > 0) {
                YearMonth first = YearMonth.parse(period.substring(0, slash));
                YearMonth last = YearMonth.parse(period.substring(slash + 1));
                return first.isAfter(last) ? Optional.empty() : Optional.of(new Months(By.TOTAL, first, last));
            }
            YearMonth month = YearMonth.parse(period);
            return Optional.of(new Months(By.MONTH, month, month));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(RowKey other) {
        int byPeriod = period.compareTo(other.period);
        return byPeriod != 0 ? byPeriod : organisation.compareTo(other.organisation);
    }
}
