package org.pupilledger.codes;

/** A data item, submitted, requested or returned. */
public enum Item implements Code {
    NAME,
    DATE_OF_BIRTH,
    GENDER,
    ADDRESS,
    NATIONALITY,
    MATCH_INDICATOR,
    RECORD_HELD,
    DATE_LAST_COLLECTED,
    SCHOOL,
    SCHOOL_HISTORY,
    ADDRESS_HISTORY
}
