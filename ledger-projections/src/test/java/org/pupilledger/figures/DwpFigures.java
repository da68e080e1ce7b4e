package org.pupilledger.figures;

import java.util.List;

/** The real requests of the DWP as a table of figures, for tests of other rooms. */
public final class DwpFigures {
    private DwpFigures() {}

    public static FiguresTable by(By by) {
        return FiguresTable.of(
                Cases.totals(Cases.DWP_CASES), new FiguresQuery(null, null, by, null, null, false), 9L, null);
    }

    /** Over all of them, without any. */
    public static FiguresTable none() {
        return new FiguresTable(null, null, By.MONTH, null, null, List.of());
    }
}
