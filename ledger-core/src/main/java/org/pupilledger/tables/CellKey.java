package org.pupilledger.tables;

/**
 * A cell of a table of figures.
 *
 * @param period       as in {@code FiguresTable.Row}
 * @param organisation its code
 * @param column       name of the column, such as {@code individuals_matched}
 */
public record CellKey(String period, String organisation, String column) {}
