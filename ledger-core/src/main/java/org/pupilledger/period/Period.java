package org.pupilledger.period;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whole months that figures are of, in the order of time.
 *
 * @param by   whether it is written as a month, a quarter, a year or a range of months
 * @param from first month
 * @param to   last month, inclusive, not before {@code from}
 */
public record Period(By by, YearMonth from, YearMonth to) implements Comparable<Period> {
    /** Long before the National Pupil Database, and late enough that a typing error cannot stretch the figures. */
    public static final int EARLIEST_YEAR = 1970;

    private static final Pattern CALENDAR =
            Pattern.compile("([0-9]{4})(?:-Q(?<quarter>[1-4])|-(?<month>0[1-9]|1[0-2]))?");
    private static final DateTimeFormatter MONTH_NAME = DateTimeFormatter.ofPattern("MMM", Locale.UK);
    private static final Comparator<Period> IN_TIME =
            Comparator.comparing(Period::from).thenComparing(Period::to).thenComparing(Period::by);

    public Period {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a period that ends before it begins");
        }
    }

    /** The period of a length in which a month is; of a total, the month alone. */
    public static Period of(By by, YearMonth month) {
        return new Period(by, by.startOf(month), by.endOf(month));
    }

    public static Period range(YearMonth from, YearMonth to) {
        return new Period(By.TOTAL, from, to);
    }

    /** A range that is a month where it has only one. */
    public static Period months(YearMonth from, YearMonth to) {
        return from.equals(to) ? of(By.MONTH, from) : range(from, to);
    }

    /** Reads {@code 2018-04}, {@code 2018-Q2}, {@code 2018} or {@code 2018-04/2018-06}; empty for anything else. */
    public static Optional<Period> parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? calendar(text)
                : month(text.substring(0, slash))
                        .flatMap(from -> month(text.substring(slash + 1))
                                .filter(to -> !to.isBefore(from))
                                .map(to -> range(from, to)));
    }

    private static Optional<Period> calendar(String text) {
        Matcher part = CALENDAR.matcher(text);
        if (!part.matches()) {
            return Optional.empty();
        }
        int year = Integer.parseInt(part.group(1));
        String quarter = part.group("quarter");
        String month = part.group("month");
        return Optional.of(
                quarter != null
                        ? of(By.QUARTER, YearMonth.of(year, Integer.parseInt(quarter) * By.QUARTER.months()))
                        : month != null
                                ? of(By.MONTH, YearMonth.of(year, Integer.parseInt(month)))
                                : of(By.YEAR, YearMonth.of(year, 1)));
    }

    private static Optional<YearMonth> month(String text) {
        return calendar(text).filter(period -> period.by == By.MONTH).map(Period::from);
    }

    public boolean overlaps(Period other) {
        return !from.isAfter(other.to) && !other.from.isAfter(to);
    }

    /** True also of the same period. */
    public boolean contains(Period other) {
        return contains(other.from) && contains(other.to);
    }

    public boolean contains(YearMonth month) {
        return !month.isBefore(from) && !month.isAfter(to);
    }

    public Stream<YearMonth> months() {
        return Stream.iterate(from, month -> !month.isAfter(to), month -> month.plusMonths(1));
    }

    /** The periods of a length that it has months of; of a total, itself. */
    public Stream<Period> split(By length) {
        return length == By.TOTAL
                ? Stream.of(range(from, to))
                : Stream.iterate(
                        of(length, from), part -> !part.from.isAfter(to), part -> of(length, part.to.plusMonths(1)));
    }

    /** {@code Apr 2018}, {@code Apr to Jun 2018}, {@code 2018} or {@code Apr 2018 to Jun 2018}. */
    public String label() {
        return switch (by) {
            case MONTH -> name(from);
            case QUARTER -> monthName(from) + " to " + name(to);
            case YEAR -> year(from);
            case TOTAL -> from.equals(to) ? name(from) : name(from) + " to " + name(to);
        };
    }

    private static String name(YearMonth month) {
        return monthName(month) + " " + year(month);
    }

    /** Three letters in every month and locale: the JDK's British names would have "Sept". */
    private static String monthName(YearMonth month) {
        return MONTH_NAME.format(month).substring(0, 3);
    }

    private static String year(YearMonth month) {
        return Integer.toString(month.getYear());
    }

    @Override
    public int compareTo(Period other) {
        return IN_TIME.compare(this, other);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return switch (by) {
            case MONTH -> from.toString();
            case QUARTER -> year(from) + "-Q" + to.getMonthValue() / By.QUARTER.months();
            case YEAR -> year(from);
            case TOTAL -> from + "/" + to;
        };
    }
}
