package org.pupilledger.request;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Cause;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Status;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;
import org.pupilledger.values.Component;
import org.pupilledger.values.Reference;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.SourceReference;
import org.pupilledger.values.Why;

/**
 * Everything known of one matching request: the fold of its events.
 *
 * @param why      under what it is counted
 * @param refused  references that were refused while the rest went on; one that a correction names again is not
 * @param override what let it be approved although its agreement was not in force, if anything did
 */
public record RequestState(
        Ask ask,
        Why why,
        List<RefusedReference> refused,
        @Nullable AgreementOverride override,
        @Nullable Decision decision,
        @Nullable Withdrawal withdrawal,
        @Nullable Match match,
        @Nullable Disclosure disclosure,
        @Nullable Destruction destruction,
        @Nullable Closure closure,
        List<Correction> corrections,
        @Nullable Annulment annulment) {

    private static final Component CORRECTIONS =
            Component.find(RequestState.class, "corrections").orElseThrow();
    private static final Component REFUSED =
            Component.find(RequestState.class, "refused").orElseThrow();
    private static final Component WHY =
            Component.find(RequestState.class, "why").orElseThrow();

    /** What a request has once, and what takes the place of an earlier one. */
    public sealed interface Part permits Ask, AgreementOverride, Stage, Annulment {}

    /** @param sequence 0-based place of its event among the events of the request */
    public record Correction(
            Change change, Cause cause, @Nullable SourceReference authority, long sequence) {}

    public record Annulment(Cause cause, @Nullable SourceReference authority) implements Part {}

    public RequestState {
        List<Reference> references = ask.references();
        refused = refused.stream()
                .filter(one -> !references.contains(one.reference()))
                .toList();
        corrections = List.copyOf(corrections);
    }

    public static RequestState of(Ask ask) {
        return of(ask, ask.why());
    }

    private static RequestState of(Ask ask, Why why) {
        return new RequestState(ask, why, List.of(), null, null, null, null, null, null, null, List.of(), null);
    }

    /** The request as a command would record it. */
    public static RequestState of(RequestCommand.RecordRequest command) {
        return of(command.ask())
                .with(command.override())
                .with(command.decision())
                .with(command.withdrawal())
                .with(command.match())
                .with(command.disclosure());
    }

    /**
     * The state after one more event.
     *
     * @param before   null before the first
     * @param sequence 0-based place of {@code event} among the events of the request
     */
    public static RequestState after(@Nullable RequestState before, RequestEvent event, long sequence) {
        if (event instanceof RequestEvent.Received(Ask ask, Why why)) {
            return of(ask, why);
        }
        if (before == null) {
            throw new IllegalStateException("an event before the request was received");
        }
        return switch (event) {
            case RequestEvent.Received(Ask ask, Why why) -> of(ask, why);
            case RequestEvent.ReferenceAdded(var header, Reference reference) -> before.adding(reference);
            case RequestEvent.ReferenceRefused(var header, var was, RefusedReference refused) ->
                before.refusing(refused);
            case RequestEvent.OverrideRecorded(var header, AgreementOverride override) -> before.with(override);
            case RequestEvent.Decided(var header, var was, Decision decision) -> before.with(decision);
            case RequestEvent.Withdrawn(var header, var was, Withdrawal withdrawal) -> before.with(withdrawal);
            case RequestEvent.Matched(var header, var was, var submitted, Match match) -> before.with(match);
            case RequestEvent.Disclosed(var header, Disclosure disclosure) -> before.with(disclosure);
            case RequestEvent.DisclosedFurther further -> before.with(Further.of(before, further.disclosure()));
            case RequestEvent.Destroyed(var header, Destruction destruction) -> before.with(destruction);
            case RequestEvent.Closed(var header, Closure closure) -> before.with(closure);
            case RequestEvent.Corrected corrected -> before.corrected(corrected, sequence);
            case RequestEvent.Annulled(var was, Cause cause, var authority) ->
                before.with(new Annulment(cause, authority));
        };
    }

    public boolean isHistoric() {
        return ask.historic() != null;
    }

    /** A historic request that was matched without a known decision counts as approved. */
    public Outcome outcome() {
        if (withdrawal != null) {
            return Outcome.WITHDRAWN;
        }
        if (decision != null) {
            return decision.outcome();
        }
        return match != null ? Outcome.APPROVED : ask.outcome();
    }

    public Status status() {
        if (annulment != null) {
            return Status.ANNULLED;
        }
        if (closure != null) {
            return Status.CLOSED;
        }
        if (disclosure != null) {
            return Status.ANSWERED;
        }
        return switch (outcome()) {
            case WITHDRAWN -> Status.WITHDRAWN;
            case REFUSED -> Status.REFUSED;
            case APPROVED -> match != null ? Status.MATCHED : Status.APPROVED;
            case OPEN, NOT_STATED -> Status.RECEIVED;
        };
    }

    /** The stage of the same kind that is recorded, null where there is none. */
    public @Nullable Stage told(Stage stage) {
        return switch (stage) {
            case Decision _ -> decision;
            case Withdrawal _ -> withdrawal;
            case Match _ -> match;
            case Disclosure _ -> disclosure;
            case Destruction _ -> destruction;
            case Closure _ -> closure;
        };
    }

    /** As its next event has it. */
    RequestHeader header() {
        return ask.headerOf(why);
    }

    public Figures figures() {
        return new Figures(
                header(),
                outcome(),
                ask.submitted().individuals(),
                match == null ? null : Figures.MatchFigures.of(match),
                disclosure == null ? null : Figures.DisclosureFigures.of(disclosure),
                refused.size());
    }

    RequestState adding(Reference reference) {
        return withReferences(Stream.concat(ask.references().stream(), Stream.of(reference)));
    }

    RequestState refusing(RefusedReference reference) {
        List<RefusedReference> all =
                Stream.concat(refused.stream(), Stream.of(reference)).toList();
        RequestState rest = withReferences(ask.references().stream().filter(one -> !one.equals(reference.reference())));
        return (RequestState) REFUSED.with(rest, all);
    }

    private RequestState withReferences(Stream<Reference> references) {
        return Field.REFERENCES.set(this, references.map(Reference::value).toList());
    }

    RequestState with(@Nullable Part part) {
        return new RequestState(
                part instanceof Ask now ? now : ask,
                why,
                refused,
                part instanceof AgreementOverride now ? now : override,
                part instanceof Decision now ? now : decision,
                part instanceof Withdrawal now ? now : withdrawal,
                part instanceof Match now ? now : match,
                part instanceof Disclosure now ? now : disclosure,
                part instanceof Destruction now ? now : destruction,
                part instanceof Closure now ? now : closure,
                corrections,
                part instanceof Annulment now ? now : annulment);
    }

    private RequestState corrected(RequestEvent.Corrected event, long sequence) {
        RequestState now = this;
        for (Change change : event.changes()) {
            now = change.field().set(now, change.now());
        }
        List<Correction> all = Stream.concat(
                        corrections.stream(),
                        event.changes().stream()
                                .map(change -> new Correction(change, event.cause(), event.authority(), sequence)))
                .toList();
        now = (RequestState) CORRECTIONS.with(now, all);
        return now.counted(event.now().header().why());
    }

    RequestState counted(Why under) {
        return (RequestState) WHY.with(this, under);
    }
}
