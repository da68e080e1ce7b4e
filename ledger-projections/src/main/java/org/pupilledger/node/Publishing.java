package org.pupilledger.node;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.KnownStates.State;
import org.pupilledger.failure.NotYet;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.Content;
import org.pupilledger.publication.Edition;
import org.pupilledger.publication.EditionCommand;
import org.pupilledger.publication.EditionState;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.publication.Grounds;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Refused;

/**
 * Makes what is put before a second person, and looks whether that still holds when they release it. Commands are empty where
 * nothing is announced of the quarter.
 */
public record Publishing(Publications publications, Waiting waiting) {
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    public Optional<State<EditionState>> find(Quarter quarter) {
        return publications.editions().find(Edition.id(quarter));
    }

    /**
     * Makes the files of the first release.
     *
     * @throws NotYet               a correction just made would be missing
     * @throws Refused.StaleVersion the edition is not as the caller knows it
     */
    public Optional<EditionCommand> preview(Quarter quarter, Occasion occasion) {
        return make(
                quarter,
                null,
                occasion,
                made -> new EditionCommand.PreviewEdition(quarter, made.content, made.occasion));
    }

    /** Makes the files of another release; see {@link #preview}. */
    public Optional<EditionCommand> revise(Quarter quarter, Grounds grounds, Occasion occasion) {
        return make(
                quarter,
                grounds,
                occasion,
                made -> new EditionCommand.PreviewRevision(quarter, grounds, made.content, made.occasion));
    }

    /**
     * Releases what was previewed.
     *
     * @throws NotYet           see {@link #preview}
     * @throws Refused.Conflict what it tells of other editions is no longer so
     */
    public Optional<EditionCommand> release(Quarter quarter, Occasion occasion) {
        return settled(quarter).map(edition -> {
            Revision preview = edition.state().preview();
            if (preview != null && publications.builder().isOvertaken(edition.state(), preview)) {
                throw new Refused.Conflict(Refused.Conflict.Reason.ANNOUNCED_SINCE);
            }
            return new EditionCommand.ReleaseEdition(quarter, occasion);
        });
    }

    private record Made(Content content, Occasion occasion) {}

    /** Of the edition as it is, and no other: files name its date and the number of the revision. */
    private Optional<EditionCommand> make(
            Quarter quarter, @Nullable Grounds grounds, Occasion occasion, Function<Made, EditionCommand> command) {
        return settled(quarter).map(edition -> {
            occasion.check(edition.sequence());
            Content content =
                    publications.builder().build(edition.state(), grounds).content();
            return command.apply(new Made(content, occasion.exactly(Set.of(edition.sequence()))));
        });
    }

    /** With all that was committed before in the figures, since a correction just made is what a revision is for. */
    private Optional<State<EditionState>> settled(Quarter quarter) {
        if (!waiting.awaitAllProjected(AT_MOST)) {
            throw NotYet.sealed();
        }
        return find(quarter);
    }
}
