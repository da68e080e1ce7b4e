package org.pupilledger.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupilledger.spans.PeriodTotalId;
import org.pupilledger.statement.StatementId;
import org.pupilledger.values.RequestId;

/** Which thing a call is about. */
public final class Conditions {
    private static final Pattern COVERAGE =
            Pattern.compile("coverage-[A-Z0-9_]{2,40}-[0-9]{4}-[0-9]{2}-(?:on|[0-9]{4}-[0-9]{2})");

    private Conditions() {}

    /** The id of a request; what is no id names nothing. */
    public static RequestId requestId(String text) {
        return new RequestId(id(text));
    }

    /** The id of a statement; what is no id names nothing. */
    public static StatementId statementId(String text) {
        return new StatementId(id(text));
    }

    /** The id of a declaration of what is covered; what is no id names nothing. */
    public static String coverageId(String text) {
        if (!COVERAGE.matcher(text).matches()) {
            throw new NothingHere();
        }
        return text;
    }

    /** The id of a total of a longer period; what is no id names nothing. */
    public static PeriodTotalId periodTotalId(String text) {
        return new PeriodTotalId(id(text));
    }

    /**
     * Whether a date of a header is that of an instant or a later one.
     *
     * @param date    what is no date of HTTP is ignored (RFC 9110, 13.1.3)
     * @param instant in milliseconds, of which a header holds whole seconds
     */
    static boolean isSince(@Nullable String date, long instant) {
        if (date == null) {
            return false;
        }
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))
                            .getEpochSecond()
                    >= instant / 1_000;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static UUID id(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new NothingHere();
    }
}
