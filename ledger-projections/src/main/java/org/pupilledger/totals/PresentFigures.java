package org.pupilledger.totals;

import java.time.YearMonth;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.coverage.Coverages;
import org.pupilledger.coverage.Coverages.Extent;
import org.pupilledger.figures.Delta;
import org.pupilledger.figures.Measure;
import org.pupilledger.figures.Tally;
import org.pupilledger.figures.Totals;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.statement.Figure;
import org.pupilledger.statement.LedgerFigures;
import org.pupilledger.statement.PublishedMeasure;

/**
 * The monthly totals of one moment, added up for whichever figure is asked for. An organisation's figures hold those of
 * the organisations below it.
 */
public final class PresentFigures implements LedgerFigures {
    private static final String LEVEL = "LEVEL_";

    private final Totals totals;
    private final Coverages extents;

    public PresentFigures(Totals totals) {
        this.totals = totals;
        this.extents = totals.extents();
    }

    @Override
    public LedgerFigure of(Figure figure) {
        Tally sum = new Tally();
        boolean isRecorded = isRecorded(figure);
        NavigableSet<YearMonth> months = new TreeSet<>();
        totals.months().forEach((key, tally) -> {
            if (isWanted(figure, key) && tally.hasRequests()) {
                key.period().months().filter(figure.period()::contains).forEach(months::add);
                sum.add(key.in(figure.period(), tally));
            }
        });
        long known = sum.get(measure(figure.measure()));
        long silent = sum.get(notStated(figure.measure()));
        return silent == 0 && isRecorded
                ? new LedgerFigure(known, null, months.stream().toList())
                : new LedgerFigure(
                        null, new NotStated(silent, known), months.stream().toList());
    }

    /**
     * Whether the record of all months is complete, as far as anybody said. Of an organisation of which nobody did, no
     * requests are not known to be none.
     */
    private boolean isRecorded(Figure figure) {
        OrganisationCode one = figure.organisation();
        boolean isKnown = Stream.concat(
                        extents.organisations().filter(organisation -> isWithin(organisation, one)),
                        Stream.ofNullable(one))
                .allMatch(organisation ->
                        extents.of(organisation, figure.period()).isKnown());
        boolean isDeclared = one == null ? !extents.isEmpty() : extents.of(one, figure.period()) != Extent.NOT_DECLARED;
        return isKnown && (isDeclared || hasRequests(figure));
    }

    private boolean hasRequests(Figure figure) {
        return totals.months().entrySet().stream()
                .anyMatch(
                        row -> isWanted(figure, row.getKey()) && row.getValue().hasRequests());
    }

    private boolean isWanted(Figure figure, Delta.Key key) {
        return figure.period().overlaps(key.period()) && isWithin(key.organisation(), figure.organisation());
    }

    private boolean isWithin(OrganisationCode organisation, @Nullable OrganisationCode other) {
        return other == null || totals.placements().isWithin(organisation, other);
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
