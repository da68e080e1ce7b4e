package org.pupilledger.bundle;

import java.util.List;
import java.util.Optional;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.agreement.AgreementState;
import org.pupilledger.editions.AgreementsTable;
import org.pupilledger.editions.Differences;
import org.pupilledger.editions.EditionTables;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Revisions;
import org.pupilledger.entries.Entry;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionRules;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;

/** The entries of a bundle in the place of a database: the same code makes the same tables from them. */
final class BundleSources {
    private final BundleFigures figures;
    private final BundleStates<EditionEvent, EditionState> editions;
    private final EditionTables tables;

    /**
     * @param totals  of all entries that are given
     * @param seldom  entries of all but requests
     */
    BundleSources(Bundle bundle, long size, Totals totals, List<Entry> seldom) {
        BundleEntries entries = new BundleEntries(bundle);
        this.figures = new BundleFigures(totals, size, entries);
        this.editions = new BundleStates<>(EditionEvent.class, EditionState::after, seldom);
        AgreementsTable agreements =
                new AgreementsTable(new BundleStates<>(AgreementEvent.class, AgreementState::after, seldom));
        Releases releases = new Releases(editions);
        this.tables = new EditionTables(
                editions,
                releases,
                new Revisions(new Differences(figures, entries, agreements), releases),
                agreements,
                entries);
    }

    Optional<State<EditionState>> edition(Quarter quarter) {
        return editions.all().stream()
                .filter(edition -> edition.state().quarter().equals(quarter))
                .findFirst();
    }

    /**
     * The tables of a release, recomputed.
     *
     * @param rules by which it was made
     */
    EditionTables.Made make(EditionState edition, Revision revision, EditionRules rules) {
        return tables.again(
                edition,
                revision,
                figures.at(figures.current(), revision.content().position(), rules));
    }
}
