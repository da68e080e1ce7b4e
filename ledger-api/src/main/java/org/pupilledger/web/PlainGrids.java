package org.pupilledger.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pupilledger.tables.Column;
import org.pupilledger.tables.Table;
import org.pupilledger.web.Grid.Cell;
import org.pupilledger.web.Grid.Head;

/** Any other table: its first columns, those that a reader looks for; the files have all of them. */
record PlainGrids(Names names) {
    /** More do not fit a laptop's width. */
    private static final int MAX_COLUMNS = 8;

    /** Said by the column beside it, or of use to programs only. */
    private static final Set<String> LEFT_OUT = Set.of(
            "item",
            "period",
            "purposes",
            "purpose",
            "gateway_code",
            "status",
            "lawful_basis_code",
            "umbrella",
            "level");

    Grid of(Table table) {
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < table.columns().size() && shown.size() < MAX_COLUMNS; i++) {
            if (!LEFT_OUT.contains(table.columns().get(i).name())) {
                shown.add(i);
            }
        }
        List<List<Cell>> lines = Row.of(table)
                .map(row -> shown.stream()
                        .map(index -> cell(row, table.columns().get(index)))
                        .toList())
                .toList();
        return new Grid(
                table.name(),
                table.title(),
                shown.stream()
                        .map(index -> new Head(
                                table.columns().get(index).label(),
                                table.columns().get(index).kind().isNumber()))
                        .toList(),
                lines,
                List.of());
    }

    private Cell cell(Row row, Column column) {
        if (column.kind().isNumber()) {
            return new Cell(row.said(column.name()), null, true, "");
        }
        String text = row.text(column.name());
        return Cell.of(column.name().equals("organisation") ? names.of(text) : text);
    }
}
