package org.pupilledger.period;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A quarter of a calendar year, of which there can be an edition.
 *
 * @param year   1970 to 9999
 * @param number 1 to 4
 */
public record Quarter(int year, int number) implements Comparable<Quarter> {
    private static final int LATEST_YEAR = 9999;
    private static final int MONTHS = By.QUARTER.months();

    public Quarter {
        if (year < Period.EARLIEST_YEAR || year > LATEST_YEAR || number < 1 || number > 4) {
            throw new DateTimeException("not a quarter");
        }
    }

    public static Quarter of(YearMonth month) {
        return new Quarter(month.getYear(), (month.getMonthValue() + MONTHS - 1) / MONTHS);
    }

    /** Reads {@code 2023-Q3}; empty for anything else, and before 1970. */
    public static Optional<Quarter> parse(String text) {
        return Period.parse(text)
                .filter(period -> period.by() == By.QUARTER && period.from().getYear() >= Period.EARLIEST_YEAR)
                .map(period -> of(period.from()));
    }

    public Period period() {
        return Period.of(By.QUARTER, last());
    }

    /** {@code Jul to Sep 2023}. */
    public String label() {
        return period().label();
    }

    public YearMonth first() {
        return last().minusMonths(MONTHS - 1L);
    }

    public YearMonth last() {
        return YearMonth.of(year, number * MONTHS);
    }

    @Override
    public int compareTo(Quarter other) {
        return last().compareTo(other.last());
    }

    @Override
    public String toString() {
        return period().toString();
    }
}
