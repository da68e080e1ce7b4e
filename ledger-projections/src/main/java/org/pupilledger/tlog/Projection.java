package org.pupilledger.tlog;

import java.util.List;
import org.pupilledger.entries.Entry;

/** Something derived from the entries, which can be lost and rebuilt from them. */
public interface Projection {
    /** Its name, as in the table of positions and in metrics. */
    String name();

    /**
     * Of what it stores, from 1. Raised whenever that changes its meaning, for instance with a new column: a copy of an
     * older version is then made anew from the entries by the first program that starts with the newer one.
     */
    int version();

    /** All tables it writes, and nobody else does. */
    List<ProjectedTable> tables();

    /**
     * Folds entries in, within the transaction under way.
     *
     * @param copy    of its rows, the only one that is looked at or changed
     * @param entries in order, without a gap between them
     */
    void fold(Copy copy, List<Entry> entries);
}
