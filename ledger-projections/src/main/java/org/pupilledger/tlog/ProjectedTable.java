package org.pupilledger.tlog;

import java.util.List;

/**
 * A table in which a projection keeps rows of its copies, told apart by the column {@code copy}.
 *
 * @param name  of the table
 * @param key   columns of its primary key in order, without {@code copy}; all of them text
 * @param means SQL condition of the rows that say something; a row that meets it not says the same as no row
 */
public record ProjectedTable(String name, List<String> key, String means) {
    public ProjectedTable {
        key = List.copyOf(key);
    }

    /** A table of which every row says something. */
    public static ProjectedTable of(String name, String... key) {
        return new ProjectedTable(name, List.of(key), "true");
    }
}
