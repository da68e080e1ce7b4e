package org.pupilledger.figures;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The length of the periods of a table of figures; calendar quarters and years. */
public enum By {
    MONTH(1),
    QUARTER(3),
    YEAR(12),
    /** One period over the whole range. */
    TOTAL(0);

    private static final DateTimeFormatter MONTH_NAME = DateTimeFormatter.ofPattern("MMM", Locale.UK);

    private final int months;

    By(int months) {
        this.months = months;
    }

    /** As written in a query. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Months of one period; 0 for the whole range. */
    int months() {
        return months;
    }

    YearMonth startOf(YearMonth month) {
        return months == 0 ? month : month.minusMonths((month.getMonthValue() - 1) % months);
    }

    YearMonth endOf(YearMonth month) {
        return months == 0 ? month : startOf(month).plusMonths(months - 1L);
    }

    /** {@code 2018-04}, {@code 2018-Q2}, {@code 2018} or {@code 2018-04/2018-06}. */
    String period(YearMonth from, YearMonth to) {
        return switch (this) {
            case MONTH -> from.toString();
            case QUARTER -> year(from) + "-Q" + (from.getMonthValue() + 2) / 3;
            case YEAR -> year(from);
            case TOTAL -> from + "/" + to;
        };
    }

    /** {@code Apr 2018}, {@code Apr to Jun 2018}, {@code 2018} or {@code Apr 2018 to Jun 2018}. */
    public String label(YearMonth from, YearMonth to) {
        return switch (this) {
            case MONTH -> monthName(from) + " " + year(from);
            case QUARTER -> monthName(from) + " to " + monthName(to) + " " + year(to);
            case YEAR -> year(from);
            case TOTAL -> monthName(from) + " " + year(from) + " to " + monthName(to) + " " + year(to);
        };
    }

    private static String year(YearMonth month) {
        return Integer.toString(month.getYear());
    }

    /** Three letters in every month and locale: the JDK's British names would have "Sept". */
    private static String monthName(YearMonth month) {
        return MONTH_NAME.format(month).substring(0, 3);
    }
}
