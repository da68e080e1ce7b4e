package org.pupilledger.figures;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The measures that count people, in the order in which they are shown. */
enum PeopleMeasure {
    SUBMITTED,
    MATCHED,
    AMBIGUOUS,
    UNMATCHED,
    ANSWERED,
    RETURNED;

    /** Stands beside the measures where requests do not state their return level. */
    static final String RETURN_LEVELS = "returnLevels";

    private final Measure people = Measure.valueOf("INDIVIDUALS_" + name());
    private final Measure notStated = Measure.valueOf("NOT_STATED_" + name());

    Measure people() {
        return people;
    }

    Measure notStated() {
        return notStated;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNotStatedIn(Tally tally) {
        return tally.get(notStated) > 0;
    }

    @Nullable
    Long in(Tally tally) {
        return isNotStatedIn(tally) ? null : tally.get(people);
    }
}
