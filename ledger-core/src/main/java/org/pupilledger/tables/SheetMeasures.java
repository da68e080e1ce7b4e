package org.pupilledger.tables;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column.Kind;

/** How wide columns are and how high rows, reckoned from how many characters stand in them. */
record SheetMeasures(boolean isForPaper) {
    private static final int MIN_WIDTH_MM = 24;

    /** Of a sheet for paper, whose letters are smaller. */
    private static final int MIN_PAPER_WIDTH_MM = 22;

    private static final int PAPER_PADDING_MM = 4;
    private static final double PAPER_SIZE = 10.0 / 12;

    /** Longer text is wrapped on paper: of what says what a row is of, and of other columns. */
    private static final int MAX_KEY_CHARACTERS = 24;

    private static final int MAX_PAPER_CHARACTERS = 45;

    /** Of a sheet with hardly anything but text. */
    private static final int MAX_PROSE_CHARACTERS = 110;

    /** Of a line of text on a sheet for paper. */
    private static final double LINE_MM = 4.6;

    /** Of a character of the body text, and of a header, which is bold. */
    private static final double CHARACTER_MM = 2.4;

    private static final double HEADER_CHARACTER_MM = 2.8;

    /** Of a code, which is in upper case. */
    private static final double CODE_CHARACTER_MM = 3.4;

    private static final int PADDING_MM = 6;

    /** Longer text is wrapped. */
    private static final int MAX_CHARACTERS = 60;

    /** Wide enough for the longest word of the header, and for the longest cell up to a limit. */
    int widthMm(SheetTable table, int index) {
        Column column = table.columns().get(index);
        int word = Arrays.stream(column.label().split(" ", -1))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        int cell = table.rows().stream()
                .filter(row -> index < row.size())
                .mapToInt(row -> length(row.get(index)))
                .max()
                .orElse(0);
        int most = isForPaper ? mostOnPaper(table, index) : MAX_CHARACTERS;
        double text = Math.max(word * HEADER_CHARACTER_MM, Math.min(cell, most) * characterMm(column));
        return isForPaper
                ? Math.max(MIN_PAPER_WIDTH_MM, (int) Math.ceil(text * PAPER_SIZE) + PAPER_PADDING_MM)
                : Math.max(MIN_WIDTH_MM, (int) Math.ceil(text) + PADDING_MM);
    }

    private static int mostOnPaper(SheetTable table, int index) {
        boolean isProse = table.columns().size() <= 2;
        return isProse ? MAX_PROSE_CHARACTERS : index < table.keys() ? MAX_KEY_CHARACTERS : MAX_PAPER_CHARACTERS;
    }

    private static double characterMm(Column column) {
        return column.kind() == Kind.CODE ? CODE_CHARACTER_MM : CHARACTER_MM;
    }

    /** Characters as shown: a number has a separator for each three digits but the first. */
    private static int length(@Nullable Object cell) {
        if (cell == null) {
            return 0;
        }
        int length = cell.toString().length();
        return cell instanceof Long ? length + (length - 1) / 3 : length;
    }

    /** That the longest cell of a row takes, with room for words that do not fit the end of a line. */
    static int lines(List<Column> columns, List<Integer> widthsMm, List<@Nullable Object> row) {
        int most = 1;
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i) instanceof String text && row.size() > 1) {
                double width = text.length() * characterMm(columns.get(i)) * PAPER_SIZE * 1.1;
                most = Math.max(most, (int) Math.ceil(width / (widthsMm.get(i) - PAPER_PADDING_MM)));
            }
        }
        return most;
    }

    /** Of a row of so many lines. */
    static int heightMm(int lines) {
        return (int) Math.ceil(lines * LINE_MM + 2);
    }
}
