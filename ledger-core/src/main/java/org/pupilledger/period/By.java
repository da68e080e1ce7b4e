package org.pupilledger.period;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The length of the periods of a table of figures; calendar quarters and years. */
public enum By {
    MONTH(1),
    QUARTER(3),
    YEAR(12),
    /** One period over the whole range. */
    TOTAL(0);

    private final int months;

    By(int months) {
        this.months = months;
    }

    /** As written in a query. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<By> parse(String code) {
        return Arrays.stream(values()).filter(by -> by.code().equals(code)).findFirst();
    }

    /** Months of one period; 0 for the whole range. */
    public int months() {
        return months;
    }

    public YearMonth startOf(YearMonth month) {
        return months == 0 ? month : month.minusMonths((month.getMonthValue() - 1) % months);
    }

    public YearMonth endOf(YearMonth month) {
        return months == 0 ? month : startOf(month).plusMonths(months - 1L);
    }
}
