package org.pupilledger.figures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.publication.EditionRules;

/**
 * What is added up, per month of receipt and organisation. A column of {@code monthly_total} each, in this order. What
 * counts requests and what counts people is never added to each other. A measure is added at the end, with a migration
 * that adds its column (default 0), and the version of the projection of totals is raised, which has the totals rebuilt.
 */
public enum Measure {
    REQUESTS_RECEIVED,
    REQUESTS_APPROVED,
    REQUESTS_REFUSED,
    REQUESTS_WITHDRAWN,
    REQUESTS_OPEN,
    /** Requests with a match recorded, whatever it found. */
    REQUESTS_MATCHED,
    /** Requests with a disclosure recorded, a nil return included. */
    REQUESTS_DISCLOSED,
    REQUESTS_ANSWERED,
    REQUESTS_LED_TO_DATA,

    INDIVIDUALS_SUBMITTED,
    INDIVIDUALS_MATCHED,
    INDIVIDUALS_AMBIGUOUS,
    INDIVIDUALS_UNMATCHED,
    INDIVIDUALS_ANSWERED,
    INDIVIDUALS_RETURNED,

    /** Requests that do not state the measure of people of the same name. */
    NOT_STATED_SUBMITTED,
    NOT_STATED_MATCHED,
    NOT_STATED_AMBIGUOUS,
    NOT_STATED_UNMATCHED,
    NOT_STATED_ANSWERED,
    NOT_STATED_RETURNED,

    LEVEL_NOTHING,
    LEVEL_MATCH_INDICATOR,
    LEVEL_RECORD_HELD,
    LEVEL_SCHOOL,
    LEVEL_ADDRESS,
    LEVEL_ADDRESS_AND_SCHOOL,
    LEVEL_NOT_STATED,

    /** People by what was told about them, as the summary says it; see {@link Phrase}. */
    TOLD_ADDRESS_AND_SCHOOL,
    TOLD_ADDRESS,
    TOLD_SCHOOL,
    TOLD_RECORD_HELD_AND_DATE,
    TOLD_RECORD_HELD,
    TOLD_MATCH_INDICATOR,
    TOLD_ITEMS_NOT_STATED,

    /** Requests that do not state about how many people they told it. */
    TOLD_NOT_STATED_ADDRESS_AND_SCHOOL,
    TOLD_NOT_STATED_ADDRESS,
    TOLD_NOT_STATED_SCHOOL,
    TOLD_NOT_STATED_RECORD_HELD_AND_DATE,
    TOLD_NOT_STATED_RECORD_HELD,
    TOLD_NOT_STATED_MATCH_INDICATOR,
    TOLD_NOT_STATED_ITEMS_NOT_STATED,

    /** Requests that do not state the measure of requests of the same name. */
    NOT_STATED_RECEIVED,
    NOT_STATED_APPROVED,
    NOT_STATED_REFUSED,
    NOT_STATED_WITHDRAWN,
    NOT_STATED_OPEN,
    NOT_STATED_REQUESTS_ANSWERED,
    NOT_STATED_LED_TO_DATA,
    /** Period totals, also of no requests: so a total of none is told from none that was recorded. */
    PERIOD_TOTALS;

    public static final int COUNT = values().length;

    public static Measure level(@Nullable ReturnLevel level) {
        return level == null ? LEVEL_NOT_STATED : valueOf("LEVEL_" + level.name());
    }

    /** @throws IllegalArgumentException there is no such column */
    static Measure ofColumn(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    /**
     * What a published column shows. A number is not stated as soon as one request does not state it.
     *
     * @throws IllegalArgumentException there is no such column
     */
    public static List<Measure> behind(String column) {
        return Arrays.stream(StatedMeasure.values())
                .filter(measure -> measure.column().equals(column))
                .findFirst()
                .map(StatedMeasure::behind)
                .orElseGet(() -> List.of(ofColumn(column)));
    }

    /** The same by the rules of an edition: a cell of a level also shows nothing where something states no level. */
    public static List<Measure> behind(String column, EditionRules rules) {
        List<Measure> behind = behind(column);
        if (rules == EditionRules.EDITION_1) {
            return behind;
        }
        if (behind.getFirst().name().startsWith("LEVEL_")) {
            return Stream.concat(behind.stream(), Stream.of(LEVEL_NOT_STATED))
                    .distinct()
                    .toList();
        }
        boolean isOfPeople = StatedMeasure.PEOPLE_BY_LEVEL.stream()
                .anyMatch(measure -> measure.column().equals(column));
        return isOfPeople
                ? Stream.concat(behind.stream(), StatedMeasure.RETURNED_LEVEL_NOT_STATED.behind().stream())
                        .distinct()
                        .toList()
                : behind;
    }

    /** Name of the column. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
