package org.pupilledger.editions;

import static org.pupilledger.TestLedger.APPROVER;
import static org.pupilledger.TestLedger.RECORDER;

import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupilledger.TestLedger;
import org.pupilledger.TestRequests;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.digest.Sha256;
import org.pupilledger.entries.KnownStates;
import org.pupilledger.figures.Totals;
import org.pupilledger.node.Publications;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.publishing.PublishedFiles;
import org.pupilledger.publishing.ReleasedFigures;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;
import org.pupilledger.totals.FiguresReader;

/** Publishes editions of a test's ledger step by step: figures as they are, and one file that holds the same. */
public final class TestEditions {
    private static final LocalDate DUE = LocalDate.of(2026, 6, 1);

    private final TestLedger ledger;
    private final TestRequests requests;
    private final FiguresReader figures;
    private final Publications publications;

    public TestEditions(TestLedger ledger) {
        this.ledger = ledger;
        this.requests = new TestRequests(ledger.organisations());
        this.figures = ledger.registers().figures();
        this.publications = ledger.publications();
    }

    PublishedFiles files() {
        return publications.files();
    }

    Releases releases() {
        return new Releases(publications.editions());
    }

    /** Figures as everybody sees them, by a program that has just started. */
    public ReleasedFigures released() {
        return ledger.publications().releasedFigures();
    }

    public void schedule(String quarter) {
        send(new ScheduleEdition(quarter(quarter), DUE, Profile.EXACT, requests.occasion()), RECORDER);
    }

    /** Returns what it would say. */
    public Content preview(String quarter) {
        Content content = content(quarter(quarter));
        send(new PreviewEdition(quarter(quarter), content, requests.occasion()), RECORDER);
        return content;
    }

    public void previewRevision(String quarter) {
        Quarter of = quarter(quarter);
        Grounds grounds =
                new Grounds(RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, DUE);
        send(new PreviewRevision(of, grounds, content(of), requests.occasion()), RECORDER);
    }

    public void release(String quarter) {
        send(new ReleaseEdition(quarter(quarter), requests.occasion()), APPROVER);
    }

    /** Where nothing gives events their positions, so that there is nothing to wait for. */
    public void releaseUnsealed(String quarter) {
        append(new ReleaseEdition(quarter(quarter), requests.occasion()), APPROVER);
    }

    /** All steps to the first release; returns what was released. */
    public Content publish(String quarter) {
        schedule(quarter);
        Content content = preview(quarter);
        release(quarter);
        return content;
    }

    public void revise(String quarter) {
        previewRevision(quarter);
        release(quarter);
    }

    private void send(EditionCommand command, Author author) {
        append(command, author);
        ledger.awaitFolded();
    }

    private void append(EditionCommand command, Author author) {
        ledger.commands()
                .answer(
                        () -> command,
                        author,
                        null,
                        (Edition.Recorded recorded) -> new Answer(200, null, null, null, new byte[0]));
    }

    public static Quarter quarter(String text) {
        return Quarter.parse(text).orElseThrow();
    }

    private Content content(Quarter quarter) {
        long position = figures.current().position();
        Set<Quarter> withheld = publications.editions().at(position).stream()
                .map(KnownStates.State::state)
                .filter(edition -> !edition.isReleased() && !edition.quarter().equals(quarter))
                .map(EditionState::quarter)
                .collect(Collectors.toSet());
        Totals totals = figures.fold(position)
                .ofMonths(month -> !month.isAfter(quarter.last()) && !withheld.contains(Quarter.of(month)));
        byte[] frozen = FrozenFigures.encode(totals);
        return new Content(
                position,
                new Content.TreeHead(position + 1, Base64.getEncoder().encodeToString(new byte[32])),
                "1",
                Profile.EXACT,
                publications.files().put(frozen),
                List.of(new PublishedFile("figures.json", frozen.length, Sha256.of(frozen))));
    }
}
