package org.pupilledger.tables;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are published together, with what a reader needs to know about them.
 *
 * @param name   stem of a file's name, such as {@code pupil-matching-2023-Q3}
 * @param cover  labels and values of the cover sheet, in the order in which they are shown
 * @param notes  a sentence or a few each
 * @param tables each with a name of its own
 * @param layout of its workbook
 */
public record Document(
        String name,
        String title,
        List<Line> cover,
        List<String> notes,
        List<Table> tables,
        @Nullable Chart chart,
        Layout layout) {
    /** How the tables stand in a workbook. */
    public enum Layout {
        /** Each with all its columns on the width of one page. */
        AS_PUBLISHED,
        /** Each for people who read it on paper, on as many pages as it takes at a readable size. */
        FOR_PAPER
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

    /** A line of the cover sheet. */
    public record Line(String label, String value) {
        public Line {
            label = PublishedText.of(label);
            value = PublishedText.of(value);
        }
    }

    /** Of the first layout. */
    public Document(
            String name,
            String title,
            List<Line> cover,
            List<String> notes,
            List<Table> tables,
            @Nullable Chart chart) {
        this(name, title, cover, notes, tables, chart, Layout.AS_PUBLISHED);
    }

    /** @throws IllegalArgumentException where a name is not of its form, or the chart shows what is not there */
    public Document {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a document's name is letters and digits, joined by hyphens");
        }
        title = PublishedText.of(title);
        cover = List.copyOf(cover);
        notes = notes.stream().map(PublishedText::of).toList();
        tables = List.copyOf(tables);
        Set<String> names = new HashSet<>();
        if (!tables.stream().allMatch(table -> names.add(table.name()))) {
            throw new IllegalArgumentException("each table of a document has a name of its own");
        }
        if (chart != null) {
            chart.requireIn(table(tables, chart.table()));
        }
    }

    Table table(String wanted) {
        return table(tables, wanted);
    }

    private static Table table(List<Table> tables, String wanted) {
        return tables.stream()
                .filter(table -> table.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a chart shows a table of its document"));
    }
}
