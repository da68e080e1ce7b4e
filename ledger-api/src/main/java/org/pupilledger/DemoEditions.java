package org.pupilledger;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Decider;
import org.pupilledger.node.Publishing;
import org.pupilledger.node.Recording;
import org.pupilledger.node.Waiting;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.Grounds;
import org.pupilledger.publication.Profile;
import org.pupilledger.publication.RevisionKind;
import org.pupilledger.security.Role;

/**
 * Releases editions of the demo, so that a first look shows some: each step only where it was not taken, so that a demo
 * that starts again, or that was killed half way, takes none twice.
 */
record DemoEditions(Recording recording, Publishing publishing, Waiting waiting) {
    /** Up to the months of which Parliament was told in 2016, as it was told then; and the newest of the samples. */
    static final Quarter TOLD = Quarter.parse("2016-Q3").orElseThrow();

    static final Quarter NEWEST = Quarter.parse("2023-Q4").orElseThrow();

    private static final Grounds CORRECTED = new Grounds(
            RevisionKind.UNSCHEDULED_CORRECTION, Cause.RECOUNT, Decider.HEAD_OF_PROFESSION, LocalDate.of(2017, 11, 27));
    private static final Duration AT_MOST = Duration.ofSeconds(60);

    /** The first version. */
    void release(Quarter quarter, LocalDate on) {
        if (state(quarter).isEmpty()) {
            send(quarter, new ScheduleEdition(quarter, on, Profile.EXACT, recording.occasion()), Role.PUBLISHER);
        }
        if (versions(quarter) == 0) {
            next(quarter, publishing.preview(quarter, recording.occasion()));
        }
    }

    /** The second, with what was corrected since. */
    void revise(Quarter quarter) {
        if (versions(quarter) == 1) {
            next(quarter, publishing.revise(quarter, CORRECTED, recording.occasion()));
        }
    }

    private void next(Quarter quarter, Optional<EditionCommand> preview) {
        send(quarter, preview.orElseThrow(), Role.PUBLISHER);
        send(quarter, publishing.release(quarter, recording.occasion()).orElseThrow(), Role.APPROVER);
    }

    private void send(Quarter quarter, EditionCommand command, Role role) {
        Edition.Recorded recorded = recording.commands().send(command, DemoSamples.author(recording, role));
        if (!waiting.awaitProjected(Edition.id(quarter), recorded.sequence(), AT_MOST)) {
            throw new IllegalStateException("an edition of the samples is not in the register");
        }
    }

    private Optional<EditionState> state(Quarter quarter) {
        return publishing.find(quarter).map(found -> found.state());
    }

    private int versions(Quarter quarter) {
        return state(quarter).map(state -> state.revisions().size()).orElse(0);
    }
}
