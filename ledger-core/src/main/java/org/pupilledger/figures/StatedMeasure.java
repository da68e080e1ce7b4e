package org.pupilledger.figures;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The measures that may be not stated, in the order in which they are shown. Each is not stated as soon as one request
 * does not state it; what the others add up to is its known part.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists that nobody can change
enum StatedMeasure {
    RECEIVED("received", Measure.REQUESTS_RECEIVED, Measure.NOT_STATED_RECEIVED),
    APPROVED("approved", Measure.REQUESTS_APPROVED, Measure.NOT_STATED_APPROVED),
    REFUSED("refused", Measure.REQUESTS_REFUSED, Measure.NOT_STATED_REFUSED),
    WITHDRAWN("withdrawn", Measure.REQUESTS_WITHDRAWN, Measure.NOT_STATED_WITHDRAWN),
    OPEN("open", Measure.REQUESTS_OPEN, Measure.NOT_STATED_OPEN),
    REQUESTS_ANSWERED("answeredRequests", Measure.REQUESTS_ANSWERED, Measure.NOT_STATED_REQUESTS_ANSWERED),
    LED_TO_DATA("ledToData", Measure.REQUESTS_LED_TO_DATA, Measure.NOT_STATED_LED_TO_DATA),

    SUBMITTED("submitted", Measure.INDIVIDUALS_SUBMITTED, Measure.NOT_STATED_SUBMITTED),
    MATCHED("matched", Measure.INDIVIDUALS_MATCHED, Measure.NOT_STATED_MATCHED),
    AMBIGUOUS("ambiguous", Measure.INDIVIDUALS_AMBIGUOUS, Measure.NOT_STATED_AMBIGUOUS),
    UNMATCHED("unmatched", Measure.INDIVIDUALS_UNMATCHED, Measure.NOT_STATED_UNMATCHED),
    ANSWERED("answered", Measure.INDIVIDUALS_ANSWERED, Measure.NOT_STATED_ANSWERED),
    RETURNED("returned", Measure.INDIVIDUALS_RETURNED, Measure.NOT_STATED_RETURNED),

    RETURNED_RECORD_HELD(Phrase.RECORD_HELD, Phrase.RECORD_HELD_AND_DATE),
    RETURNED_SCHOOL(Phrase.SCHOOL),
    RETURNED_ADDRESS(Phrase.ADDRESS),
    RETURNED_ADDRESS_AND_SCHOOL(Phrase.ADDRESS_AND_SCHOOL),
    RETURNED_LEVEL_NOT_STATED(Phrase.ITEMS_NOT_STATED);

    /** Stands beside the measures where requests do not state their return level. */
    static final String RETURN_LEVELS = "returnLevels";

    static final List<StatedMeasure> REQUESTS = List.copyOf(EnumSet.range(RECEIVED, LED_TO_DATA));

    static final List<StatedMeasure> PEOPLE = List.copyOf(EnumSet.range(SUBMITTED, RETURNED));

    /** People returned by the level at which they were, which adds up to those returned where all of it is stated. */
    static final List<StatedMeasure> PEOPLE_BY_LEVEL =
            List.copyOf(EnumSet.range(RETURNED_RECORD_HELD, RETURNED_LEVEL_NOT_STATED));

    private final String label;
    private final String column;
    private final List<Measure> shown;
    private final List<Measure> notStated;

    StatedMeasure(String label, Measure shown, Measure notStated) {
        this.label = label;
        this.column = shown.column();
        this.shown = List.of(shown);
        this.notStated = List.of(notStated);
    }

    StatedMeasure(Phrase... phrases) {
        this.label = "returnedByLevel." + name().replace("RETURNED_", "").replace("LEVEL_", "");
        this.column = "individuals_" + name().toLowerCase(Locale.ROOT);
        this.shown = Stream.of(phrases).map(Phrase::people).toList();
        this.notStated = Stream.of(phrases).map(Phrase::notStated).toList();
    }

    /** As {@code notStated} names it. */
    String label() {
        return label;
    }

    /** Name of its column where it is published. */
    String column() {
        return column;
    }

    /** The return level of {@link #PEOPLE_BY_LEVEL}, {@code NOT_STATED} where it is not stated. */
    String level() {
        return label.substring(label.indexOf('.') + 1);
    }

    boolean isNotStatedIn(Tally tally) {
        return silentIn(tally) > 0;
    }

    /** A counter of the requests that do not state it. */
    Measure silent() {
        return notStated.getFirst();
    }

    /** Requests that do not state it. People whose level is not stated may be more of each level. */
    long silentIn(Tally tally) {
        boolean isOneMore = isLevel() && RETURNED_LEVEL_NOT_STATED.isAnyIn(tally);
        return Math.max(sum(notStated, tally), isOneMore ? Math.max(tally.get(Measure.LEVEL_NOT_STATED), 1) : 0);
    }

    private boolean isLevel() {
        return this != RETURNED_LEVEL_NOT_STATED && PEOPLE_BY_LEVEL.contains(this);
    }

    /** Whether there is any of it, or some request does not state it. */
    boolean isAnyIn(Tally tally) {
        return sum(notStated, tally) > 0 || knownIn(tally) > 0;
    }

    /** What those that state it add up to. */
    long knownIn(Tally tally) {
        return sum(shown, tally);
    }

    @Nullable
    Long in(Tally tally) {
        return isNotStatedIn(tally) ? null : knownIn(tally);
    }

    /** Whether a row is told not to state it. Of a level at which nobody is known, that somebody's is not stated says it. */
    boolean isMissingIn(FiguresTable.Row row) {
        return in(row) == null && !(isLevel() && row.isRecorded() && !isAnyIn(row.tally()));
    }

    /** What a row shows: nothing also where its months are not recorded. */
    @Nullable
    Long in(FiguresTable.Row row) {
        return row.isRecorded() ? in(row.tally()) : null;
    }

    /** All that a cell of it shows. */
    List<Measure> behind() {
        return Stream.concat(shown.stream(), notStated.stream()).toList();
    }

    private static long sum(List<Measure> measures, Tally tally) {
        return measures.stream().mapToLong(tally::get).sum();
    }
}
