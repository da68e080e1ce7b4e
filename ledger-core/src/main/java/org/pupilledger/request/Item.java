package org.pupilledger.request;

/** A data item, submitted, requested or returned. */
public enum Item implements Code {
    NAME("name"),
    DATE_OF_BIRTH("date of birth"),
    GENDER("gender"),
    ADDRESS("address"),
    NATIONALITY("nationality"),
    MATCH_INDICATOR("match indicator"),
    RECORD_HELD("record held"),
    DATE_LAST_COLLECTED("date last collected"),
    SCHOOL("school"),
    SCHOOL_HISTORY("school history"),
    ADDRESS_HISTORY("address history");

    private final String label;

    Item(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
