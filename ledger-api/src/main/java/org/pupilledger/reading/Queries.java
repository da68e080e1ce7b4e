package org.pupilledger.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.figures.Cut;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.Organisations;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;
import org.pupilledger.statement.Channel;
import org.pupilledger.statement.PublishedMeasure;
import org.pupilledger.statement.StatementsQuery;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.SourceReference;

/** Reads the parameters of queries, from a URL or a command line. Every refusal names the parameter, never its value. */
public final class Queries {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PLAIN_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Queries() {}

    /**
     * Which figures are asked for.
     *
     * @param organisation checked for existence by the caller
     */
    public static FiguresQuery figures(
            @Nullable String from,
            @Nullable String to,
            @Nullable String by,
            @Nullable String organisation,
            @Nullable String category,
            @Nullable String complete,
            @Nullable String rollUp,
            @Nullable String cut) {
        FiguresQuery query = new FiguresQuery(
                month("from", from),
                month("to", to),
                by(by),
                organisation == null ? null : organisation("organisation", organisation),
                category(category),
                truth("complete", complete),
                truth("rollUp", rollUp),
                code(Cut.class, "cut", cut));
        FiguresQuery.Problem problem = query.problem();
        if (problem != null) {
            throw switch (problem) {
                case CUT_AND_COMPLETE ->
                    new InvalidInput("complete", "malformed", "Give 'complete' or 'cut', not both.");
                case FROM_NOT_ALIGNED ->
                    new InvalidInput("from", "not-aligned", "The first month must begin a period of 'by'.");
                case TO_NOT_ALIGNED ->
                    new InvalidInput("to", "not-aligned", "The last month must end a period of 'by'.");
                case FROM_AFTER_TO -> new InvalidInput("from", "out-of-range", "'from' must not be after 'to'.");
                case TOO_MANY_PERIODS ->
                    new InvalidInput(
                            "to",
                            "too-many",
                            "At most " + FiguresQuery.MAX_PERIODS + " periods can be asked for at once.");
            };
        }
        return query;
    }

    /**
     * Which statements are asked for.
     *
     * @param organisation checked for existence by the caller
     */
    public static StatementsQuery statements(
            @Nullable String asToldOn,
            @Nullable String organisation,
            @Nullable String measure,
            @Nullable String period,
            @Nullable String channel,
            @Nullable String reference,
            @Nullable String corrected,
            @Nullable String annulled,
            @Nullable String stale) {
        return new StatementsQuery(
                asToldOn == null ? null : toldBy(asToldOn),
                organisation == null ? null : organisation("organisation", organisation),
                code(PublishedMeasure.class, "measure", measure),
                period == null ? null : wholePeriod(period),
                code(Channel.class, "channel", channel),
                reference == null
                        ? null
                        : SourceReference.parse(reference)
                                .orElseThrow(() -> new InvalidInput(
                                        "reference", "malformed", "This is not how references are written.")),
                corrected == null ? null : (Boolean) truth("corrected", corrected),
                annulled == null ? null : (Boolean) truth("annulled", annulled),
                stale == null ? null : (Boolean) truth("stale", stale));
    }

    private static LocalDate toldBy(String text) {
        return BusinessDate.parse(text)
                .map(BusinessDate::latest)
                .orElseThrow(() -> new InvalidInput(
                        "asToldOn", "malformed", "A date is written 2016-12-31; a month means its last day."));
    }

    private static Period wholePeriod(String text) {
        return period(text)
                .filter(period -> period.by() == By.MONTH || period.by() == By.TOTAL)
                .map(period -> Period.range(period.from(), period.to()))
                .orElseThrow(() -> new InvalidInput(
                        "period",
                        "malformed",
                        "A period is written 2015-07/2016-09, first and last month, or 2016-09."));
    }

    /** One code of a list; null where none was asked for. */
    public static <E extends Enum<E> & Code> @Nullable E code(Class<E> list, String name, @Nullable String text) {
        return text == null ? null : Code.parse(list, text).orElseThrow(() -> unknownCode(name));
    }

    /**
     * The instant that {@code asAt} means; a date means its end.
     *
     * @param zone of dates
     */
    public static Instant instant(String asAt, ZoneId zone) {
        try {
            return OffsetDateTime.parse(asAt).toInstant();
        } catch (DateTimeException e) {
            // perhaps a date
        }
        try {
            return LocalDate.parse(asAt)
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant()
                    .minusNanos(1);
        } catch (DateTimeException e) {
            throw new InvalidInput(
                    "asAt", "malformed", "An instant is written 2026-11-30T17:00:00Z, a date 2026-11-30.");
        }
    }

    /** A day, which must be known to the day. */
    public static LocalDate day(String name, String text) {
        BusinessDate date = BusinessDate.parse(text).orElse(null);
        if (date == null || date.day() == null) {
            throw new InvalidInput(name, "malformed", "A day is written 2018-04-17, and not before 1970-01-01.");
        }
        return date.earliest();
    }

    /** A position of the ledger. */
    public static long position(String atPosition) {
        if (!LONG_NUMBER.matcher(atPosition).matches()) {
            throw new InvalidInput("atPosition", "malformed", "A position is a whole number from 0.");
        }
        return Long.parseLong(atPosition);
    }

    /** A number of the log, such as an index or a size. It has one spelling: digits, without leading zeros. */
    public static Optional<Long> plainNumber(String text) {
        return PLAIN_NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** The same from a query parameter, which must be there. */
    public static long plainNumber(String name, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(name, "required", "This parameter is required.");
        }
        return plainNumber(text)
                .orElseThrow(() -> new InvalidInput(
                        name, "malformed", "This is a whole number of at most 18 digits, without leading zeros."));
    }

    /** A whole number; null for anything else. */
    public static @Nullable Integer number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.valueOf(text) : null;
    }

    public static @Nullable YearMonth month(String name, @Nullable String text) {
        return text == null
                ? null
                : month(text)
                        .orElseThrow(() -> new InvalidInput(
                                name, "malformed", "A month is written 2018-04, and not before 1970-01."));
    }

    /** A month, not before 1970; empty for anything else. */
    public static Optional<YearMonth> month(String text) {
        return period(text).filter(period -> period.by() == By.MONTH).map(Period::from);
    }

    /** A period as figures name theirs; null where none is asked for. */
    public static @Nullable Period period(String name, @Nullable String text) {
        return text == null
                ? null
                : period(text)
                        .orElseThrow(() -> new InvalidInput(
                                name,
                                "malformed",
                                "A period is written 2018-04, 2018-Q2, 2018 or 2018-04/2018-06, and not before 1970."));
    }

    /** Not before 1970. */
    public static Optional<Period> period(String text) {
        return Period.parse(text).filter(period -> period.from().getYear() >= Period.EARLIEST_YEAR);
    }

    private static By by(@Nullable String text) {
        if (text == null) {
            return By.MONTH;
        }
        return By.parse(text)
                .orElseThrow(() -> new InvalidInput("by", "unknown-code", "'by' is month, quarter, year or total."));
    }

    /** A code that an organisation could have. */
    public static OrganisationCode organisation(String name, String text) {
        return OrganisationCode.parse(text).orElseThrow(() -> unknownCode(name));
    }

    /** The code of an organisation that there is. */
    public static OrganisationCode organisation(String text, Organisations known) {
        OrganisationCode code = organisation("organisation", text);
        checkKnown(code, known);
        return code;
    }

    /** @param code null where no organisation was asked for */
    public static void checkKnown(@Nullable OrganisationCode code, Organisations known) {
        if (code != null && known.find(code).isEmpty()) {
            throw unknownCode("organisation");
        }
    }

    /** For a code that is not known. */
    public static InvalidInput unknownCode(String name) {
        return new InvalidInput(name, "unknown-code", "The code is not known.");
    }

    private static @Nullable Category category(@Nullable String text) {
        return code(Category.class, "category", text);
    }

    public static boolean truth(String name, @Nullable String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (!text.equals("true")) {
            throw new InvalidInput(name, "malformed", "This is true or false.");
        }
        return true;
    }
}
