package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.Locale;
import java.util.Set;
import org.pupilledger.figures.Cut;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.By;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.tables.Table;

/**
 * The tables of an edition of which the rows are parts of those of all organisations by quarter. What was revised is told
 * of the whole rows.
 */
enum CutSheet {
    BY_PURPOSE(Cut.PURPOSE),
    BY_GATEWAY(Cut.GATEWAY);

    private final Cut cut;

    CutSheet(Cut cut) {
        this.cut = cut;
    }

    /**
     * @param shown the months that are shown
     * @param last  last month of a quarter
     */
    Table table(Totals shown, YearMonth last, EditionRules rules) {
        String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
        FiguresTable figures = FiguresTable.published(shown, last, By.QUARTER, null, cut);
        return FiguresTables.table(
                words.replace(' ', '-') + "-quarterly",
                "Requests to match people with the National Pupil Database, and people in them, " + words
                        + ", all organisations, England, by quarter, " + FigureSheet.range(figures),
                figures,
                Set.of(),
                rules);
    }
}
