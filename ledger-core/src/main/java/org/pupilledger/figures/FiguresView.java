package org.pupilledger.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.ReturnLevel;

/**
 * Figures as JSON shows them.
 *
 * @param from     first month, {@code 2018-04}
 * @param to       last month, inclusive
 * @param by       {@code month}, {@code quarter}, {@code year} or {@code total}
 * @param position newest entry folded in; null where there is none, or nothing is released to the caller
 * @param asAt     the instant or date asked for
 */
public record FiguresView(
        @Nullable String from,
        @Nullable String to,
        String by,
        @Nullable Long position,
        @Nullable String asAt,
        List<Row> rows) {
    /**
     * One period of one organisation.
     *
     * @param notStated    measures that some request does not state, by name
     * @param returnLevels requests by return level, where not zero
     */
    public record Row(
            String period,
            String label,
            String organisation,
            String category,
            Requests requests,
            Individuals individuals,
            Map<String, NotStated> notStated,
            Map<String, Long> returnLevels,
            String summary) {}

    /** Numbers of requests; null where some request does not state it. */
    public record Requests(
            @Nullable Long received,
            @Nullable Long approved,
            @Nullable Long refused,
            @Nullable Long withdrawn,
            @Nullable Long open,
            @Nullable Long answered,
            @Nullable Long ledToData) {}

    /**
     * Numbers of people; null where some request does not state it.
     *
     * @param returnedByLevel people returned by return level, {@code NOT_STATED} for those whose level is not stated; where
     *                        not zero
     */
    public record Individuals(
            @Nullable Long submitted,
            @Nullable Long matched,
            @Nullable Long ambiguous,
            @Nullable Long unmatched,
            @Nullable Long answered,
            @Nullable Long returned,
            Map<String, @Nullable Long> returnedByLevel) {}

    /**
     * What is known of a measure that is not stated.
     *
     * @param requests  requests that do not state it
     * @param knownPart sum over the others
     */
    public record NotStated(long requests, long knownPart) {}

    public static FiguresView of(FiguresTable table) {
        return new FiguresView(
                table.from() == null ? null : table.from().toString(),
                table.to() == null ? null : table.to().toString(),
                table.by().code(),
                table.position(),
                table.asAt(),
                table.rows().stream().map(FiguresView::row).toList());
    }

    private static Row row(FiguresTable.Row row) {
        Tally tally = row.tally();
        return new Row(
                row.period().toString(),
                row.period().label(),
                row.organisation().value(),
                row.category().name(),
                new Requests(
                        StatedMeasure.RECEIVED.in(tally),
                        StatedMeasure.APPROVED.in(tally),
                        StatedMeasure.REFUSED.in(tally),
                        StatedMeasure.WITHDRAWN.in(tally),
                        StatedMeasure.OPEN.in(tally),
                        StatedMeasure.REQUESTS_ANSWERED.in(tally),
                        StatedMeasure.LED_TO_DATA.in(tally)),
                new Individuals(
                        StatedMeasure.SUBMITTED.in(tally),
                        StatedMeasure.MATCHED.in(tally),
                        StatedMeasure.AMBIGUOUS.in(tally),
                        StatedMeasure.UNMATCHED.in(tally),
                        StatedMeasure.ANSWERED.in(tally),
                        StatedMeasure.RETURNED.in(tally),
                        returnedByLevel(tally)),
                notStated(tally),
                returnLevels(tally),
                Summary.of(tally));
    }

    private static Map<String, NotStated> notStated(Tally tally) {
        Map<String, NotStated> notStated = new LinkedHashMap<>();
        for (StatedMeasure measure : StatedMeasure.values()) {
            if (measure.isNotStatedIn(tally)) {
                notStated.put(measure.label(), new NotStated(measure.silentIn(tally), measure.knownIn(tally)));
            }
        }
        long withoutLevel = tally.get(Measure.LEVEL_NOT_STATED);
        if (withoutLevel > 0) {
            long withLevel = returnLevels(tally).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            notStated.put(StatedMeasure.RETURN_LEVELS, new NotStated(withoutLevel, withLevel));
        }
        return notStated;
    }

    private static Map<String, @Nullable Long> returnedByLevel(Tally tally) {
        Map<String, @Nullable Long> levels = new LinkedHashMap<>();
        for (StatedMeasure measure : StatedMeasure.PEOPLE_BY_LEVEL) {
            if (measure.isNotStatedIn(tally) || measure.knownIn(tally) > 0) {
                levels.put(measure.level(), measure.in(tally));
            }
        }
        return levels;
    }

    private static Map<String, Long> returnLevels(Tally tally) {
        Map<String, Long> levels = new LinkedHashMap<>();
        for (ReturnLevel level : ReturnLevel.values()) {
            long requests = tally.get(Measure.level(level));
            if (requests > 0) {
                levels.put(level.name(), requests);
            }
        }
        return levels;
    }
}
