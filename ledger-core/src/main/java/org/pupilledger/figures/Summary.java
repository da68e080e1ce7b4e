package org.pupilledger.figures;

import java.util.ArrayList;
import java.util.List;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.tables.StatusColumn;

/** The sentence for a tally: {@code 185 submitted, 1 matched, Y-only returned}. */
public final class Summary {
    public static final String NO_REQUESTS = "no requests";

    private static final String OUTCOME_NOT_STATED = "outcome not stated";

    private Summary() {}

    public static String of(Tally tally) {
        if (tally.get(Measure.REQUESTS_RECEIVED) <= 0 && !StatedMeasure.RECEIVED.isNotStatedIn(tally)) {
            return NO_REQUESTS;
        }
        List<String> parts = new ArrayList<>();
        parts.add(submitted(tally));
        if (isSilent(tally)) {
            parts.add(OUTCOME_NOT_STATED);
            return String.join(", ", parts);
        }
        if (tally.get(Measure.REQUESTS_MATCHED) > 0) {
            parts.add(people(tally, StatedMeasure.MATCHED));
        }
        parts.add(tally.get(Measure.REQUESTS_DISCLOSED) > 0 ? returned(tally) : outcome(tally));
        return String.join(", ", parts);
    }

    /** Whether the sources tell who was submitted, and nothing of what came of any request. */
    private static boolean isSilent(Tally tally) {
        return StatedMeasure.SUBMITTED.in(tally) != null
                && tally.get(Measure.NOT_STATED_OPEN) == tally.get(Measure.REQUESTS_RECEIVED)
                && tally.get(Measure.NOT_STATED_WITHDRAWN) > 0
                && tally.get(Measure.NOT_STATED_MATCHED) > 0
                && tally.get(Measure.INDIVIDUALS_MATCHED) == 0
                && tally.get(Measure.INDIVIDUALS_RETURNED) == 0;
    }

    /** Of a row: {@code not recorded} where nobody loaded its months. */
    public static String of(FiguresTable.Row row) {
        return row.isRecorded() ? of(row.tally()) : notRecorded(row);
    }

    static String notRecorded(FiguresTable.Row row) {
        return row.coverage() == Coverages.Extent.PART ? StatusColumn.RECORDED_IN_PART : StatusColumn.NOT_RECORDED;
    }

    /** Of a request that was annulled: what it had submitted, as it stood. */
    public static String ofAnnulled(Tally before) {
        return submitted(before) + ", annulled";
    }

    private static String submitted(Tally tally) {
        return people(tally, StatedMeasure.SUBMITTED);
    }

    private static String people(Tally tally, StatedMeasure measure) {
        Long people = measure.in(tally);
        return people == null ? measure.label() + " not stated" : people + " " + measure.label();
    }

    private static String returned(Tally tally) {
        List<Phrase> told = new ArrayList<>();
        for (Phrase phrase : Phrase.values()) {
            if (tally.get(phrase.people()) > 0 || tally.get(phrase.notStated()) > 0) {
                told.add(phrase);
            }
        }
        if (told.isEmpty()) {
            return "nothing returned";
        }
        if (told.equals(List.of(Phrase.MATCH_INDICATOR))) {
            return Phrase.MATCH_INDICATOR.words() + " returned";
        }
        return String.join(
                "; ", told.stream().map(phrase -> returnedFor(tally, phrase)).toList());
    }

    /** Of whom neither items nor number are stated, nobody says that anything was returned. */
    private static String returnedFor(Tally tally, Phrase phrase) {
        if (phrase == Phrase.ITEMS_NOT_STATED && tally.get(phrase.people()) == 0) {
            return "returned not stated";
        }
        String howMany =
                tally.get(phrase.notStated()) > 0 ? "a number not stated" : Long.toString(tally.get(phrase.people()));
        return phrase.words() + " returned for " + howMany;
    }

    /** Approved requests are open, to the reader, until something is answered. */
    private static String outcome(Tally tally) {
        List<String> outcomes = new ArrayList<>();
        if (tally.get(Measure.REQUESTS_OPEN) + tally.get(Measure.REQUESTS_APPROVED) > 0) {
            outcomes.add("open");
        }
        if (tally.get(Measure.REQUESTS_REFUSED) > 0) {
            outcomes.add("refused");
        }
        if (tally.get(Measure.REQUESTS_WITHDRAWN) > 0) {
            outcomes.add("withdrawn");
        }
        if (StatedMeasure.OPEN.isNotStatedIn(tally)) {
            outcomes.add(OUTCOME_NOT_STATED);
        }
        return outcomes.isEmpty() ? OUTCOME_NOT_STATED : String.join("; ", outcomes);
    }
}
