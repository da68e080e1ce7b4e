package org.pupilledger.editions;

import java.util.Objects;
import org.pupilledger.TestLedger;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publishing.EditionBuilder;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.register.States;
import org.pupilledger.seal.LogReader;
import org.pupilledger.totals.FiguresReader;

/** Published tables of a test's ledger, for tests of other rooms. */
public final class TestPublished {
    private TestPublished() {}

    public static PublishedSheets sheets(TestLedger ledger) {
        States<EditionEvent, EditionState> editions =
                new States<>(ledger.jdbc(), Edition.TYPE, EditionEvent.class, EditionState::after);
        return new PublishedSheets(builder(ledger, editions), editions);
    }

    private static EditionBuilder builder(TestLedger ledger, States<EditionEvent, EditionState> editions) {
        FiguresReader figures = new FiguresReader(ledger.jdbc(), ledger.entries());
        AgreementsTable agreements = new AgreementsTable(States.ofAgreements(ledger.jdbc()));
        Releases releases = new Releases(editions);
        return new EditionBuilder(
                figures,
                editions,
                releases,
                new LogReader(Objects.requireNonNull(ledger.jdbc().getDataSource())),
                new PublishedFiles(ledger.jdbc()),
                new Revisions(new Differences(figures, ledger.entries(), agreements), releases),
                agreements);
    }
}
