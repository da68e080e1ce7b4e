package org.pupilledger.tables;

import java.util.List;

/**
 * A chart of some columns of one table.
 *
 * @param description what it shows, for who cannot see it; the numbers are in the table
 * @param table       its name
 * @param labelColumn name of the column that names each row
 * @param series      names of columns of numbers, at most {@value #MAX_SERIES}
 * @param hasGaps     whether a line is broken where rows are missing between two periods
 */
public record Chart(
        String title, String description, String table, String labelColumn, List<String> series, boolean hasGaps) {
    static final int MAX_SERIES = 4;

    public Chart(String title, String description, String table, String labelColumn, List<String> series) {
        this(title, description, table, labelColumn, series, true);
    }

    public Chart {
        title = PublishedText.of(title);
        description = PublishedText.of(description);
        series = List.copyOf(series);
        if (series.isEmpty() || series.size() > MAX_SERIES) {
            throw new IllegalArgumentException("a chart has 1 to " + MAX_SERIES + " series");
        }
    }

    /** @throws IllegalArgumentException where the table lacks what the chart shows */
    void requireIn(Table source) {
        boolean isThere = source.indexOf(labelColumn) >= 0
                && series.stream()
                        .mapToInt(source::indexOf)
                        .allMatch(index ->
                                index >= 0 && source.columns().get(index).kind().isNumber());
        if (!isThere) {
            throw new IllegalArgumentException("a chart shows columns of its table, numbers as series");
        }
    }
}
