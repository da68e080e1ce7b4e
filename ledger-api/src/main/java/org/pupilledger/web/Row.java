package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.StatusColumn;
import org.pupilledger.tables.Table;

/** One row of a published table, by the names of its columns. */
public record Row(Table table, List<@Nullable Object> cells) {
    public static Stream<Row> of(Table table) {
        return table.rows().stream().map(cells -> new Row(table, cells));
    }

    boolean has(String column) {
        return table.indexOf(column) >= 0;
    }

    private @Nullable Object cell(String column) {
        int index = table.indexOf(column);
        return index < 0 ? null : cells.get(index);
    }

    /** Empty where the table has no such column or the cell is empty. */
    public String text(String column) {
        return Objects.toString(cell(column), "");
    }

    /** Null where it is not stated, or there is no such column. */
    @Nullable
    Long number(String column) {
        return cell(column) instanceof Long number ? number : null;
    }

    /** {@code 2,461}, or {@code not stated}. */
    public String said(String column) {
        Long number = number(column);
        return number == null ? "not stated" : grouped(number);
    }

    static String grouped(long number) {
        return String.format(Locale.UK, "%,d", number);
    }

    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        table.columns().forEach(column -> map.put(column.name(), cell(column.name())));
        return map;
    }

    /** Whether it counts any request. */
    boolean isAny() {
        Long requests = number("requests_received");
        return requests != null && requests > 0;
    }

    boolean isRecorded() {
        return number("requests_received") != null;
    }

    /** Whether it tells no number in some columns, and is not recorded in part. */
    boolean isSilent(Collection<String> columns) {
        return columns.stream().allMatch(column -> number(column) == null)
                && !text(StatusColumn.NAME).contains(StatusColumn.RECORDED_IN_PART);
    }

    /** Whether that is because nobody recorded anything, and not because no source tells the period alone. */
    boolean isUnrecorded() {
        return text(StatusColumn.NAME).contains(StatusColumn.NOT_RECORDED);
    }

    /** The shorthand that the status column has for a column, without brackets: {@code x}, {@code r}. */
    List<String> marks(String column) {
        List<String> marks = new ArrayList<>();
        for (String entry : text(StatusColumn.NAME).split(StatusColumn.SEPARATOR, -1)) {
            int end = entry.indexOf(']');
            if (end > 1 && entry.charAt(0) == '[') {
                String about = entry.substring(end + 1).trim();
                boolean isOfAll =
                        about.equals(StatusColumn.NOT_RECORDED) || about.equals(StatusColumn.RECORDED_IN_PART);
                if (isOfAll ? number(column) == null : about.equals(column.replace('_', ' '))) {
                    marks.add(entry.substring(1, end));
                }
            }
        }
        return marks;
    }
}
