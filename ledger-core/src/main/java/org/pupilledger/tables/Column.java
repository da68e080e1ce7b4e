package org.pupilledger.tables;

import java.util.regex.Pattern;

/**
 * A column of a published table.
 *
 * @param name        snake_case; the header in CSV and the member in JSON
 * @param label       plain English; the header for people
 * @param description one sentence that says what is counted, or what the text is
 */
public record Column(String name, String label, Kind kind, String description) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /** What the cells hold; requests, people and other counts are numbers and are never added to each other. */
    public enum Kind {
        TEXT,
        CODE,
        /** A day or a month, as {@code 2023-06-15} or {@code 2023-06}. */
        DATE,
        REQUESTS,
        PEOPLE,
        COUNT;

        public boolean isNumber() {
            return switch (this) {
                case TEXT, CODE, DATE -> false;
                case REQUESTS, PEOPLE, COUNT -> true;
            };
        }

        boolean holds(Object cell) {
            return isNumber() ? cell instanceof Long : cell instanceof String;
        }
    }

    public Column {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a column's name is in snake_case");
        }
        label = PublishedText.of(label);
        description = PublishedText.of(description);
    }
}
