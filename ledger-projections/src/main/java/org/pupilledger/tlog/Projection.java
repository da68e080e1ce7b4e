package org.pupilledger.tlog;

import java.util.List;
import org.pupilledger.entries.Entry;

/** Something derived from the entries, which can be lost and rebuilt from them. */
public interface Projection {
    /** What it keeps, and where. */
    Kept kept();

    /**
     * What a projection keeps.
     *
     * @param name    its name, as in the table of positions and in metrics
     * @param version of what it stores, from 1. Raised whenever that changes its meaning, for instance with a new column: a
     *                copy of an older version is then made anew from the entries by the first program that starts with the
     *                newer one
     * @param tables  all that it writes, and nobody else does
     */
    record Kept(String name, int version, List<ProjectedTable> tables) {
        public Kept {
            tables = List.copyOf(tables);
        }
    }

    default String name() {
        return kept().name();
    }

    default int version() {
        return kept().version();
    }

    default List<ProjectedTable> tables() {
        return kept().tables();
    }

    /**
     * Folds entries in, within the transaction under way.
     *
     * @param copy    of its rows, the only one that is looked at or changed
     * @param entries in order, without a gap between them
     */
    void fold(Copy copy, List<Entry> entries);
}
