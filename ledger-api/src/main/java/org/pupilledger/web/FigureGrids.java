package org.pupilledger.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        List<Row> rows = new ArrayList<>(Row.of(table).toList()).reversed();
        return grid(edition, table, rows, table.title());
    }

    /** Those of one period. */
    Grid of(Edition edition, Table table, String period) {
        return grid(
                edition,
                table,
                Row.of(table).filter(row -> row.text("period").equals(period)).toList(),
                table.title());
    }

    private Grid grid(Edition edition, Table table, Collection<Row> rows, String caption) {
        List<Head> heads = new ArrayList<>();
        heads.add(new Head("Period", false));
        heads.add(new Head("Who asked", false));
        cut(table)
                .ifPresent(column -> heads.add(
                        new Head(table.columns().get(table.indexOf(column)).label(), false)));
        SHOWN.forEach((column, label) -> {
            if (table.indexOf(column) >= 0) {
                heads.add(new Head(label, true));
            }
        });
        heads.add(new Head("In words", false));
        List<List<Cell>> lines = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        List<Row> silent = new ArrayList<>();
        for (Row row : rows) {
            boolean isSilent = isSilent(row);
            boolean goesOn = isSilent
                    && (silent.isEmpty()
                            || silent.getLast().text("organisation").equals(row.text("organisation")));
            if (!goesOn && !silent.isEmpty()) {
                lines.add(silentLine(table, silent));
                silent.clear();
            }
            if (isSilent) {
                silent.add(row);
            } else {
                lines.add(line(edition, row, used));
            }
        }
        if (!silent.isEmpty()) {
            lines.add(silentLine(table, silent));
        }
        List<Note> notes = MARKS.entrySet().stream()
                .filter(mark -> used.contains(mark.getKey()))
                .map(mark -> new Note(mark.getKey(), mark.getValue()))
                .toList();
        return new Grid(table.name(), caption, heads, lines, notes);
    }

    private static Optional<String> cut(Table table) {
        return CUTS.stream().filter(column -> table.indexOf(column) >= 0).findFirst();
    }

    /** What a mark says, as a sentence of its own. */
    static String meaning(String mark) {
        String meaning = MARKS.getOrDefault(mark, mark);
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    /** Of which nobody recorded anything at all. */
    private static boolean isSilent(Row row) {
        return row.has("requests_received")
                && row.number("requests_received") == null
                && !row.text("summary").contains("in part");
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
        SHOWN.keySet().stream()
                .filter(column -> table.indexOf(column) >= 0)
                .forEach(column -> cells.add(new Cell("not recorded", null, true, "")));
        cells.add(Cell.of("not recorded, which does not mean none"));
        return cells;
    }

    private List<Cell> line(Edition edition, Row row, Set<String> used) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(row.text("period_label")));
        cells.add(Cell.of(names.of(row.text("organisation"))));
        Optional<String> cut = cut(row.table());
        cut.ifPresent(column -> cells.add(Cell.of(row.text(column))));
        for (String column : SHOWN.keySet()) {
            if (row.has(column)) {
                List<String> marks = row.marks(column);
                used.addAll(marks);
                // the address of such a page names no cut
                String link = cut.isPresent() ? null : Cells.path(edition, row, column);
                cells.add(new Cell(row.said(column), link, true, String.join(" ", marks)));
            }
        }
        cells.add(Cell.of(row.text("summary")));
        return cells;
    }
}
