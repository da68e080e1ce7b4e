package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;

/** What is on a page, as a table for CSV: of a page that is no table, a line for each thing that it says. */
public final class Sheet {
    private static final List<Column> LINES = List.of(
            new Column("part", "Part", Column.Kind.TEXT, "Which part of the page says it."),
            new Column("about", "About", Column.Kind.TEXT, "What it is about."),
            new Column("said", "Said", Column.Kind.TEXT, "What is said."),
            new Column("address", "Address", Column.Kind.TEXT, "Where more of it is; empty for nowhere."));

    private final String title;
    private final List<List<@Nullable Object>> lines = new ArrayList<>();

    public Sheet(String title) {
        this.title = title;
    }

    public Sheet line(String part, String about, @Nullable String said, @Nullable String address) {
        List<@Nullable Object> line = new ArrayList<>();
        line.add(part);
        line.add(about);
        line.add(said);
        line.add(address);
        lines.add(line);
        return this;
    }

    /** Each line of a grid: what its first cells name, and what the others say. */
    Sheet grid(String part, Grid grid) {
        for (List<Grid.Cell> line : grid.lines()) {
            for (int i = 1; i < grid.heads().size(); i++) {
                Grid.Cell cell = Grid.at(line, i);
                line(part, line.getFirst().text() + ", " + grid.heads().get(i).label(), cell.text(), cell.link());
            }
        }
        return this;
    }

    public Table table() {
        return new Table("page", title, "What the page says.", LINES, lines);
    }

    /** Some rows of a published table, with all its columns. */
    public static Table of(Table table, Collection<Row> rows) {
        return new Table(
                table.name(),
                table.title(),
                table.description(),
                table.columns(),
                rows.stream().map(Row::cells).toList());
    }

    /** As the page shows it. */
    public static Table of(Grid grid) {
        Set<String> names = new HashSet<>();
        List<Column> columns = grid.heads().stream()
                .map(head -> new Column(name(head.label(), names), head.label(), Column.Kind.TEXT, head.label() + "."))
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<Grid.Cell> line : grid.lines()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                row.add(Grid.at(line, i).text());
            }
            rows.add(row);
        }
        return new Table("page", grid.caption(), grid.caption() + ".", columns, rows);
    }

    private static String name(String label, Set<String> taken) {
        String words =
                label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[_0-9]+|_$", "");
        String name = words;
        for (int i = 2; !taken.add(name); i++) {
            name = words + "_" + i;
        }
        return name;
    }
}
