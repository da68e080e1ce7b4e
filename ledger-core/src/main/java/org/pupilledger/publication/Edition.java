package org.pupilledger.publication;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.time.LocalDate;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.period.Quarter;
import org.pupilledger.publication.EditionCommand.PreviewEdition;
import org.pupilledger.publication.EditionCommand.PreviewRevision;
import org.pupilledger.publication.EditionCommand.ReleaseEdition;
import org.pupilledger.publication.EditionCommand.RescheduleEdition;
import org.pupilledger.publication.EditionCommand.ScheduleEdition;
import org.pupilledger.publication.EditionState.Revision;
import org.pupilledger.refusal.Refused;
import org.pupilledger.request.MatchingRequest;

/** Decides what may happen to the edition of one quarter. */
@AggregateRoot(type = Edition.TYPE)
public class Edition {
    public static final String TYPE = "edition";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable EditionState state;
    private @Nullable String previewer;

    protected Edition() {}

    /** Id of the edition of a quarter, {@code edition-2023-Q3}. */
    public static String id(Quarter quarter) {
        return TYPE + "-" + quarter;
    }

    /**
     * What a command led to.
     *
     * @param sequence  0-based sequence of the newest event
     * @param isNew     true where the command was the first of the edition
     */
    public record Recorded(EditionState state, long sequence, boolean isNew) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recorded handle(ScheduleEdition command) {
        EditionState before = state;
        checkReleaseDate(command.quarter(), command.releaseOn());
        if (before == null) {
            if (command.occasion().ifMatch() != null) {
                throw new Refused.StaleVersion();
            }
            apply(new EditionEvent.Scheduled(command.quarter(), command.releaseOn(), command.profile()));
            return recorded(true);
        }
        if (before.releaseOn().equals(command.releaseOn()) && before.profile() == command.profile()) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        throw new Refused.Conflict(Refused.Conflict.Reason.TOLD_DIFFERENTLY);
    }

    @CommandHandler
    Recorded handle(RescheduleEdition command) {
        EditionState now = current();
        if (now.releaseOn().equals(command.releaseOn())) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkReleaseDate(command.quarter(), command.releaseOn());
        Refused.Conflict.unlessInTurn(!now.isReleased());
        apply(new EditionEvent.Rescheduled(command.quarter(), now.releaseOn(), command.releaseOn(), command.reason()));
        return recorded(false);
    }

    /** A quarter that is not over has no figures to release. */
    private static void checkReleaseDate(Quarter quarter, LocalDate releaseOn) {
        if (!releaseOn.isAfter(quarter.last().atEndOfMonth())) {
            throw new Refused.RuleBroken(Rule.DATES_OUT_OF_ORDER, "/releaseOn");
        }
    }

    @CommandHandler
    Recorded handle(PreviewEdition command) {
        EditionState now = current();
        command.occasion().check(getVersion());
        Refused.Conflict.unlessInTurn(!now.isReleased());
        if (!command.occasion().today().isAfter(command.quarter().last().atEndOfMonth())) {
            throw new Refused.RuleBroken(Rule.NOT_DUE, "");
        }
        Revision earlier = now.preview();
        if (earlier == null || !earlier.content().equals(command.content())) {
            apply(new EditionEvent.Previewed(command.quarter(), command.content()));
        }
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(PreviewRevision command) {
        EditionState now = current();
        command.occasion().check(getVersion());
        Refused.Conflict.unlessInTurn(now.isReleased());
        if (!command.grounds().announcedOn().isAfter(command.quarter().last().atEndOfMonth())) {
            throw new Refused.RuleBroken(Rule.DATES_OUT_OF_ORDER, "/announcedOn");
        }
        Revision earlier = now.preview();
        boolean isTold = earlier != null
                && command.grounds().equals(earlier.grounds())
                && command.content().equals(earlier.content());
        if (!isTold) {
            checkNews(now, command.content());
            apply(new EditionEvent.RevisionPreviewed(
                    command.quarter(), now.revisions().size() + 1, command.grounds(), command.content()));
        }
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(ReleaseEdition command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        EditionState now = current();
        Revision previewed = now.preview();
        if (previewed == null && now.isReleased()) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        Refused.Conflict.unlessInTurn(previewed != null);
        Revision next = Objects.requireNonNull(previewed);
        if (actor.equals(previewer)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
        Grounds grounds = next.grounds();
        LocalDate due = grounds == null ? now.releaseOn() : grounds.announcedOn();
        if (command.occasion().today().isBefore(due)) {
            throw new Refused.RuleBroken(Rule.NOT_DUE, "");
        }
        apply(
                grounds == null
                        ? new EditionEvent.Released(command.quarter(), next.content())
                        : new EditionEvent.Revised(command.quarter(), next.number(), grounds, next.content()));
        return recorded(false);
    }

    /** Users who are told of a revision must find something revised. */
    private static void checkNews(EditionState now, Content next) {
        if (now.newest().filter(newest -> newest.content().showsTheSameAs(next)).isPresent()) {
            throw new Refused.RuleBroken(Rule.NOTHING_TO_CORRECT, "");
        }
    }

    private Recorded recorded(boolean isNew) {
        return new Recorded(current(), getVersion(), isNew);
    }

    private EditionState current() {
        return Objects.requireNonNull(state, "not scheduled");
    }

    @EventSourcingHandler
    void on(
            EditionEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor) {
        id = id(event.quarter());
        if (event instanceof EditionEvent.Previewed || event instanceof EditionEvent.RevisionPreviewed) {
            previewer = actor;
        }
        state = EditionState.after(state, event, sequence);
    }
}
