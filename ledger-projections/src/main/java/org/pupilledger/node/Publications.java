package org.pupilledger.node;

import org.pupilledger.editions.AgreementsTable;
import org.pupilledger.editions.Differences;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Revisions;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.publishing.EditionBuilder;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.publishing.ReleasedEntries;
import org.pupilledger.publishing.ReleasedFigures;
import org.pupilledger.register.States;
import org.pupilledger.totals.FiguresReader;

/**
 * What is published, and what it is made of.
 *
 * @param releases    what was released, and when
 * @param differences what the figures of two positions differ in
 * @param sheets      published tables, to be compared
 */
public record Publications(
        States<EditionEvent, EditionState> editions,
        Releases releases,
        Differences differences,
        PublishedFiles files,
        EditionBuilder builder,
        PublishedSheets sheets,
        ReleasedFigures releasedFigures,
        ReleasedEntries releasedEntries,
        BundleWriter bundles) {
    public static Publications of(Storage storage, FiguresReader figures) {
        States<EditionEvent, EditionState> editions = new States<>(
                storage.jdbc(), storage.log()::sealedSize, Edition.TYPE, EditionEvent.class, EditionState::after);
        Releases releases = new Releases(editions);
        AgreementsTable agreements =
                new AgreementsTable(States.ofAgreements(storage.jdbc(), storage.log()::sealedSize));
        Differences differences = new Differences(figures, storage.entries(), agreements);
        PublishedFiles files = new PublishedFiles(storage.projected().jdbc());
        EditionBuilder builder = new EditionBuilder(
                figures, editions, releases, storage.log(), files, new Revisions(differences, releases), agreements);
        return new Publications(
                editions,
                releases,
                differences,
                files,
                builder,
                new PublishedSheets(builder, editions),
                new ReleasedFigures(releases, files),
                new ReleasedEntries(storage.jdbc(), storage.log(), releases),
                new BundleWriter(storage.log(), storage.entries(), releases, builder, files));
    }
}
