package org.pupilledger.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Agreements.Permission;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;

/**
 * What must hold of a request under its agreement. Unlike other rules these look outside the request, at what is known
 * when the command is given; so only what the command touches is looked at, and what is learnt of an agreement later
 * undoes nothing that is recorded.
 */
final class AgreementRules {
    private final @Nullable RequestState before;
    private final RequestState state;
    private final Occasion occasion;
    private final List<Violation> broken = new ArrayList<>();

    private AgreementRules(@Nullable RequestState before, RequestState state, Occasion occasion) {
        this.before = before;
        this.state = state;
        this.occasion = occasion;
    }

    /** @param before the state that the command found, null where there was none */
    static List<Violation> broken(@Nullable RequestState before, RequestState state, Occasion occasion) {
        AgreementRules rules = new AgreementRules(before, state, occasion);
        rules.look();
        return rules.broken;
    }

    private void look() {
        AgreementReference reference = state.ask().agreement();
        boolean isOverriding = state.override() != null && isTouched(RequestState::override);
        if (reference == null) {
            if (isOverriding) {
                add(Rule.OVERRIDE_NOT_NEEDED, "/decision/override");
            }
            return;
        }
        // no need to look the agreement up
        if (!isTouched(RequestState::ask, RequestState::override, RequestState::decision, RequestState::disclosure)) {
            return;
        }
        Permission permission = occasion.agreements().find(reference).orElse(null);
        if (permission == null) {
            add(Rule.UNKNOWN_CODE, "/agreement");
            return;
        }
        party(permission);
        submitted(permission);
        approval(permission, isOverriding);
        returned(permission);
    }

    private void party(Permission permission) {
        Ask ask = state.ask();
        if (isTouched(
                        s -> s.ask().agreement(),
                        s -> s.ask().organisation(),
                        s -> s.ask().received())
                && !isParty(permission, ask.organisation(), ask.received())) {
            add(Rule.NOT_A_PARTY, "/agreement");
        }
    }

    /** Itself, or one that it is below. */
    private boolean isParty(Permission permission, OrganisationCode organisation, BusinessDate on) {
        return occasion.organisations().chain(organisation).stream().anyMatch(one -> permission.hasParty(one, on));
    }

    private void submitted(Permission permission) {
        Ask ask = state.ask();
        List<Item> items = ask.submitted().items();
        if (items != null
                && isTouched(
                        s -> s.ask().agreement(),
                        s -> s.ask().submitted().items(),
                        s -> s.ask().received())
                && !permission.permitsSubmitted(items, ask.received())) {
            add(Rule.ITEMS_NOT_PERMITTED, "/submitted/items");
        }
    }

    /** An order of a court takes the place of the agreement. */
    private void approval(Permission permission, boolean isOverriding) {
        Decision decision = state.decision();
        boolean isOnAgreement =
                decision != null && decision.outcome() == Outcome.APPROVED && decision.courtOrder() == null;
        BusinessDate on = decision == null ? null : decision.on();
        boolean isLacking = isOnAgreement && on != null && !permission.isInForce(on);
        if (isOverriding && !isLacking) {
            add(Rule.OVERRIDE_NOT_NEEDED, "/decision/override");
        }
        boolean isApproving = isTouched(s -> s.ask().agreement(), RequestState::decision);
        if (isLacking && isApproving && state.override() == null) {
            add(Rule.AGREEMENT_NOT_IN_FORCE, "/decision/on");
        }
    }

    private void returned(Permission permission) {
        Disclosure disclosure = state.disclosure();
        if (disclosure == null || !isTouched(s -> s.ask().agreement(), RequestState::disclosure)) {
            return;
        }
        boolean isOrdered = state.decision() != null && state.decision().courtOrder() != null;
        BusinessDate on = disclosure.on();
        List<Item> items = disclosure.items();
        if (isOrdered || on == null || items == null || items.isEmpty()) {
            return;
        }
        boolean isPermitted = state.override() == null
                ? permission.permitsReturned(items, on)
                : permission.permitsReturnedOverridden(items, on);
        if (!isPermitted) {
            add(Rule.ITEMS_NOT_PERMITTED, "/disclosure/items");
        }
    }

    @SafeVarargs
    private boolean isTouched(Function<RequestState, @Nullable Object>... parts) {
        if (before == null) {
            return true;
        }
        for (Function<RequestState, @Nullable Object> part : parts) {
            if (!Objects.equals(part.apply(before), part.apply(state))) {
                return true;
            }
        }
        return false;
    }

    private void add(Rule rule, String pointer) {
        broken.add(new Violation(rule, pointer));
    }
}
