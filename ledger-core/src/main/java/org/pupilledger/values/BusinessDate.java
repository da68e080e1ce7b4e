package org.pupilledger.values;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.period.Period;

/**
 * A date in Europe/London on which something happened, known to the day or only to the month.
 *
 * @param day 1 to 31, or null where only the month is known
 */
public record BusinessDate(YearMonth month, @Nullable Integer day) {
    /** Every business date is one in this zone. */
    public static final ZoneId ZONE = ZoneId.of("Europe/London");

    private static final int MONTH_LENGTH = "2018-04".length();
    private static final int DAY_LENGTH = "2018-04-17".length();

    public static BusinessDate of(LocalDate date) {
        return new BusinessDate(YearMonth.from(date), date.getDayOfMonth());
    }

    /** The months that have begun by an instant. */
    public static Predicate<YearMonth> monthsBegunBy(Instant instant) {
        YearMonth last = YearMonth.from(instant.atZone(ZONE));
        return month -> !month.isAfter(last);
    }

    /** Reads {@code 2018-04} or {@code 2018-04-17}; empty for anything else, and before 1970. */
    public static Optional<BusinessDate> parse(String text) {
        if (!isInShape(text)) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        if (year < Period.EARLIEST_YEAR || month < 1 || month > 12) {
            return Optional.empty();
        }
        YearMonth yearMonth = YearMonth.of(year, month);
        if (text.length() == MONTH_LENGTH) {
            return Optional.of(new BusinessDate(yearMonth, null));
        }
        int day = number(text, 8, DAY_LENGTH);
        return yearMonth.isValidDay(day) ? Optional.of(new BusinessDate(yearMonth, day)) : Optional.empty();
    }

    /** Digits with hyphens after the year and the month. Read by hand, since every event of a replay has dates. */
    private static boolean isInShape(String text) {
        if (text.length() != MONTH_LENGTH && text.length() != DAY_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isHyphen = i == 4 || i == MONTH_LENGTH;
            if (isHyphen ? c != '-' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String digits, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (digits.charAt(i) - '0');
        }
        return number;
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
