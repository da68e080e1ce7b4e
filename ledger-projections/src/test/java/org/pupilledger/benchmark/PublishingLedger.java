package org.pupilledger.benchmark;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.editions.AgreementsTable;
import org.pupilledger.editions.Differences;
import org.pupilledger.editions.Releases;
import org.pupilledger.editions.Revisions;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.figures.Totals;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.publishing.EditionBuilder;
import org.pupilledger.publishing.EditionBuilder.Built;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.register.RegisterProjection;
import org.pupilledger.register.States;
import org.pupilledger.request.Cause;
import org.pupilledger.request.Decider;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.store.ProjectionStore;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.EntrySource;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Progress;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.totals.FiguresReader;
import org.pupilledger.totals.TotalsProjection;

/** A ledger written in bulk, with all that works behind it, whose quarters are released one after the other. */
final class PublishingLedger implements AutoCloseable {
    private static final LocalDate DUE = LocalDate.of(2026, 6, 1);
    private static final Grounds GROUNDS =
            new Grounds(RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, DUE);
    private static final long POLL_MS = 5;
    private static final long WAIT_MS = 900_000;

    private final BulkLedger ledger;
    private final Sealer sealer;
    private final Sequencer sequencer;
    private final Processors processors;
    private final Progress progress;
    private final Commands commands;
    private final FiguresReader figures;
    private final States<EditionEvent, EditionState> editions;
    private final EditionBuilder builder;
    private final BundleWriter bundles;

    /** @param ledger closed with this one */
    PublishingLedger(BulkLedger ledger) {
        this.ledger = ledger;
        LedgerStore store = new LedgerStore(ledger.pool(), ledger.authenticity());
        ProjectionStore projected = new ProjectionStore(ledger.sequencingPool());
        this.sealer = ledger.sealer();
        this.sequencer = new Sequencer(ledger.sequencingPool(), ledger.authenticity(), sealer);
        this.commands = new Commands(store, sequencer::wake);
        Entries entries = new Entries(ledger.pool());
        this.progress = new Progress(store.jdbc());
        this.figures = new FiguresReader(store.jdbc(), entries);
        this.editions = new States<>(store.jdbc(), Edition.TYPE, EditionEvent.class, EditionState::after);
        Releases releases = new Releases(editions);
        AgreementsTable agreements = new AgreementsTable(States.ofAgreements(store.jdbc()));
        this.builder = new EditionBuilder(
                figures,
                editions,
                releases,
                new LogReader(ledger.pool()),
                new PublishedFiles(projected.jdbc()),
                new Revisions(new Differences(figures, entries, agreements), releases),
                agreements);
        this.bundles = new BundleWriter(
                new LogReader(ledger.pool()), entries, releases, builder, new PublishedFiles(store.jdbc()));
        this.processors = new Processors(
                List.of(new TotalsProjection(projected.jdbc()), new RegisterProjection(projected.jdbc())),
                new EntrySource(entries, sequencer),
                projected.tokens(UUID.randomUUID().toString()),
                projected.transactions(),
                projected.jdbc());
        sealer.open();
        sequencer.start();
        processors.start();
    }

    long entries() {
        return ledger.entries();
    }

    Totals totals() {
        return figures.current().totals();
    }

    void schedule(Quarter quarter) throws InterruptedException {
        send(new ScheduleEdition(quarter, DUE, Profile.EXACT, Casework.OCCASION), Casework.RECORDER);
        catchUp();
    }

    void release(Quarter quarter) throws InterruptedException {
        Built built = build(quarter);
        send(new PreviewEdition(quarter, built.content(), Casework.OCCASION), Casework.RECORDER);
        send(new ReleaseEdition(quarter, Casework.OCCASION), Casework.APPROVER);
        catchUp();
    }

    /** Corrects one request of the first month. */
    void correct() throws InterruptedException {
        Casework.correct(commands, ledger.firstRequest());
        catchUp();
    }

    BundleWriter bundles() {
        return bundles;
    }

    State<EditionState> edition(Quarter quarter) {
        return editions.find(Edition.id(quarter)).orElseThrow();
    }

    /** The next version of an edition. */
    Built build(Quarter quarter) {
        EditionState edition = editions.committed(Edition.id(quarter)).orElseThrow();
        @Nullable Grounds grounds = edition.isReleased() ? GROUNDS : null;
        return builder.build(edition, grounds);
    }

    private void send(EditionCommand command, Author author) {
        commands.answer(
                () -> command,
                author,
                null,
                (Edition.Recorded recorded) -> new Answer(200, null, null, null, new byte[0]));
    }

    /** Returns once everything that is committed is in the figures. */
    void catchUp() throws InterruptedException {
        long newest = progress.committed();
        long deadline = System.currentTimeMillis() + WAIT_MS;
        while (progress.projected() < newest) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException(
                        processors.failures() + ", " + sequencer.failure() + ", " + sequencer.sealFailure());
            }
            Thread.sleep(POLL_MS);
        }
    }

    @Override
    public void close() {
        processors.close();
        sequencer.close();
        sealer.close();
        ledger.close();
    }
}
