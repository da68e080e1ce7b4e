package org.pupilledger.tlog;

import java.util.List;

/** Something derived from the entries, which can be lost and rebuilt from them. */
public interface Projection {
    /** Its name, as in the table of positions and in metrics. */
    String name();

    /**
     * Folds entries in, within the transaction under way.
     *
     * @param entries in order, without a gap between them
     */
    void fold(List<Entry> entries);
}
