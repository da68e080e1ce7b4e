package org.pupilledger.editions;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pupilledger.editions.AgreementsTable.AgreementCell;
import org.pupilledger.editions.Differences.Cell;
import org.pupilledger.editions.Differences.Side;
import org.pupilledger.editions.Releases.Release;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;

/**
 * What a version of an edition shows otherwise than was published before: its first release otherwise than the newest
 * releases of other editions that show the same periods, each revision otherwise than the version before it.
 */
public final class Revisions {
    private final Differences differences;
    private final Releases releases;

    public Revisions(Differences differences, Releases releases) {
        this.differences = differences;
        this.releases = releases;
    }

    /**
     * What was revised, in all versions up to the one that is made.
     *
     * @param agreements cells of the table of agreements that a revision of this edition shows otherwise
     */
    record Revised(List<RevisedFigure> figures, Set<AgreementCell> agreements) {}

    /**
     * @param earlier  the versions before the one that is made; empty for a first release
     * @param position of the one that is made
     * @param rules    by which it is made
     */
    Revised of(EditionState edition, List<Revision> earlier, long position, EditionRules rules) {
        Quarter quarter = edition.quarter();
        List<Side> versions = new ArrayList<>();
        earlier.forEach(revision -> versions.add(side(revision.content())));
        versions.add(new Side(position, rules));
        List<RevisedFigure> figures = new ArrayList<>(sinceOthers(quarter, versions.getFirst()));
        Set<AgreementCell> agreements = new HashSet<>();
        for (int i = 1; i < versions.size(); i++) {
            Side was = versions.get(i - 1);
            Side now = versions.get(i);
            List<Cell> changed = differences.causes(
                    was, now, quarter.last(), withheld(quarter, was.position()), withheld(quarter, now.position()));
            for (Cell cell : changed) {
                figures.add(revised(quarter, i + 1, cell));
            }
            agreements.addAll(differences.agreements(was, now, quarter));
        }
        return new Revised(figures, agreements);
    }

    /** What was released, by the rules by which it was made; by the newest where this version does not know them. */
    private static Side side(Content content) {
        return new Side(content.position(), EditionRules.of(content.rules()).orElse(EditionRules.NEWEST));
    }

    private Predicate<YearMonth> withheld(Quarter quarter, long position) {
        return Releases.in(releases.withheld(quarter, position));
    }

    /** What a first release shows otherwise than the newest release, at that time, that holds the same period. */
    private List<RevisedFigure> sinceOthers(Quarter quarter, Side own) {
        long position = own.position();
        List<Release> others = new ArrayList<>(releases.all().reversed());
        others.removeIf(
                release -> release.position() > position || release.quarter().equals(quarter));
        List<RevisedFigure> figures = new ArrayList<>();
        List<Release> newer = new ArrayList<>();
        for (Release other : others) {
            if (addsTo(newer, other)) {
                YearMonth last =
                        other.quarter().compareTo(quarter) < 0 ? other.quarter().last() : quarter.last();
                differences
                        .causes(
                                side(other.content()),
                                own,
                                last,
                                Releases.in(other.withheld()),
                                withheld(quarter, position))
                        .stream()
                        .filter(cell -> newer.stream()
                                .noneMatch(one -> one.holds(cell.change().row().period())))
                        .forEach(cell -> figures.add(revised(quarter, 1, cell)));
                newer.add(other);
            }
        }
        return figures;
    }

    /** Whether a release holds a quarter that no newer one does. */
    private static boolean addsTo(List<Release> newer, Release other) {
        boolean isLonger = newer.stream().allMatch(one -> one.quarter().compareTo(other.quarter()) < 0);
        return isLonger
                || newer.stream()
                        .flatMap(one -> one.withheld().stream())
                        .anyMatch(quarter -> other.holds(quarter.first())
                                && newer.stream().noneMatch(one -> one.holds(quarter.first())));
    }

    private RevisedFigure revised(Quarter quarter, int revision, Cell cell) {
        return new RevisedFigure(
                cell.sheet(),
                revision,
                cell.change().row(),
                cell.change().column(),
                (Long) cell.change().was(),
                (Long) cell.change().now(),
                releases.firstToShow(cell.change().row().period())
                        .map(release -> EditionDocument.name(release.quarter(), release.revision()))
                        .orElseGet(() -> EditionDocument.name(quarter, 1)),
                EditionDocument.name(quarter, revision),
                ChangeKind.of(cell.kinds()),
                String.join("; ", cell.causes()));
    }
}
