package org.pupilledger.spans;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.util.List;
import java.util.Objects;
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
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.spans.PeriodTotalCommand.AnnulPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.CorrectPeriodTotal;
import org.pupilledger.spans.PeriodTotalCommand.RecordPeriodTotal;
import org.pupilledger.spans.PeriodTotalEvent.Annulled;
import org.pupilledger.spans.PeriodTotalEvent.Corrected;
import org.pupilledger.values.SourceReference;

/** Decides what may be said of one period total. */
@AggregateRoot(type = PeriodTotal.TYPE)
public class PeriodTotal {
    public static final String TYPE = "period-total";

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable PeriodTotalState state;

    /** Of its counts: who recorded them, then who corrected them last. */
    private @Nullable String recorder;

    protected PeriodTotal() {}

    /**
     * What a command led to.
     *
     * @param sequence  0-based sequence of the newest event
     * @param isChanged false where the command told again what was recorded
     */
    public record Recorded(PeriodTotalState state, long sequence, boolean isChanged) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Recorded handle(RecordPeriodTotal command) {
        PeriodTotalEvent.Recorded total = command.recorded();
        SourceReference reference = total.source().reference();
        if (reference != null) {
            Refused.PersonalData.ifAny(
                    Guard.inSource(reference.value(), total.source().publishedOn()));
        }
        Refused.RuleBroken.ifAny(PeriodTotalRules.broken(total, command.occasion()));
        if (command.others().isIn(total.header())) {
            throw new Refused.RuleBroken(Rule.COVERED_BY_TOTAL, "/from");
        }
        // Axon needs the id before the first event can be applied; replay takes it from the event message.
        id = command.id().toString();
        apply(total);
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(CorrectPeriodTotal command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        PeriodTotalState now = current();
        Corrected correction =
                new Corrected(now.header(), command.was(), command.now(), command.cause(), command.authority());
        if (isTold(now, correction)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkStanding(now);
        Refused.PersonalData.ifIn(command.authority());
        if (!command.was().equals(now.counts())) {
            throw new Conflict(Reason.STALE_WAS);
        }
        if (command.now().equals(command.was())) {
            throw new Refused.RuleBroken(Rule.NOTHING_TO_CORRECT, "/now");
        }
        Refused.RuleBroken.ifAny(broken(command.now()));
        checkOther(actor);
        apply(correction);
        return recorded(true);
    }

    private static boolean isTold(PeriodTotalState now, Corrected correction) {
        if (now.corrections().isEmpty() || !now.isStanding()) {
            return false;
        }
        PeriodTotalState.Correction last = now.corrections().getLast();
        return new Corrected(now.header(), last.was(), last.now(), last.cause(), last.authority()).equals(correction);
    }

    private static List<Violation> broken(Counts counts) {
        return PeriodTotalRules.broken(counts).stream()
                .map(violation -> new Violation(violation.rule(), "/now" + violation.pointer()))
                .toList();
    }

    @CommandHandler
    Recorded handle(AnnulPeriodTotal command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        PeriodTotalState now = current();
        if (new PeriodTotalState.Annulment(command.cause(), command.authority()).equals(now.annulment())) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkStanding(now);
        Refused.PersonalData.ifIn(command.authority());
        checkOther(actor);
        apply(new Annulled(now.header(), now.counts(), command.cause(), command.authority()));
        return recorded(true);
    }

    private static void checkStanding(PeriodTotalState now) {
        if (!now.isStanding()) {
            throw new Conflict(Reason.ANNULLED);
        }
    }

    /** Four eyes on the counts. */
    private void checkOther(String actor) {
        if (actor.equals(recorder)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
    }

    private Recorded recorded(boolean isChanged) {
        return new Recorded(current(), getVersion(), isChanged);
    }

    private PeriodTotalState current() {
        return Objects.requireNonNull(state, "not recorded");
    }

    @EventSourcingHandler
    void on(
            PeriodTotalEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor,
            @SourceId @Nullable String source) {
        if (id == null) {
            id = source;
        }
        recorder = actor;
        state = PeriodTotalState.after(state, event, sequence);
    }
}
