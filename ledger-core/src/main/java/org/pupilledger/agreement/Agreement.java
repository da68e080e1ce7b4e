package org.pupilledger.agreement;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementCommand.AmendAgreement;
import org.pupilledger.agreement.AgreementCommand.EndAgreement;
import org.pupilledger.agreement.AgreementCommand.ListAgreement;
import org.pupilledger.agreement.AgreementCommand.RegisterAgreement;
import org.pupilledger.agreement.AgreementCommand.ResumeAgreement;
import org.pupilledger.agreement.AgreementCommand.SuspendAgreement;
import org.pupilledger.agreement.AgreementCommand.UnlistAgreement;
import org.pupilledger.agreement.AgreementState.Pause;
import org.pupilledger.agreement.AgreementState.Shown;
import org.pupilledger.agreement.AgreementState.Version;
import org.pupilledger.privacy.Guard;
import org.pupilledger.request.AgreementReference;
import org.pupilledger.request.Agreements;
import org.pupilledger.request.BusinessDate;
import org.pupilledger.request.Occasion;
import org.pupilledger.request.Refused.Conflict;
import org.pupilledger.request.Refused.Conflict.Reason;
import org.pupilledger.request.Refused.PersonalData;
import org.pupilledger.request.Refused.RuleBroken;
import org.pupilledger.request.Rule;
import org.pupilledger.request.Violation;

/** Decides what may happen to one agreement. */
@AggregateRoot(type = Agreement.TYPE)
public class Agreement {
    public static final String TYPE = "agreement";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable AgreementState state;

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
        if (now != null) {
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
        RuleBroken.ifAny(broken);
        apply(new AgreementEvent.Registered(command.reference(), command.level(), command.umbrella(), command.terms()));
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
        AgreementState now = current();
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
        if (!now.newest().effect().isBefore(terms.from().latest())) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, "/from"));
        }
        RuleBroken.ifAny(broken);
        apply(new AgreementEvent.Amended(command.reference(), terms));
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(SuspendAgreement command) {
        AgreementState now = current();
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
        checkDate(suspension.on(), now.suspendableFrom(), command.occasion());
        apply(new AgreementEvent.Suspended(command.reference(), suspension));
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(ResumeAgreement command) {
        AgreementState now = current();
        Resumption resumption = command.resumption();
        if (now.pauses().stream().map(Pause::resumption).anyMatch(resumption::equals)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        checkNotEnded(now);
        Pause pause = now.openPause();
        if (pause == null) {
            throw new Conflict(Reason.NOT_SUSPENDED);
        }
        PersonalData.ifIn(resumption.authority());
        checkDate(resumption.on(), pause.from(), command.occasion());
        apply(new AgreementEvent.Resumed(command.reference(), resumption));
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(EndAgreement command) {
        AgreementState now = current();
        Ending ending = command.ending();
        if (now.end() != null && now.end().ending().equals(ending)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        if (now.end() != null) {
            throw new Conflict(Reason.TOLD_DIFFERENTLY);
        }
        PersonalData.ifIn(ending.authority());
        checkDate(ending.on(), now.endableFrom(command.occasion().today()), command.occasion());
        apply(new AgreementEvent.Ended(command.reference(), ending));
        return recorded(false);
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
        List<Shown> notices = current().notices();
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
        LocalDate before =
                notices.isEmpty() ? LocalDate.EPOCH : notices.getLast().effect();
        checkDate(notice.on(), before, occasion);
        apply(event);
        return recorded(false);
    }

    private static void checkNotEnded(AgreementState now) {
        if (now.end() != null) {
            throw new Conflict(Reason.ENDED);
        }
    }

    /** A month breaks a rule only where none of its days could keep it. */
    private static void checkDate(BusinessDate on, LocalDate notBefore, Occasion occasion) {
        List<Violation> broken = new ArrayList<>();
        if (on.earliest().isAfter(occasion.today())) {
            broken.add(new Violation(Rule.DATE_IN_FUTURE, "/on"));
        }
        if (on.latest().isBefore(notBefore)) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, "/on"));
        }
        RuleBroken.ifAny(broken);
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
        PersonalData.ifIn(terms.dpia());
    }

    private Recorded recorded(boolean isNew) {
        return new Recorded(current(), getVersion(), isNew);
    }

    private AgreementState current() {
        return Objects.requireNonNull(state, "not registered");
    }

    @EventSourcingHandler
    void on(AgreementEvent event, @SequenceNumber long sequence) {
        id = idOf(event.reference());
        state = AgreementState.after(state, event, sequence);
    }
}
