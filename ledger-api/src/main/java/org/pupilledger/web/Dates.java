package org.pupilledger.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.pupilledger.values.BusinessDate;

/** Days and times as pages write them, in the time of England. */
public final class Dates {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.UK);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.UK);

    private Dates() {}

    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** {@code 27 October 2016}, or {@code October 2016} where only the month is known. */
    public static String day(BusinessDate date) {
        return date.latest().equals(date.earliest()) ? day(date.latest()) : MONTH.format(date.latest());
    }

    public static String day(Instant instant) {
        return DAY.format(instant.atZone(BusinessDate.ZONE));
    }

    public static String minute(Instant instant) {
        return MINUTE.format(instant.atZone(BusinessDate.ZONE));
    }
}
