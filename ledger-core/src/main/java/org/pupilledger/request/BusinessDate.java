package org.pupilledger.request;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date in Europe/London on which something happened, known to the day or only to the month.
 *
 * @param day 1 to 31, or null where only the month is known
 */
public record BusinessDate(YearMonth month, @Nullable Integer day) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?");
    /** Long before the National Pupil Database, and late enough that a typing error cannot stretch the figures. */
    private static final int EARLIEST_YEAR = 1970;

    private static final int MONTH_LENGTH = "2018-04".length();

    public static BusinessDate of(LocalDate date) {
        return new BusinessDate(YearMonth.from(date), date.getDayOfMonth());
    }

    /** Reads {@code 2018-04} or {@code 2018-04-17}; empty for anything else, and before 1970. */
    public static Optional<BusinessDate> parse(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            BusinessDate date = text.length() == MONTH_LENGTH
                    ? new BusinessDate(YearMonth.parse(text), null)
                    : of(LocalDate.parse(text));
            return date.month().getYear() < EARLIEST_YEAR ? Optional.empty() : Optional.of(date);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public LocalDate earliest() {
        return month.atDay(day == null ? 1 : day);
    }

    public LocalDate latest() {
        return day == null ? month.atEndOfMonth() : month.atDay(day);
    }

    /** True only where no day that this can mean is on or before any day that {@code later} can mean. */
    public boolean isCertainlyAfter(BusinessDate later) {
        return earliest().isAfter(later.latest());
    }

    @Override
    public String toString() {
        return day == null ? month.toString() : month.atDay(day).toString();
    }
}
