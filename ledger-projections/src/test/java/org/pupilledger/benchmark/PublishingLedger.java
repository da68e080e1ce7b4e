package org.pupilledger.benchmark;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.figures.Totals;
import org.pupilledger.node.Publications;
import org.pupilledger.node.Registers;
import org.pupilledger.node.Storage;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.publishing.BundleWriter;
import org.pupilledger.publishing.EditionBuilder.Built;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.store.Commands;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Progress;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.totals.FiguresReader;

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
    private final Publications publications;

    /** @param ledger closed with this one */
    PublishingLedger(BulkLedger ledger) {
        this.ledger = ledger;
        Storage storage = ledger.storage();
        this.sealer = ledger.sealer();
        this.sequencer = new Sequencer(ledger.sequencingPool(), ledger.authenticity(), sealer);
        this.commands = new Commands(storage.events(), sequencer::wake, () -> null);
        this.progress = storage.progress();
        this.figures = Registers.of(storage, Clock.systemUTC()).figures();
        this.publications = Publications.of(storage, figures);
        this.processors = storage.processors(sequencer, UUID.randomUUID().toString());
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
        return publications.bundles();
    }

    State<EditionState> edition(Quarter quarter) {
        return publications.editions().find(Edition.id(quarter)).orElseThrow();
    }

    /** The next version of an edition. */
    Built build(Quarter quarter) {
        EditionState edition =
                publications.editions().committed(Edition.id(quarter)).orElseThrow();
        @Nullable Grounds grounds = edition.isReleased() ? GROUNDS : null;
        return publications.builder().build(edition, grounds);
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
