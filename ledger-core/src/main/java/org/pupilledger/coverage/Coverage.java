package org.pupilledger.coverage;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
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
import org.pupilledger.coverage.CoverageCommand.ConfirmCoverage;
import org.pupilledger.coverage.CoverageCommand.DropProposal;
import org.pupilledger.coverage.CoverageCommand.ProposeCoverage;
import org.pupilledger.coverage.CoverageCommand.WithdrawCoverage;
import org.pupilledger.refusal.Refused.Conflict;
import org.pupilledger.refusal.Refused.Conflict.Reason;
import org.pupilledger.refusal.Refused.PersonalData;
import org.pupilledger.refusal.Refused.RuleBroken;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.MatchingRequest;
import org.pupilledger.request.Occasion;

/** Decides whether some months of an organisation are covered. It always takes two. */
@AggregateRoot(type = Coverage.TYPE)
public class Coverage {
    public static final String TYPE = "coverage";

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String id;

    private @Nullable CoverageState state;
    private @Nullable String proposer;

    protected Coverage() {}

    /** Id of the declaration of some months, {@code coverage-DWP-2018-04-2018-06}. */
    public static String idOf(CoveredMonths months) {
        return TYPE + "-" + months;
    }

    /**
     * What a command led to.
     *
     * @param isNew true where the command was the first about these months
     */
    public record Recorded(CoverageState state, boolean isNew) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recorded handle(ProposeCoverage command) {
        CoverageState now = state;
        Declaration declaration = command.declaration();
        if (now != null && !now.isOver()) {
            if (!now.declaration().equals(declaration)) {
                throw new Conflict(Reason.TOLD_DIFFERENTLY);
            }
            return recorded(false);
        }
        PersonalData.ifIn(declaration.reference());
        RuleBroken.ifAny(broken(declaration, command.occasion()));
        apply(new CoverageEvent.Proposed(declaration));
        return recorded(now == null);
    }

    /** What is wrong with a declaration by itself. */
    static List<Violation> broken(Declaration declaration, Occasion occasion) {
        CoveredMonths months = declaration.months();
        YearMonth thisMonth = YearMonth.from(occasion.today());
        List<Violation> broken = new ArrayList<>();
        if (occasion.organisations().find(months.organisation()).isEmpty()) {
            broken.add(new Violation(Rule.UNKNOWN_CODE, "/organisation"));
        }
        if (months.from().isAfter(thisMonth)) {
            broken.add(new Violation(Rule.DATE_IN_FUTURE, "/from"));
        } else if (months.to() != null && months.to().isAfter(thisMonth)) {
            broken.add(new Violation(Rule.DATE_IN_FUTURE, "/to"));
        }
        if (declaration.source() == null && months.from().atDay(1).isBefore(occasion.inception())) {
            broken.add(new Violation(Rule.NOT_LIVE_THEN, "/source"));
        }
        return broken;
    }

    @CommandHandler
    Recorded handle(ConfirmCoverage command, @MetaDataValue(MatchingRequest.ACTOR) String actor) {
        command.occasion().check(getVersion());
        CoverageEvent confirmed = switch (current().newest()) {
            case CoverageEvent.Proposed(var declaration) -> new CoverageEvent.Declared(declaration);
            case CoverageEvent.WithdrawalProposed(var declaration, var cause, var authority) ->
                new CoverageEvent.Withdrawn(declaration, cause, authority);
            case CoverageEvent.Declared declared -> null;
            case CoverageEvent.Withdrawn withdrawn -> null;
            case CoverageEvent.ProposalDropped dropped -> throw new Conflict(Reason.OUT_OF_TURN);
        };
        if (confirmed != null) {
            if (actor.equals(proposer)) {
                throw new RuleBroken(Rule.SAME_OFFICER, "");
            }
            apply(confirmed);
        }
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(DropProposal command) {
        command.occasion().check(getVersion());
        switch (current().newest()) {
            case CoverageEvent.Proposed(var declaration) -> apply(new CoverageEvent.ProposalDropped(declaration));
            case CoverageEvent.WithdrawalProposed proposed ->
                apply(new CoverageEvent.ProposalDropped(proposed.declaration()));
            case CoverageEvent.ProposalDropped dropped -> {
                // told again
            }
            case CoverageEvent.Declared declared -> throw new Conflict(Reason.OUT_OF_TURN);
            case CoverageEvent.Withdrawn withdrawn -> throw new Conflict(Reason.OUT_OF_TURN);
        }
        return recorded(false);
    }

    @CommandHandler
    Recorded handle(WithdrawCoverage command) {
        CoverageState now = current();
        CoverageEvent wanted =
                new CoverageEvent.WithdrawalProposed(now.declaration(), command.cause(), command.authority());
        if (now.newest().equals(wanted)) {
            return recorded(false);
        }
        command.occasion().check(getVersion());
        PersonalData.ifIn(command.authority());
        Conflict.unlessInTurn(now.standing() == CoverageState.Standing.DECLARED);
        apply(wanted);
        return recorded(false);
    }

    private Recorded recorded(boolean isNew) {
        return new Recorded(current(), isNew);
    }

    private CoverageState current() {
        return Objects.requireNonNull(state, "never proposed");
    }

    @EventSourcingHandler
    void on(
            CoverageEvent event,
            @SequenceNumber long sequence,
            @MetaDataValue(MatchingRequest.ACTOR) @Nullable String actor) {
        id = idOf(event.declaration().months());
        proposer = actor;
        state = CoverageState.after(state, event, sequence);
    }
}
