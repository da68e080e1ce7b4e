package org.pupilledger.tables;

import java.util.List;
import java.util.Set;

/** Lines of cells for a terminal. */
public final class TextTable {
    private TextTable() {}

    /**
     * @param lines   all as long as the first, which has the names of the columns
     * @param numbers 0-based columns that end, and do not begin, below each other
     */
    public static String of(List<List<String>> lines, Set<Integer> numbers) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(line(line, widths, numbers)).append('\n');
        }
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths, Set<Integer> numbers) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(numbers.contains(i) ? padding + cells.get(i) : cells.get(i) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
