package org.pupilledger.tables;

import org.jspecify.annotations.Nullable;

/** What stands in a cell of a CSV file. */
public final class CsvCell {
    /** A spreadsheet takes text that begins so for a formula, in quotes or not. */
    private static final String FORMULA_STARTS = "=+-@";

    private CsvCell() {}

    /** The text before it is put in quotes, if need be; a number as it is; null for an empty cell. */
    public static @Nullable Object of(@Nullable Object cell) {
        return cell instanceof String words ? inert(words) : cell;
    }

    private static String inert(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
