package org.pupilledger.editions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a published table that two sides show differently.
 *
 * @param table  name of the table, {@code police-quarterly}
 * @param key    what tells its row from others; the period, and of figures the code of the
 *               organisation, of agreements the reference, {@code ["2023-Q3", "DWP"]}
 * @param label  the period as it is read, {@code Jul to Sep 2023}; null where the table has no periods
 * @param column name of the column, {@code individuals_matched}
 * @param was    a Long or a String; null where it is not stated. A row of figures that is not there has zeros
 * @param now    the same of the other side
 * @param events positions of the events that explain it, ascending
 */
public record ChangedCell(
        String table,
        List<String> key,
        @Nullable String label,
        String column,
        @Nullable Object was,
        @Nullable Object now,
        List<Long> events) {
    public ChangedCell {
        key = List.copyOf(key);
        events = List.copyOf(events);
    }

    /** True of a cell of the table of agreements; all others are figures. */
    public boolean isOfAgreement() {
        return table.equals(AgreementsTable.NAME);
    }

    /** True of a figure that was not stated. */
    public boolean isWasNotStated() {
        return was == null && !isOfAgreement();
    }

    /** True of a figure that is not stated. */
    public boolean isNowNotStated() {
        return now == null && !isOfAgreement();
    }
}
