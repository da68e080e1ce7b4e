package org.pupilledger.editions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.digest.Sha256;
import org.pupilledger.node.LedgerNode;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.PublishedFile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.store.Answer;
import org.pupilledger.store.Author;

/** Publishes the edition of a quarter step by step: figures as they are, and no file but one that holds the same. */
public final class PublishedQuarter {
    private static final LocalDate DUE = LocalDate.of(2025, 3, 6);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LedgerNode node;
    private final Quarter quarter;

    public PublishedQuarter(LedgerNode node, String quarter) {
        this.node = node;
        this.quarter = Quarter.parse(quarter).orElseThrow();
    }

    public void schedule() {
        send(new ScheduleEdition(quarter, DUE, Profile.EXACT, node.recording().occasion()), "publisher");
    }

    /** Returns the newest position that is counted. */
    public long preview() {
        Content content = content();
        send(new PreviewEdition(quarter, content, node.recording().occasion()), "publisher");
        return content.position();
    }

    /** Of figures that are not kept anywhere. */
    public void previewWithoutFigures() {
        Content content = content();
        send(
                new PreviewEdition(
                        quarter,
                        new Content(
                                content.position(),
                                content.checkpoint(),
                                content.rules(),
                                content.profile(),
                                Sha256.of("nowhere".getBytes(StandardCharsets.UTF_8)),
                                content.files()),
                        node.recording().occasion()),
                "publisher");
    }

    public void previewRevision() {
        Grounds grounds =
                new Grounds(RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, DUE);
        send(new PreviewRevision(quarter, grounds, content(), node.recording().occasion()), "publisher");
    }

    public void release() {
        send(new ReleaseEdition(quarter, node.recording().occasion()), "another publisher");
    }

    private void send(EditionCommand command, String user) {
        Author author = node.recording().author(user, "PUBLISHER");
        node.recording()
                .commands()
                .answer(
                        () -> command,
                        author,
                        null,
                        (Edition.Recorded recorded) -> new Answer(200, null, null, null, new byte[0]));
        awaitAll();
    }

    private void awaitAll() {
        if (!node.waiting().awaitAllProjected(SOON)) {
            throw new IllegalStateException("too long");
        }
    }

    private Content content() {
        awaitAll();
        long position = node.registers().figures().current().position();
        byte[] frozen = FrozenFigures.encode(
                node.registers().figures().fold(position).ofMonths(month -> !month.isAfter(quarter.last())));
        return new Content(
                position,
                new Content.TreeHead(position + 1, Base64.getEncoder().encodeToString(new byte[32])),
                "1",
                Profile.EXACT,
                node.publications().files().put(frozen),
                List.of(new PublishedFile("figures.json", frozen.length, Sha256.of(frozen))));
    }
}
