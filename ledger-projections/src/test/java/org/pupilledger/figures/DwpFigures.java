package org.pupilledger.figures;

import java.util.List;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.period.By;
import org.pupilledger.period.Period;

/** The real requests of the DWP as a table of figures, for tests of other rooms. */
public final class DwpFigures {
    private DwpFigures() {}

    public static FiguresTable by(By by) {
        return FiguresTable.of(
                Cases.totals(Cases.DWP_CASES), new FiguresQuery(null, null, by, null, null, false, false), 9L, null);
    }

    public static FiguresTables.Cell cell(String period, String organisation, String column) {
        return new FiguresTables.Cell(
                new FiguresTable.Key(Period.parse(period).orElseThrow(), new OrganisationCode(organisation)), column);
    }

    /** Over all of them, without any. */
    public static FiguresTable none() {
        return new FiguresTable(null, null, By.MONTH, null, null, List.of());
    }
}
