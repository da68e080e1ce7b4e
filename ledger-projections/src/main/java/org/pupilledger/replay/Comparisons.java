package org.pupilledger.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.comparison.Comparison;
import org.pupilledger.comparison.FigureCells;
import org.pupilledger.comparison.GivenComparison;
import org.pupilledger.comparison.GivenComparison.Given;
import org.pupilledger.export.TableCsv;
import org.pupilledger.figures.FiguresQuery;
import org.pupilledger.figures.FiguresTable;
import org.pupilledger.figures.FiguresTables;
import org.pupilledger.figures.Totals;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.totals.FiguresReader;

/**
 * Compares figures with a replay, cell by cell, and says which events explain each difference: those that changed the cell
 * between the position at which the ledger gave the other value and that of the replay. The entries are gone through twice, both
 * times verified.
 */
public final class Comparisons {
    private final Replay replay;
    private final FiguresReader figures;
    private final PublishedSheets published;

    public Comparisons(Replay replay, FiguresReader figures, PublishedSheets published) {
        this.replay = replay;
        this.figures = figures;
        this.published = published;
    }

    /**
     * A replay, and what it was compared with.
     *
     * @param prefix     the replay
     * @param comparison null where nothing was compared
     */
    public record Outcome(Prefix prefix, @Nullable Comparison comparison) {}

    /** The figures of a replay. */
    public FiguresTable table(Outcome outcome, FiguresQuery query, Until until, @Nullable String asked) {
        return replay.table(outcome.prefix(), query, until, asked);
    }

    /** A replay that is compared with nothing. */
    public Outcome none(Until until, ReplayListener listener) {
        return new Outcome(replay.full(until, listener), null);
    }

    /**
     * With the totals that are kept up to date, as they are at this moment. A replay of everything ends where they do, so that
     * what comes in meanwhile makes no difference.
     */
    public Outcome withLive(FiguresQuery query, Until until, ReplayListener listener) {
        FiguresTable now = figures.now(query);
        Long newest = now.position();
        boolean isOfAll = until.equals(new Until.Moment(Instant.MAX));
        Until end = isOfAll && newest != null ? new Until.Position(newest) : until;
        FiguresQuery fixed = new FiguresQuery(
                now.from(),
                now.to(),
                query.by(),
                query.organisation(),
                query.category(),
                query.isComplete(),
                query.isRolledUp());
        Given given = GivenCsv.of("figures", TableCsv.of(FiguresTables.answered(now)), query.isRolledUp(), totals -> {
            FiguresTable replayed = FiguresTable.of(totals, fixed, null, null, replay.monthsBegun(end));
            return FigureCells.texts(replayed, FiguresTables.answered(replayed));
        });
        return compare(List.of(given), end, EditionRules.NEWEST, listener);
    }

    /** With the tables of figures of a release. */
    public Outcome withEdition(EditionState edition, Revision revision, Until until, ReplayListener listener) {
        List<Given> given = published.of(edition, revision).stream()
                .map(sheet -> GivenCsv.of(sheet.name(), sheet.csv(), sheet.isRolledUp(), sheet::of))
                .toList();
        return compare(given, until, PublishedSheets.rules(revision.content()), listener);
    }

    /**
     * With a CSV from wherever.
     *
     * @throws CsvUnusable it is not one of figures
     */
    public Outcome withCsv(byte[] csv, FiguresQuery query, Until until, ReplayListener listener) {
        return compare(
                List.of(GivenCsv.of(csv, query, replay.monthsBegun(until))), until, EditionRules.NEWEST, listener);
    }

    /** @param rules by which both sides are counted */
    private Outcome compare(List<Given> given, Until until, EditionRules rules, ReplayListener listener) {
        Prefix prefix = replay.full(until, listener);
        Totals totals = rules == EditionRules.NEWEST ? prefix.totals() : figures.fold(prefix.position(), rules);
        GivenComparison comparison = new GivenComparison(given, totals, prefix.position());
        if (!comparison.isEmpty()) {
            Prefix all = replay.full(
                    new Until.Moment(Instant.MAX),
                    (done, of) -> listener.at(prefix.size() + done, prefix.size() + of),
                    comparison::add);
            if (all.size() < prefix.size()) {
                throw new IllegalStateException("the ledger has become shorter");
            }
        }
        return new Outcome(prefix, comparison.finish());
    }
}
