package org.pupilledger.figures;

import java.time.YearMonth;
import java.util.SortedSet;
import java.util.TreeSet;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.LedgerFigures;
import org.pupilledger.statement.PublishedMeasure;

/** The monthly totals of one moment, added up for whichever figure is asked for. */
public final class PresentFigures implements LedgerFigures {
    private static final String LEVEL = "LEVEL_";

    private final Totals totals;

    public PresentFigures(Totals totals) {
        this.totals = totals;
    }

    @Override
    public LedgerFigure of(Figure figure) {
        Tally sum = new Tally();
        SortedSet<YearMonth> months = new TreeSet<>();
        totals.months().forEach((key, tally) -> {
            boolean isWanted = figure.period().overlaps(key.period())
                    && (figure.organisation() == null || figure.organisation().equals(key.organisation()));
            if (isWanted && tally.hasRequests()) {
                key.period().months().filter(figure.period()::contains).forEach(months::add);
                sum.add(key.in(figure.period(), tally));
            }
        });
        long known = sum.get(measure(figure.measure()));
        long silent = sum.get(notStated(figure.measure()));
        return silent == 0
                ? new LedgerFigure(known, null, months.stream().toList())
                : new LedgerFigure(
                        null, new NotStated(silent, known), months.stream().toList());
    }

    static Measure measure(PublishedMeasure published) {
        return Measure.valueOf(published.name());
    }

    /** Counts the requests that do not state it. */
    static Measure notStated(PublishedMeasure published) {
        return published.name().startsWith(LEVEL)
                ? Measure.LEVEL_NOT_STATED
                : Measure.behind(published.code()).getLast();
    }
}
