package org.pupilledger.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a page shows it: few columns, names instead of codes.
 *
 * @param id      on the page
 * @param lines   where one has fewer cells than there are heads, its last cell stands for the rest
 * @param caption says what is in it, and in the plural what is not where there are no lines
 * @param notes   what the marks in its cells mean
 */
public record Grid(String id, String caption, List<Head> heads, List<List<Cell>> lines, List<Note> notes) {
    /** A column; numbers stand to the right. */
    public record Head(String label, boolean isNumber) {}

    /**
     * A cell.
     *
     * @param text  as it is read
     * @param link  to the page that explains it, null where there is none
     * @param marks of notes, such as {@code x r}; empty for none
     */
    public record Cell(String text, @Nullable String link, boolean isNumber, String marks) {
        public static Cell of(String text) {
            return new Cell(text, null, false, "");
        }
    }

    /** What a mark means. */
    public record Note(String mark, String meaning) {}

    /** What a line says in a column. */
    static Cell at(List<Cell> line, int column) {
        return line.get(Math.min(column, line.size() - 1));
    }

    public Grid {
        heads = List.copyOf(heads);
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }
}
