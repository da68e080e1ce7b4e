package org.pupilledger.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.values.Individuals;

/** How a summary names what was told about people; highest first. */
enum Phrase {
    ADDRESS_AND_SCHOOL("address and school", Measure.TOLD_ADDRESS_AND_SCHOOL),
    ADDRESS("address", Measure.TOLD_ADDRESS),
    SCHOOL("school", Measure.TOLD_SCHOOL),
    RECORD_HELD_AND_DATE("record held and date last collected", Measure.TOLD_RECORD_HELD_AND_DATE),
    RECORD_HELD("record held", Measure.TOLD_RECORD_HELD),
    MATCH_INDICATOR("Y-only", Measure.TOLD_MATCH_INDICATOR),
    ITEMS_NOT_STATED("items not stated", Measure.TOLD_ITEMS_NOT_STATED);

    private final String words;
    private final Measure people;
    private final Measure notStated;

    Phrase(String words, Measure people) {
        this.words = words;
        this.people = people;
        this.notStated = Measure.valueOf(people.name().replace("TOLD_", "TOLD_NOT_STATED_"));
    }

    String words() {
        return words;
    }

    Measure people() {
        return people;
    }

    Measure notStated() {
        return notStated;
    }

    /** Null where nothing was told. */
    static @Nullable Phrase of(@Nullable ReturnLevel level, @Nullable List<Item> items) {
        if (level == null || items == null) {
            return level == null ? ITEMS_NOT_STATED : null;
        }
        return switch (level) {
            case NOTHING -> null;
            case MATCH_INDICATOR -> MATCH_INDICATOR;
            case RECORD_HELD -> items.contains(Item.DATE_LAST_COLLECTED) ? RECORD_HELD_AND_DATE : RECORD_HELD;
            case SCHOOL -> SCHOOL;
            case ADDRESS -> ADDRESS;
            case ADDRESS_AND_SCHOOL -> ADDRESS_AND_SCHOOL;
        };
    }

    /** Y-only is told to those answered; all else is returned. */
    Individuals toldAbout(Individuals answered, Individuals returned) {
        return this == MATCH_INDICATOR ? answered : returned;
    }
}
