package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupilledger.period.Period;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;
import org.pupilledger.web.Grid.Note;
import org.pupilledger.web.PublicEditions.Edition;

/** Published tables of figures as a page shows them: people first, newest first, what nobody recorded in one line. */
record FigureGrids(Names names) {
    /** Columns that a reader looks for, with what is said above them. */
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    private static final Map<String, String> MARKS = new LinkedHashMap<>();

    /** The same of a table of answers, which are too many for words beside them. */
    private static final List<String> LEVELS = List.of(
            "requests_answered",
            "level_match_indicator",
            "level_record_held",
            "level_school",
            "level_address",
            "level_address_and_school");

    /** Columns that say by what rows are cut, in words. */
    private static final List<String> CUTS = List.of("purpose_label", "gateway_label");

    static {
        SHOWN.put("individuals_submitted", "People submitted");
        SHOWN.put("individuals_matched", "People matched");
        SHOWN.put("individuals_returned", "People returned");
        SHOWN.put("requests_received", "Requests");
        MARKS.put("x", "not stated by a source, or not recorded");
        MARKS.put("r", "revised: published otherwise before");
        MARKS.put("c", "confidential");
        MARKS.put("z", "not applicable");
    }

    /** All rows of a table, the newest period first. */
    Grid of(Edition edition, Table table) {
        return grid(edition, table, Row.of(table).toList().reversed());
    }

    /** Those of one period, which the lines do not name again. */
    Grid of(Edition edition, Table table, String period) {
        Grid grid = grid(
                edition,
                table,
                Row.of(table).filter(row -> row.text("period").equals(period)).toList());
        return new Grid(
                grid.id(),
                grid.caption(),
                withoutFirst(grid.heads()),
                grid.lines().stream().map(FigureGrids::withoutFirst).toList(),
                grid.notes());
    }

    private static <T> List<T> withoutFirst(List<T> all) {
        return all.subList(1, all.size());
    }

    /** Whether it is a table of figures by period and organisation. */
    static boolean isOf(Table table) {
        return table.indexOf("organisation") >= 0 && !shown(table).isEmpty();
    }

    /** The numbers that are shown, by column, with what is said above them. */
    private static Map<String, String> shown(Table table) {
        Map<String, String> shown = new LinkedHashMap<>();
        if (table.indexOf("individuals_submitted") >= 0) {
            SHOWN.forEach((column, label) -> {
                if (table.indexOf(column) >= 0) {
                    shown.put(column, label);
                }
            });
        } else {
            LEVELS.stream()
                    .filter(column -> table.indexOf(column) >= 0)
                    .forEach(column -> shown.put(
                            column, table.columns().get(table.indexOf(column)).label()));
        }
        return shown;
    }

    private Grid grid(Edition edition, Table table, Collection<Row> rows) {
        Map<String, String> shown = shown(table);
        boolean hasWords = shown.size() <= SHOWN.size();
        List<Head> heads = new ArrayList<>();
        heads.add(new Head("Period", false));
        heads.add(new Head("Who asked", false));
        cut(table)
                .ifPresent(column -> heads.add(
                        new Head(table.columns().get(table.indexOf(column)).label(), false)));
        shown.values().forEach(label -> heads.add(new Head(label, true)));
        if (hasWords) {
            heads.add(new Head("In words", false));
        }
        List<List<Cell>> lines = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        // each organisation by itself, so that what follows in time stands together
        rows.stream()
                .collect(
                        Collectors.groupingBy(row -> row.text("organisation"), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(ofOne -> {
                    List<Row> silent = new ArrayList<>();
                    for (Row row : ofOne) {
                        boolean goesOn = row.isSilent(shown.keySet())
                                && (silent.isEmpty() || silent.getLast().isUnrecorded() == row.isUnrecorded());
                        if (!goesOn && !silent.isEmpty()) {
                            lines.add(silentLine(table, silent));
                            silent.clear();
                        }
                        if (row.isSilent(shown.keySet())) {
                            silent.add(row);
                        } else {
                            lines.add(line(edition, row, shown.keySet(), hasWords, used));
                        }
                    }
                    if (!silent.isEmpty()) {
                        lines.add(silentLine(table, silent));
                    }
                });
        List<Note> notes = MARKS.entrySet().stream()
                .filter(mark -> used.contains(mark.getKey()))
                .map(mark -> new Note(mark.getKey(), mark.getValue()))
                .toList();
        return new Grid(table.name(), table.title(), heads, lines, notes);
    }

    private static Optional<String> cut(Table table) {
        return CUTS.stream().filter(column -> table.indexOf(column) >= 0).findFirst();
    }

    /** What a mark says, as a sentence of its own. */
    static String meaning(String mark) {
        String meaning = MARKS.getOrDefault(mark, mark);
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    private List<Cell> silentLine(Table table, List<Row> rows) {
        Row newest = rows.getFirst();
        Row oldest = rows.getLast();
        String label = rows.size() == 1
                ? newest.text("period_label")
                : Period.parse(oldest.text("period"))
                        .flatMap(from -> Period.parse(newest.text("period"))
                                .map(to -> Period.range(from.from(), to.to()).label()))
                        .orElse(newest.text("period_label"));
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(label));
        cells.add(Cell.of(names.of(newest.text("organisation"))));
        cut(table).ifPresent(column -> cells.add(Cell.of("")));
        cells.add(Cell.of(
                newest.isUnrecorded()
                        ? "not recorded, which does not mean none"
                        : "no source tells such a period alone"));
        return cells;
    }

    private List<Cell> line(Edition edition, Row row, Collection<String> shown, boolean hasWords, Set<String> used) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(row.text("period_label")));
        cells.add(Cell.of(names.of(row.text("organisation"))));
        Optional<String> cut = cut(row.table());
        cut.ifPresent(column -> cells.add(Cell.of(row.text(column))));
        for (String column : shown) {
            List<String> marks = row.marks(column);
            used.addAll(marks);
            // the address of such a page names no cut
            String link = cut.isPresent() ? null : Cells.path(edition, row, column);
            cells.add(new Cell(row.said(column), link, true, String.join(" ", marks)));
        }
        if (hasWords) {
            cells.add(Cell.of(row.text("summary")));
        }
        return cells;
    }
}
