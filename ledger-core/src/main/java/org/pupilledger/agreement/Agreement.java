package org.pupilledger.agreement;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.pupilledger.agreement.AgreementCommand.AmendAgreement;
import org.pupilledger.agreement.AgreementCommand.AnnulAgreement;
import org.pupilledger.agreement.AgreementCommand.CorrectAgreement;
import org.pupilledger.agreement.AgreementCommand.EndAgreement;
import org.pupilledger.agreement.AgreementCommand.ListAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementCommand.ResumeAgreement;
import org.pupilledger.agreement.AgreementCommand.SuspendAgreement;
import org.pupilledger.agreement.AgreementCommand.UnlistAgreement;
import org.pupilledger.agreement.AgreementState.Pause;
import org.pupilledger.agreement.AgreementState.Shown;
import org.pupilledger.agreement.AgreementState.Version;
import org.pupilledger.codes.Rule;
import org.pupilledger.privacy.Guard;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Refused.PersonalData;
import org.pupilledger.refusal.Refused.RuleBroken;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Agreements;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;
import org.pupilledger.values.AgreementReference;

/** Decides what may happen to one agreement. */
@AggregateRoot(type = Agreement.TYPE)
public class Agreement {
    public static final String TYPE = "agreement";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable AgreementState state;

    /** Who recorded each of the facts that stand, or corrected it last. */
    private final Map<AgreementEvent, String> recorders = new HashMap<>();

    protected Agreement() {}

    /** The id of an agreement among all aggregates, of whatever type. */
    public static String idOf(AgreementReference reference) {
        return TYPE + "-" + reference;
    }

    /**
     * What a command led to.
     *
     * @param sequence 0-based sequence of the newest event
     * @param isNew    true where this registered it
     */
    public record Recorded(AgreementState state, long sequence, boolean isNew) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recorded handle(RegisterAgreement command) {
        AgreementState now = state;
        if (now != null && now.annulment() == null) {
            boolean isSame = now.level() == command.level()
                    && Objects.equals(now.umbrella(), command.umbrella())
                    && now.versions().getFirst().terms().equals(command.terms());
            if (!isSame) {
                throw new Conflict(Reason.TOLD_DIFFERENTLY);
            }
            return recorded(false);
        }
        PersonalData.ifAny(Guard.inReference(command.reference().value()));
        guard(command.terms());
        List<Violation> broken = new ArrayList<>();
        if (!isUmbrellaKnown(command)) {
            broken.add(new Violation(Rule.UNKNOWN_CODE, "/umbrella"));
        }
        checkParties(command.terms(), command.occasion(), "/version/parties", broken);
        var event = new AgreementEvent.Registered(
                command.reference(), command.level(), command.umbrella(), command.terms());
        broken.addAll(AgreementDates.broken(null, event, command.occasion().today()));
        RuleBroken.ifAny(broken);
        apply(event);
        return recorded(true);
    }

    private static boolean isUmbrellaKnown(RegisterAgreement command) {
        AgreementReference umbrella = command.umbrella();
        if (command.reference().isOfShare() && !command.reference().share().equals(umbrella)) {
            return false;
        }
        return umbrella == null
                || (command.level() == AgreementLevel.PROCESS
                        && command.occasion()
                                .agreements()
                                .find(umbrella)
                                .filter(Agreements.Permission::isUmbrella)
                                .isPresent());
    }

    @CommandHandler
    Recorded handle(AmendAgreement command) {
        AgreementState now = standing();
        Terms terms = command.terms();
        if (now.versions().stream().map(Version::terms).anyMatch(terms::equals)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkNotEnded(now);
        if (now.versions().stream().anyMatch(version -> version.terms().number().equals(terms.number()))) {
            throw new Conflict(Reason.TOLD_DIFFERENTLY);
        }
        guard(terms);
        List<Violation> broken = new ArrayList<>();
        checkParties(terms, command.occasion(), "/parties", broken);
        var event = new AgreementEvent.Amended(command.reference(), terms);
        broken.addAll(AgreementDates.broken(now, event, command.occasion().today()));
        RuleBroken.ifAny(broken);
        apply(event);
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(SuspendAgreement command) {
        AgreementState now = standing();
        Suspension suspension = command.suspension();
        if (now.pauses().stream().map(Pause::suspension).anyMatch(suspension::equals)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkNotEnded(now);
        if (now.openPause() != null) {
            throw new Conflict(Reason.TOLD_DIFFERENTLY);
        }
        PersonalData.ifIn(suspension.authority());
        return told(new AgreementEvent.Suspended(command.reference(), suspension), command.occasion());
    }

    @CommandHandler
    Recorded handle(ResumeAgreement command) {
        AgreementState now = standing();
        Resumption resumption = command.resumption();
        if (now.pauses().stream().map(Pause::resumption).anyMatch(resumption::equals)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkNotEnded(now);
        if (now.openPause() == null) {
            throw new Conflict(Reason.NOT_SUSPENDED);
        }
        PersonalData.ifIn(resumption.authority());
        return told(new AgreementEvent.Resumed(command.reference(), resumption), command.occasion());
    }

    @CommandHandler
    Recorded handle(EndAgreement command) {
        AgreementState now = standing();
        Ending ending = command.ending();
        if (now.end() != null && now.end().ending().equals(ending)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        if (now.end() != null) {
            throw new Conflict(Reason.TOLD_DIFFERENTLY);
        }
        PersonalData.ifIn(ending.authority());
        return told(new AgreementEvent.Ended(command.reference(), ending), command.occasion());
    }

    @CommandHandler
    Recorded handle(ListAgreement command) {
        return show(
                true,
                command.notice(),
                command.occasion(),
                new AgreementEvent.Listed(command.reference(), command.notice()));
    }

    @CommandHandler
    Recorded handle(UnlistAgreement command) {
        return show(
                false,
                command.notice(),
                command.occasion(),
                new AgreementEvent.Unlisted(command.reference(), command.notice()));
    }

    private Recorded show(boolean isListed, Notice notice, Occasion occasion, AgreementEvent event) {
        List<Shown> notices = standing().notices();
        if (notices.stream()
                .anyMatch(
                        shown -> shown.isListed() == isListed && shown.notice().equals(notice))) {
            return recorded(false);
        }
        occasion.check(getVersion());
        boolean isLive = !notices.isEmpty() && notices.getLast().isListed();
        if (!isListed && !isLive) {
            throw new Conflict(Reason.NOT_LISTED);
        }
        PersonalData.ifIn(notice.source());
        return told(event, occasion);
    }

    private Recorded told(AgreementEvent event, Occasion occasion) {
        RuleBroken.ifAny(AgreementDates.broken(current(), event, occasion.today()));
        apply(event);
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(CorrectAgreement command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        AgreementState now = standing();
        command.occasion().check(getVersion());
        AgreementEvent wrong = now.facts().stream()
                .filter(command::isAbout)
                .findFirst()
                .orElseThrow(() -> new Conflict(Reason.STALE_WAS));
        if (actor.equals(recorders.get(wrong))) {
            throw new RuleBroken(Rule.SAME_OFFICER, "");
        }
        PersonalData.ifIn(command.authority());
        AgreementEvent.Corrected event = command.correcting(wrong);
        Terms terms = command.terms();
        List<Violation> broken = new ArrayList<>();
        if (terms != null) {
            guard(terms);
            checkParties(terms, command.occasion(), "/version/parties", broken);
            boolean isOther = !terms.number().value().equals(command.was())
                    && now.versions().stream()
                            .anyMatch(version -> version.terms().number().equals(terms.number()));
            if (isOther) {
                throw new Conflict(Reason.TOLD_DIFFERENTLY);
            }
        }
        List<AgreementEvent> facts = AgreementFacts.corrected(now.facts(), event);
        if (facts.equals(now.facts())) {
            broken.add(new Violation(Rule.NOTHING_TO_CORRECT, ""));
        }
        broken.addAll(AgreementDates.broken(facts, command.occasion().today()));
        RuleBroken.ifAny(broken);
        apply(event);
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(AnnulAgreement command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        AgreementState now = current();
        if (new AgreementState.Annulment(command.cause(), command.authority()).equals(now.annulment())) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkStands(now);
        if (recorders.containsValue(actor)) {
            throw new RuleBroken(Rule.SAME_OFFICER, "");
        }
        PersonalData.ifIn(command.authority());
        apply(new AgreementEvent.Annulled(command.reference(), command.cause(), command.authority()));
        return recorded(false);
    }

    private static void checkStands(AgreementState now) {
        if (now.annulment() != null) {
            throw new Conflict(Reason.ANNULLED);
        }
    }

    private static void checkNotEnded(AgreementState now) {
        if (now.end() != null) {
            throw new Conflict(Reason.ENDED);
        }
    }

    private static void checkParties(Terms terms, Occasion occasion, String pointer, List<Violation> broken) {
        for (Party party : terms.parties()) {
            if (occasion.organisations().find(party.organisation()).isEmpty()) {
                broken.add(new Violation(Rule.UNKNOWN_CODE, pointer));
                return;
            }
        }
    }

    private static void guard(Terms terms) {
        PersonalData.ifAny(Guard.inCode(terms.number().value()));
        PersonalData.ifIn(terms.details().dpia());
        PersonalData.ifIn(terms.details().source());
        List<LocalDate> days = terms.days();
        terms.details().texts().forEach(text -> PersonalData.ifAny(Guard.inText(text.value(), days)));
    }

    private Recorded recorded(boolean isNew) {
        return new Recorded(current(), getVersion(), isNew);
    }

    private AgreementState standing() {
        AgreementState now = current();
        checkStands(now);
        return now;
    }

    private AgreementState current() {
        return Objects.requireNonNull(state, "not registered");
    }

    @EventSourcingHandler
    void on(
            AgreementEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor) {
        id = idOf(event.reference());
        AgreementState now = AgreementState.after(state, event, sequence);
        recorders.keySet().retainAll(now.facts());
        if (actor != null) {
            now.facts().forEach(fact -> recorders.putIfAbsent(fact, actor));
        }
        state = now;
    }
}
