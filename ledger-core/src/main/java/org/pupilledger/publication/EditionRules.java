package org.pupilledger.publication;

import java.util.Arrays;
import java.util.Optional;

/**
 * By what rules the files of an edition follow from entries. What was made by older ones is made again, and verified, by
 * those; what is made now is made by the newest. A change of any byte is a new version.
 */
public enum EditionRules {
    /**
     * Each reference of a request that was answered counts as answered, and as led to data where there was any; every
     * organisation has a row of its own; what is covered is not known; agreements have the terms only.
     */
    EDITION_1("edition/1"),

    /** Columns of requests stand before those of people; a sheet of the workbook is as wide as its table. */
    EDITION_2("edition/2"),

    EDITION_3("edition/3");

    public static final EditionRules NEWEST = EDITION_3;

    private final String code;

    EditionRules(String code) {
        this.code = code;
    }

    /** As the content of an edition names them. */
    public String code() {
        return code;
    }

    /** Empty for rules that this version of the program does not know. */
    public static Optional<EditionRules> of(String code) {
        return Arrays.stream(values()).filter(rules -> rules.code.equals(code)).findFirst();
    }
}
