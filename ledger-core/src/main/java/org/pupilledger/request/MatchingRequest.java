package org.pupilledger.request;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Violation;

/** Decides what may happen to one matching request. */
@AggregateRoot(type = MatchingRequest.TYPE)
public class MatchingRequest {
    public static final String TYPE = RequestEvent.AGGREGATE;

    /** Metadata: the random id of whoever gave the command. */
    public static final String ACTOR = "actor";

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable RequestState state;
    private Stage.@Nullable Disclosure lastFurther;
    private final Recorders recorders = new Recorders();

    protected MatchingRequest() {}

    /** One of which nothing is recorded yet. */
    public static MatchingRequest blank() {
        return new MatchingRequest();
    }

    /**
     * What a command led to.
     *
     * @param sequence  0-based sequence of the newest event
     * @param isChanged false where the command told again what was recorded
     */
    public record Recorded(RequestState state, long sequence, boolean isChanged) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    Recorded handle(RequestCommand.RecordRequest command) {
        command.ask().guard(null, "");
        Refused.PersonalData.ifIn(
                command.override() == null ? null : command.override().authority());
        Refused.RuleBroken.ifAny(RequestRules.brokenBy(command));
        RequestRules.check(null, RequestState.of(command), command.occasion());
        // Axon needs the id before the first event can be applied; replay takes it from the event message.
        id = command.id().toString();
        command.events().forEach(AggregateLifecycle::apply);
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(RequestCommand.RecordStage command, @MetaDataValue(ACTOR) String actor) {
        RequestState now = current();
        Stage stage = command.stage();
        Stage told = now.told(stage);
        boolean isSame = told != null && stage.saysAs(told) && isToldOverride(now, command);
        if (isSame && now.annulment() == null) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkGoesOn(now);
        if (told != null) {
            throw new Conflict(Reason.TOLD_DIFFERENTLY);
        }
        checkTurn(now, stage, actor);
        AgreementOverride override = command.override();
        Refused.PersonalData.ifIn(override == null ? null : override.authority());
        check(now, override == null ? now.with(stage) : now.with(override).with(stage), command);
        if (override != null) {
            apply(new RequestEvent.OverrideRecorded(now.header(), override));
        }
        apply(eventOf(now, stage));
        return recorded(true);
    }

    private static void checkGoesOn(RequestState now) {
        if (now.annulment() != null) {
            throw new Conflict(Reason.ANNULLED);
        }
        if (now.closure() != null) {
            throw new Conflict(Reason.CLOSED);
        }
    }

    private static boolean isToldOverride(RequestState now, RequestCommand.RecordStage command) {
        return !(command.stage() instanceof Stage.Decision) || Objects.equals(now.override(), command.override());
    }

    private void checkTurn(RequestState now, Stage stage, String actor) {
        boolean isOver = now.outcome() == Outcome.REFUSED || now.outcome() == Outcome.WITHDRAWN;
        switch (stage) {
            case Stage.Decision decision -> {
                recorders.checkOtherOfAll(actor);
                Conflict.unlessInTurn(now.withdrawal() == null && now.match() == null);
            }
            case Stage.Withdrawal withdrawal ->
                Conflict.unlessInTurn(
                        !isOver && now.disclosure() == null && !(now.isHistoric() && now.match() != null));
            case Stage.Match _, Stage.Disclosure _ -> checkNotWithdrawn(now);
            case Stage.Destruction _, Stage.Closure _ -> Conflict.unlessInTurn(isOver || now.disclosure() != null);
        }
    }

    private static void checkNotWithdrawn(RequestState now) {
        if (now.withdrawal() != null) {
            throw new Refused.RuleBroken(Rule.NOT_APPROVED, "");
        }
    }

    /** Rules point into a whole request; a stage's own body is the part below its name. */
    private static void check(RequestState now, RequestState next, RequestCommand.RecordStage command) {
        String prefix = "/" + command.stage().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        check(
                now,
                next,
                command.occasion(),
                pointer -> pointer.startsWith(prefix) ? pointer.substring(prefix.length()) : "");
    }

    private static void check(
            RequestState now, RequestState next, Occasion occasion, UnaryOperator<String> pointerInBody) {
        try {
            RequestRules.check(now, next, occasion);
        } catch (Refused.Incomplete e) {
            throw new Refused.Incomplete(
                    e.pointers().stream().map(pointerInBody).toList());
        } catch (Refused.RuleBroken e) {
            throw new Refused.RuleBroken(e.violations().stream()
                    .map(violation -> new Violation(
                            violation.rule(), pointerInBody.apply(violation.pointer()), violation.detail()))
                    .distinct()
                    .toList());
        }
    }

    @CommandHandler
    Recorded handle(RequestCommand.DiscloseFurther command) {
        RequestState now = current();
        Stage.Disclosure told = command.disclosure();
        if (lastFurther != null && told.saysAs(lastFurther) && now.annulment() == null) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkGoesOn(now);
        Conflict.unlessInTurn(now.disclosure() != null && now.destruction() == null);
        Refused.RuleBroken.ifAny(Further.broken(now, told));
        RequestState next = now.with(Further.of(now, told));
        check(now, next, new RequestCommand.RecordStage(command.id(), told, command.occasion()));
        apply(new RequestEvent.DisclosedFurther(
                now.header(),
                Objects.requireNonNull(now.figures().disclosure()),
                Objects.requireNonNull(next.figures().disclosure()),
                told));
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(RequestCommand.AddReference command) {
        RequestState now = current();
        if (now.ask().references().contains(command.reference()) && now.annulment() == null) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkGoesOn(now);
        References.checkAdded(now, command.reference());
        apply(new RequestEvent.ReferenceAdded(now.header(), command.reference()));
        return recorded(true);
    }

    @CommandHandler
    Recorded handle(RequestCommand.RefuseReference command, @MetaDataValue(ACTOR) String actor) {
        RequestState now = current();
        if (now.refused().contains(command.refused()) && now.annulment() == null) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkGoesOn(now);
        recorders.checkOtherOfAll(actor);
        References.checkRefused(now, command.refused());
        check(now, now.refusing(command.refused()), command.occasion(), References::pointer);
        apply(new RequestEvent.ReferenceRefused(now.header(), now.outcome(), command.refused()));
        return recorded(true);
    }

    private static RequestEvent eventOf(RequestState now, Stage stage) {
        RequestHeader header = now.header();
        return switch (stage) {
            case Stage.Decision decision -> new RequestEvent.Decided(header, now.outcome(), decision);
            case Stage.Withdrawal withdrawal -> new RequestEvent.Withdrawn(header, now.outcome(), withdrawal);
            case Stage.Match match ->
                new RequestEvent.Matched(
                        header, now.outcome(), now.ask().submitted().individuals(), match);
            case Stage.Disclosure disclosure -> new RequestEvent.Disclosed(header, disclosure);
            case Stage.Destruction destruction -> new RequestEvent.Destroyed(header, destruction);
            case Stage.Closure closure -> new RequestEvent.Closed(header, closure);
        };
    }

    @CommandHandler
    Recorded handle(RequestCommand.CorrectRequest command, @MetaDataValue(ACTOR) String actor) {
        RequestState now = current();
        command.occasion().check(getVersion());
        if (now.annulment() != null) {
            throw new Conflict(Reason.ANNULLED);
        }
        recorders.checkOther(actor);
        Refused.PersonalData.ifIn(command.authority());
        RequestState next = corrected(now, command.changes());
        next.ask().guard(now.ask(), pointerToSource(command.changes()));
        check(now, next, command.occasion(), pointer -> pointerToChange(command.changes(), pointer));
        checkCoherent(next);
        recorders.checkOther(actor, command.changes());
        apply(new RequestEvent.Corrected(
                now.figures(), next.figures(), command.changes(), command.cause(), command.authority()));
        return recorded(true);
    }

    /** A correction must not lead where recording could not: a stage without what it follows, a reason to approve. */
    private static void checkCoherent(RequestState next) {
        boolean isOver = next.outcome() == Outcome.REFUSED || next.outcome() == Outcome.WITHDRAWN;
        boolean hasEnd = next.destruction() != null || next.closure() != null;
        Conflict.unlessInTurn(!hasEnd || isOver || next.disclosure() != null);
        Stage.Decision decision = next.decision();
        Conflict.unlessInTurn(decision == null || decision.reason() == null || decision.outcome() == Outcome.REFUSED);
    }

    private static RequestState corrected(RequestState now, List<Change> changes) {
        List<Violation> idle = new ArrayList<>();
        RequestState next = now;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (!change.field().isIn(now)) {
                idle.add(new Violation(Rule.NOTHING_TO_CORRECT, "/changes/" + i + "/field"));
                continue;
            }
            if (!Field.same(change.field().get(now), change.was())) {
                throw new Conflict(Reason.STALE_WAS);
            }
            if (Field.same(change.was(), change.now())) {
                idle.add(new Violation(Rule.NOTHING_TO_CORRECT, "/changes/" + i + "/now"));
            }
            next = change.field().set(next, change.now());
        }
        if (changes.isEmpty()) {
            idle.add(new Violation(Rule.NOTHING_TO_CORRECT, "/changes"));
        }
        Refused.RuleBroken.ifAny(idle);
        // from now on its events tell it, whether those before did or not
        return next.counted(next.ask().why());
    }

    private static String pointerToChange(List<Change> changes, String pointer) {
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).field().pointer().equals(pointer)) {
                return "/changes/" + i + "/now";
            }
        }
        return "/changes";
    }

    @CommandHandler
    Recorded handle(RequestCommand.AnnulRequest command, @MetaDataValue(ACTOR) String actor) {
        RequestState now = current();
        RequestState.Annulment annulment = new RequestState.Annulment(command.cause(), command.authority());
        if (annulment.equals(now.annulment())) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        if (now.annulment() != null) {
            throw new Conflict(Reason.ANNULLED);
        }
        recorders.checkOtherOfAll(actor);
        recorders.checkRefusedNone(actor);
        Refused.PersonalData.ifIn(command.authority());
        apply(new RequestEvent.Annulled(now.figures(), command.cause(), command.authority()));
        return recorded(true);
    }

    private static String pointerToSource(List<Change> changes) {
        String reference = pointerToChange(changes, Field.HISTORIC_REFERENCE.pointer());
        return reference.equals("/changes") ? pointerToChange(changes, Field.HISTORIC_PUBLISHED.pointer()) : reference;
    }

    private Recorded recorded(boolean isChanged) {
        return new Recorded(current(), getVersion(), isChanged);
    }

    private RequestState current() {
        return Objects.requireNonNull(state, "not recorded");
    }

    @EventSourcingHandler
    void on(
            RequestEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(ACTOR) @Nullable String actor,
            @SourceId @Nullable String source) {
        if (id == null) {
            id = source;
        }
        RequestState now = RequestState.after(state, event, sequence);
        recorders.after(state, event, now, actor);
        if (event instanceof RequestEvent.DisclosedFurther further) {
            lastFurther = further.disclosure();
        }
        state = now;
    }
}
