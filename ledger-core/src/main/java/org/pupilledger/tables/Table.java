package org.pupilledger.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is published; every format has the same cells.
 *
 * @param name        kebab-case; also the stem of a file's name
 * @param title       names the measure, the population, the area and the period; it stands in A1
 * @param description one sentence, for metadata and the contents
 * @param rows        as many cells each as there are columns: null, a String, or a Long where the column is of numbers
 */
public record Table(
        String name, String title, String description, List<Column> columns, List<List<@Nullable Object>> rows) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /**
     * Not a compact constructor, because of those the compiler does not write down which parts of a parameter may be null.
     *
     * @throws IllegalArgumentException where a name, a row or a cell is not of the form said above
     */
    public Table(
            String name, String title, String description, List<Column> columns, List<List<@Nullable Object>> rows) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a table's name is in kebab-case");
        }
        Set<String> names = new HashSet<>();
        if (columns.isEmpty() || !columns.stream().allMatch(column -> names.add(column.name()))) {
            throw new IllegalArgumentException("a table has columns, each with a name of its own");
        }
        List<List<@Nullable Object>> copies = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            copies.add(copy(row, columns));
        }
        this.name = name;
        this.title = PublishedText.of(title);
        this.description = PublishedText.of(description);
        this.columns = List.copyOf(columns);
        this.rows = Collections.unmodifiableList(copies);
    }

    private static List<@Nullable Object> copy(List<@Nullable Object> row, List<Column> columns) {
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException("a row has a cell for each column");
        }
        List<@Nullable Object> copy = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object cell = row.get(i);
            Column column = columns.get(i);
            if (cell != null && !column.kind().holds(cell)) {
                throw new IllegalArgumentException("a cell of " + column.name() + " is not of its kind");
            }
            copy.add(cell instanceof String text ? PublishedText.of(text) : cell);
        }
        return Collections.unmodifiableList(copy);
    }

    /** 0-based; -1 where there is none. */
    public int indexOf(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
