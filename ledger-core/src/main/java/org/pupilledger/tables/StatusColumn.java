package org.pupilledger.tables;

/** The column that says in shorthand what is special about the other cells of its row: {@code [x] individuals matched}. */
public final class StatusColumn {
    public static final String NAME = "status";

    /** Between two entries. */
    public static final String SEPARATOR = "; ";

    private StatusColumn() {}

    /** How an entry names a column: {@code individuals matched}. */
    public static String words(String column) {
        return column.replace('_', ' ');
    }
}
