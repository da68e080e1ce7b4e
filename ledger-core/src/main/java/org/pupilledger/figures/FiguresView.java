package org.pupilledger.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.coverage.Coverages.Extent;

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
     * @param coverage     how far the record of the period is complete: {@code COMPLETE}, {@code PART}, {@code NONE}, or
     *                     {@code NOT_DECLARED} where nobody said; unless all is recorded, every number is null
     * @param notStated    measures that some request does not state or that are not recorded, by name
     * @param returnLevels requests by return level, where not zero
     */
    public record Row(
            String period,
            String label,
            String organisation,
            String category,
            Extent coverage,
            Requests requests,
            Individuals individuals,
            Map<String, NotStated> notStated,
            Map<String, Long> returnLevels,
            String summary) {}

    /** Numbers of requests; null where some request does not state it, or they are not recorded. */
    public record Requests(
            @Nullable Long received,
            @Nullable Long approved,
            @Nullable Long refused,
            @Nullable Long withdrawn,
            @Nullable Long open,
            @Nullable Long answered,
            @Nullable Long ledToData) {}

    /**
     * Numbers of people; null where some request does not state it, or they are not recorded.
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
        return new Row(
                row.period().toString(),
                row.period().label(),
                row.organisation().value(),
                row.category().name(),
                row.coverage(),
                new Requests(
                        StatedMeasure.RECEIVED.in(row),
                        StatedMeasure.APPROVED.in(row),
                        StatedMeasure.REFUSED.in(row),
                        StatedMeasure.WITHDRAWN.in(row),
                        StatedMeasure.OPEN.in(row),
                        StatedMeasure.REQUESTS_ANSWERED.in(row),
                        StatedMeasure.LED_TO_DATA.in(row)),
                new Individuals(
                        StatedMeasure.SUBMITTED.in(row),
                        StatedMeasure.MATCHED.in(row),
                        StatedMeasure.AMBIGUOUS.in(row),
                        StatedMeasure.UNMATCHED.in(row),
                        StatedMeasure.ANSWERED.in(row),
                        StatedMeasure.RETURNED.in(row),
                        returnedByLevel(row)),
                notStated(row),
                row.isRecorded() ? returnLevels(row.tally()) : Map.of(),
                Summary.of(row));
    }

    private static Map<String, NotStated> notStated(FiguresTable.Row row) {
        Tally tally = row.tally();
        Map<String, NotStated> notStated = new LinkedHashMap<>();
        for (StatedMeasure measure : StatedMeasure.values()) {
            if (measure.isMissingIn(row)) {
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

    private static Map<String, @Nullable Long> returnedByLevel(FiguresTable.Row row) {
        Tally tally = row.tally();
        Map<String, @Nullable Long> levels = new LinkedHashMap<>();
        for (StatedMeasure measure : StatedMeasure.PEOPLE_BY_LEVEL) {
            if (measure.isAnyIn(tally)) {
                levels.put(measure.level(), measure.in(row));
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
