package org.pupilledger.figures;

import org.pupilledger.spans.Count;
import org.pupilledger.spans.Counts;

/** What a total of a longer period adds to the figures. */
final class SpanTally {
    private SpanTally() {}

    /**
     * What the total states and what that fixes; whatever else single requests would have told is not stated by as many
     * requests as it is about, or by one where their number is not stated.
     *
     * @param sign    -1 to take it back
     * @param isApart whether it is counted that there is one
     */
    static Tally of(Counts told, int sign, boolean isApart) {
        Counts counts = told.derived();
        long requests = (long) sign * counts.requests();
        long remaining = (long) sign * counts.remaining();
        Tally tally = new Tally().add(Measure.PERIOD_TOTALS, isApart ? sign : 0);
        for (Count count : Count.values()) {
            Integer number = counts.get(count);
            if (number == null) {
                tally.add(notStated(count), requests);
            } else {
                tally.add(shown(count), (long) sign * number);
            }
        }
        // refused and withdrawn ones are not among them
        tally.add(Measure.NOT_STATED_APPROVED, remaining);
        tally.add(Measure.NOT_STATED_OPEN, remaining);
        tally.add(Measure.REQUESTS_MATCHED, remaining);
        tally.add(Measure.REQUESTS_DISCLOSED, remaining);
        if (counts.is(Count.ANSWERED, 0)) {
            return tally.add(Measure.LEVEL_NOTHING, remaining);
        }
        tally.add(Measure.NOT_STATED_REQUESTS_ANSWERED, remaining);
        tally.add(Measure.LEVEL_NOT_STATED, remaining);
        Integer returned = counts.get(Count.RETURNED);
        if (returned == null) {
            tally.add(Measure.TOLD_NOT_STATED_ITEMS_NOT_STATED, requests);
        } else {
            tally.add(Measure.TOLD_ITEMS_NOT_STATED, (long) sign * returned);
        }
        return tally;
    }

    private static Measure shown(Count count) {
        return Measure.valueOf((count.isOfRequests() ? "REQUESTS_" : "INDIVIDUALS_") + count.name());
    }

    private static Measure notStated(Count count) {
        return Measure.valueOf("NOT_STATED_" + count.name());
    }
}
