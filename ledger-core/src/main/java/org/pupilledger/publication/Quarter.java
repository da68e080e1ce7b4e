package org.pupilledger.publication;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quarter of a calendar year.
 *
 * @param year   1970 to 9999
 * @param number 1 to 4
 */
public record Quarter(int year, int number) implements Comparable<Quarter> {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{4})-Q([1-4])");
    private static final int EARLIEST_YEAR = 1970;
    private static final int LATEST_YEAR = 9999;
    private static final int MONTHS = 3;

    public Quarter {
        if (year < EARLIEST_YEAR || year > LATEST_YEAR || number < 1 || number > 4) {
            throw new DateTimeException("not a quarter");
        }
    }

    public static Quarter of(YearMonth month) {
        return new Quarter(month.getYear(), (month.getMonthValue() + MONTHS - 1) / MONTHS);
    }

    /** Reads {@code 2023-Q3}; empty for anything else, and before 1970. */
    public static Optional<Quarter> parse(String text) {
        Matcher quarter = SYNTAX.matcher(text);
        if (!quarter.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(quarter.group(1));
        return year < EARLIEST_YEAR
                ? Optional.empty()
                : Optional.of(new Quarter(year, Integer.parseInt(quarter.group(2))));
    }

    public YearMonth first() {
        return YearMonth.of(year, (number - 1) * MONTHS + 1);
    }

    public YearMonth last() {
        return YearMonth.of(year, number * MONTHS);
    }

    @Override
    public int compareTo(Quarter other) {
        return first().compareTo(other.first());
    }

    @Override
    public String toString() {
        return first().getYear() + "-Q" + number;
    }
}
