package org.pupilledger.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The column that says in shorthand what is special about the other cells of its row: {@code [x] individuals matched}. */
public final class StatusColumn {
    public static final String NAME = "status";

    /** Between two entries. */
    public static final String SEPARATOR = "; ";

    /** Entries about every number of a row, with their code. */
    public static final String NOT_RECORDED = "not recorded";

    public static final String RECORDED_IN_PART = "recorded in part";

    private StatusColumn() {}

    /** @param shorthand that the table uses, each with its meaning */
    public static Column of(String shorthand) {
        return new Column(NAME, "Status", Column.Kind.TEXT, "Shorthand for cells of the row: " + shorthand + ".");
    }

    /** @return null where nothing is special */
    public static @Nullable String joined(List<String> entries) {
        return entries.isEmpty() ? null : String.join(SEPARATOR, entries);
    }

    public static String notAvailable(String column) {
        return "[x] " + words(column);
    }

    public static String revised(String column) {
        return "[r] " + words(column);
    }

    /** What {@link #joined} joined; empty for null. */
    static List<String> entries(@Nullable Object status) {
        return status == null ? List.of() : List.of(status.toString().split(SEPARATOR, -1));
    }

    /** The name of the column that an entry names. */
    static String name(String words) {
        return words.replace(' ', '_');
    }

    /** How an entry names a column: {@code individuals matched}. */
    static String words(String column) {
        return column.replace('_', ' ');
    }
}
