package org.pupilledger.codes;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** How much was handed over, derived from the items returned; in ascending order. */
public enum ReturnLevel implements Code {
    NOTHING,
    @Label("match indicator only (Y-only)")
    MATCH_INDICATOR,
    RECORD_HELD,
    SCHOOL,
    ADDRESS,
    ADDRESS_AND_SCHOOL;

    private static final Set<Item> ADDRESS_ITEMS = EnumSet.of(Item.ADDRESS, Item.ADDRESS_HISTORY);
    private static final Set<Item> SCHOOL_ITEMS = EnumSet.of(Item.SCHOOL, Item.SCHOOL_HISTORY);

    /** Items that are no address and no school, and more than the match indicator, tell at least that a record is held. */
    public static ReturnLevel of(Collection<Item> returned) {
        boolean address = returned.stream().anyMatch(ADDRESS_ITEMS::contains);
        boolean school = returned.stream().anyMatch(SCHOOL_ITEMS::contains);
        if (address && school) {
            return ADDRESS_AND_SCHOOL;
        }
        if (address) {
            return ADDRESS;
        }
        if (school) {
            return SCHOOL;
        }
        if (returned.stream().anyMatch(item -> item != Item.MATCH_INDICATOR)) {
            return RECORD_HELD;
        }
        return returned.isEmpty() ? NOTHING : MATCH_INDICATOR;
    }
}
