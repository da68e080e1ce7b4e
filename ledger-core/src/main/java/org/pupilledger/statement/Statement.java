package org.pupilledger.statement;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;
import org.pupilledger.statement.StatementCommand.AnnulStatement;
import org.pupilledger.statement.StatementCommand.CorrectStatement;
import org.pupilledger.statement.StatementCommand.RecordRecipientsTold;
import org.pupilledger.statement.StatementCommand.RecordStatement;
import org.pupilledger.statement.StatementEvent.Corrected;
import org.pupilledger.statement.StatementEvent.RecipientsTold;

/** Decides what may be said of one statement. */
@AggregateRoot(type = Statement.TYPE)
public class Statement {
    public static final String TYPE = "statement";

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable StatementState state;

    /** Of its value: who told it, then who corrected it last. */
    private @Nullable String recorder;

    /** Whoever recorded any of it. */
    private final Set<String> recorders = new HashSet<>();

    protected Statement() {}

    /**
     * What a command led to.
     *
     * @param sequence  0-based sequence of the newest event
     * @param isChanged false where the command told again what was recorded
     */
    public record Recorded(StatementState state, long sequence, boolean isChanged) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Recorded handle(RecordStatement command) {
        StatementEvent.Made made = command.made();
        // texts with a syntax of their own; all else in an event is a code, a date or a number
        Refused.PersonalData.ifIn(made.telling().reference());
        if (made.backing() instanceof Backing.NamedSource(var source, var reference)) {
            Refused.PersonalData.ifIn(reference);
        }
        Refused.Incomplete.ifAny(StatementRules.missing(made));
        Refused.RuleBroken.ifAny(StatementRules.broken(command));
        // Axon needs the id before the first event can be applied; replay takes it from the event message.
        id = command.id().toString();
        apply(made);
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(CorrectStatement command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        StatementState now = current();
        Corrected correction = command.correction();
        if (now.isCorrected()
                && now.corrections().getLast().corrected().equals(correction)
                && now.annulment() == null) {
            return recorded(false);
        }
        check(now, command.occasion());
        Refused.PersonalData.ifIn(correction.telling().reference());
        Refused.Incomplete.ifAny(StatementRules.missing(correction.telling()));
        if (!correction.was().equals(now.value())) {
            throw new Conflict(Reason.STALE_WAS);
        }
        Stream<Telling> earlier = Stream.concat(
                Stream.of(now.made().telling()),
                now.corrections().stream().map(one -> one.corrected().telling()));
        List<Violation> broken =
                new ArrayList<>(StatementRules.broken(earlier, correction.telling(), command.occasion()));
        if (correction.now().equals(correction.was())) {
            broken.add(new Violation(Rule.NOTHING_TO_CORRECT, "/now"));
        }
        Refused.RuleBroken.ifAny(broken);
        if (actor.equals(recorder)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
        apply(correction);
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(RecordRecipientsTold command) {
        StatementState now = current();
        RecipientsTold told = command.told();
        if (!now.recipientsTold().isEmpty()
                && now.recipientsTold().getLast().told().equals(told)
                && now.annulment() == null) {
            return recorded(false);
        }
        check(now, command.occasion());
        Refused.PersonalData.ifIn(told.telling().reference());
        Refused.Incomplete.ifAny(StatementRules.missing(told.telling()));
        Stream<Telling> earlier = Stream.concat(
                Stream.of(now.made().telling()),
                now.recipientsTold().stream().map(one -> one.told().telling()));
        Refused.RuleBroken.ifAny(StatementRules.broken(earlier, told.telling(), command.occasion()));
        apply(told);
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(AnnulStatement command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        StatementState now = current();
        if (command.annulment().equals(now.annulment())) {
            return recorded(false);
        }
        check(now, command.occasion());
        Refused.PersonalData.ifIn(command.annulment().authority());
        if (recorders.contains(actor)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
        apply(command.annulment());
        return recorded(true);
    }

    private static void check(StatementState now, Occasion occasion) {
        occasion.check(getVersion());
        if (now.annulment() != null) {
            throw new Conflict(Reason.ANNULLED);
        }
    }

    private Recorded recorded(boolean isChanged) {
        return new Recorded(current(), getVersion(), isChanged);
    }

    private StatementState current() {
        return Objects.requireNonNull(state, "not recorded");
    }

    @EventSourcingHandler
    void on(
            StatementEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor,
            @SourceId @Nullable String source) {
        if (id == null) {
            id = source;
        }
        if (event instanceof StatementEvent.Made || event instanceof Corrected) {
            recorder = actor;
        }
        if (actor != null) {
            recorders.add(actor);
        }
        state = StatementState.after(state, event, sequence);
    }
}
