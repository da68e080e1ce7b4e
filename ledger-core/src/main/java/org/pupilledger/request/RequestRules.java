package org.pupilledger.request;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Rule;
import org.pupilledger.organisation.Category;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.organisation.OrganisationProfile;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Found;
import org.pupilledger.values.Historic;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.RefusedReference;
import org.pupilledger.values.Submitted;

/**
 * What must hold of a request at any time, whichever command brought it there. A rule whose input is not stated does
 * not apply. Pointers are those of a whole request.
 */
public final class RequestRules {
    private final RequestState state;
    private final Occasion occasion;
    private final List<Violation> broken = new ArrayList<>();

    private RequestRules(RequestState state, Occasion occasion) {
        this.state = state;
        this.occasion = occasion;
    }

    /**
     * @param before the state that the command found, null where there was none
     * @throws Refused.Incomplete what a live request needs is missing
     * @throws Refused.RuleBroken a live request leaves a count unstated; or else every other rule that is broken
     */
    public static void check(@Nullable RequestState before, RequestState state, Occasion occasion) {
        Refused.Incomplete.ifAny(missing(state));
        Refused.RuleBroken.ifAny(sourceless(state));
        Refused.RuleBroken.ifAny(broken(before, state, occasion));
    }

    /** Rules about what a request may bring with it when it is recorded. */
    public static List<Violation> brokenBy(RequestCommand.RecordRequest command) {
        List<Violation> broken = new ArrayList<>();
        boolean hasLaterStage = command.match() != null || command.disclosure() != null;
        boolean hasStage = hasLaterStage || command.decision() != null || command.withdrawal() != null;
        if (hasStage && command.ask().historic() == null) {
            broken.add(new Violation(Rule.SOURCE_REQUIRED, "/historic"));
        }
        if (command.withdrawal() != null && hasLaterStage) {
            broken.add(new Violation(Rule.NOT_APPROVED, command.match() != null ? "/match" : "/disclosure"));
        }
        return broken;
    }

    /** Pointers to what only a historic request may leave out, counts aside. */
    public static List<String> missing(RequestState state) {
        List<String> missing = new ArrayList<>();
        if (state.isHistoric()) {
            return missing;
        }
        Ask ask = state.ask();
        if (ask.references().isEmpty()) {
            missing.add("/references");
        }
        if (ask.purposes().isEmpty()) {
            missing.add("/purpose");
        }
        require(missing, ask.gateway(), "/gateway");
        require(missing, ask.lawfulBasis(), "/lawfulBasis");
        require(missing, ask.submitted().items(), "/submitted/items");
        require(missing, ask.requestedItems(), "/requestedItems");
        requireDate(missing, state.decision(), "/decision/on");
        requireDate(missing, state.withdrawal(), "/withdrawal/on");
        requireDate(missing, state.match(), "/match/on");
        requireDate(missing, state.disclosure(), "/disclosure/on");
        requireDate(missing, state.destruction(), "/destruction/on");
        requireDate(missing, state.closure(), "/closure/on");
        if (state.disclosure() != null) {
            require(missing, state.disclosure().items(), "/disclosure/items");
        }
        return missing;
    }

    /** Counts that only a source may leave unstated. */
    public static List<Violation> sourceless(RequestState state) {
        List<Violation> sourceless = new ArrayList<>();
        if (state.isHistoric()) {
            return sourceless;
        }
        requireCount(sourceless, state.ask().submitted().individuals(), "/submitted/individuals");
        if (state.match() != null) {
            Found found = found(state, state.match());
            requireCount(sourceless, found.matched(), "/match/matched");
            requireCount(sourceless, found.ambiguous(), "/match/ambiguous");
        }
        if (state.disclosure() != null) {
            requireCount(sourceless, state.disclosure().answered(), "/disclosure/answered");
            requireCount(sourceless, state.disclosure().returned(), "/disclosure/returned");
        }
        return sourceless;
    }

    /**
     * Every other rule that the state breaks.
     *
     * @param before see {@link #check}; what a command does not touch is not held against the agreement anew
     */
    public static List<Violation> broken(@Nullable RequestState before, RequestState state, Occasion occasion) {
        RequestRules rules = new RequestRules(state, occasion);
        rules.codes();
        rules.history();
        rules.dates();
        rules.counts();
        rules.items();
        rules.broken.addAll(DisclosureParts.broken(state));
        rules.authority();
        rules.totals(before);
        rules.broken.addAll(AgreementRules.broken(before, state, occasion));
        return rules.broken;
    }

    private void codes() {
        if (profile(state.ask().organisation()) == null) {
            add(Rule.UNKNOWN_CODE, "/organisation");
        }
        unlessKnown(state.ask().unit(), "/unit");
        unlessKnown(state.ask().recipient(), "/recipient");
        CourtOrder order = courtOrder();
        if (order != null) {
            OrganisationProfile court = profile(order.court());
            if (court == null || court.category() != Category.COURT) {
                add(Rule.UNKNOWN_CODE, "/decision/courtOrder/court");
            }
        }
    }

    private void unlessKnown(@Nullable OrganisationCode code, String pointer) {
        if (code != null && profile(code) == null) {
            add(Rule.UNKNOWN_CODE, pointer);
        }
    }

    private void history() {
        boolean before = state.ask().received().earliest().isBefore(occasion.inception());
        if (state.isHistoric() && !before) {
            add(Rule.NOT_HISTORIC, "/received");
        }
    }

    /** A request that stands where it stood was not covered then, and cannot be since. */
    private void totals(@Nullable RequestState before) {
        RequestHeader header = state.ask().header();
        boolean isThere = before != null
                && before.ask().header().organisation().equals(header.organisation())
                && before.ask().header().received().equals(header.received());
        if (!isThere && occasion.totals().cover(header.organisation(), header.received())) {
            add(Rule.COVERED_BY_TOTAL, "/received");
        }
    }

    private void dates() {
        List<Dated> steps = new ArrayList<>();
        steps.add(new Dated(state.ask().received(), "/received"));
        step(steps, state.decision(), "/decision/on");
        step(steps, state.match(), "/match/on");
        step(steps, state.disclosure(), "/disclosure/on");
        step(steps, state.withdrawal(), "/withdrawal/on");
        step(steps, state.destruction(), "/destruction/on");
        step(steps, state.closure(), "/closure/on");
        inOrder(steps);
        steps.forEach(this::notInFuture);
        for (RefusedReference refused : state.refused()) {
            Dated on = new Dated(refused.on(), References.REFUSED_ON);
            inOrder(List.of(steps.getFirst(), on));
            notInFuture(on);
        }

        CourtOrder order = courtOrder();
        if (order != null) {
            Dated made = new Dated(order.made(), "/decision/courtOrder/made");
            notInFuture(made);
            List<Dated> orderThenDecision = new ArrayList<>(List.of(made));
            step(orderThenDecision, state.decision(), "/decision/on");
            inOrder(orderThenDecision);
        }
        Historic historic = state.ask().historic();
        if (historic != null && historic.published() != null) {
            notInFuture(new Dated(historic.published(), "/historic/published"));
        }
    }

    /** A month fits in between as long as one of its days does. */
    private void inOrder(List<Dated> steps) {
        LocalDate latestStart = LocalDate.MIN;
        for (Dated step : steps) {
            if (latestStart.isAfter(step.date().latest())) {
                add(Rule.DATES_OUT_OF_ORDER, step.pointer());
            } else if (step.date().earliest().isAfter(latestStart)) {
                latestStart = step.date().earliest();
            }
        }
    }

    private void notInFuture(Dated step) {
        if (step.date().earliest().isAfter(occasion.today())) {
            add(Rule.DATE_IN_FUTURE, step.pointer());
        }
    }

    private void counts() {
        Submitted submitted = state.ask().submitted();
        Individuals individuals = submitted.individuals();
        if (submitted.rowsReceived() instanceof Individuals.Stated(int rows)
                && submitted.duplicates() instanceof Individuals.Stated(int duplicates)
                && submitted.invalid() instanceof Individuals.Stated(int invalid)
                && individuals instanceof Individuals.Stated(int people)
                && rows != (long) duplicates + invalid + people) {
            add(Rule.COUNTS_DO_NOT_ADD, "/submitted/rowsReceived");
        }
        Individuals matched = Individuals.notStated();
        Match match = state.match();
        if (match != null) {
            Found found = found(state, match);
            if (match.matched().exceeds(individuals)) {
                add(Rule.MATCHED_EXCEEDS_SUBMITTED, "/match/matched");
            } else if (!found.addsUp()) {
                add(Rule.COUNTS_DO_NOT_ADD, match.unmatched().isStated() ? "/match/unmatched" : "/match/ambiguous");
            }
            matched = found.matched();
            individuals = found.submitted();
        }
        if (state.disclosure() != null) {
            Individuals answered = state.disclosure().answered();
            Individuals returned = state.disclosure().returned();
            if (answered.exceeds(individuals)) {
                add(Rule.ANSWERED_EXCEEDS_SUBMITTED, "/disclosure/answered");
            }
            if (returned.exceeds(answered)) {
                add(Rule.RETURNED_EXCEEDS_ANSWERED, "/disclosure/returned");
            }
            if (returned.exceeds(matched)) {
                add(Rule.RETURNED_EXCEEDS_MATCHED, "/disclosure/returned");
            }
            if (returned.exceeds(individuals) && !matched.isStated() && !answered.isStated()) {
                add(Rule.COUNTS_DO_NOT_ADD, "/disclosure/returned");
            }
        }
    }

    private void items() {
        Disclosure disclosure = state.disclosure();
        if (disclosure == null || disclosure.items() == null) {
            return;
        }
        List<Item> items = disclosure.items();
        ReturnLevel level = ReturnLevel.of(items);
        boolean beyondMatch = level.compareTo(ReturnLevel.MATCH_INDICATOR) > 0;
        boolean contradiction = disclosure.returned().is(0)
                ? beyondMatch
                : disclosure.returned().isPositive() && !beyondMatch;
        boolean toldNobody = !items.isEmpty() && disclosure.answered().is(0);
        boolean returnedNobody = beyondMatch
                && state.match() != null
                && found(state, state.match()).matched().is(0);
        if (contradiction || toldNobody || returnedNobody) {
            add(Rule.COUNTS_DO_NOT_ADD, "/disclosure/items");
        }
        List<Item> requested = state.ask().requestedItems();
        if (requested != null && !Set.copyOf(requested).containsAll(items)) {
            add(Rule.ITEMS_NOT_REQUESTED, "/disclosure/items");
        }
    }

    private void authority() {
        Decision decision = state.decision();
        boolean approved = decision == null ? state.isHistoric() : decision.outcome() == Outcome.APPROVED;
        if (state.match() != null && !approved) {
            add(Rule.NOT_APPROVED, "/match");
        }
        if (state.disclosure() != null) {
            if (!approved) {
                add(Rule.NOT_APPROVED, "/disclosure");
            }
            if (state.match() == null) {
                add(Rule.NOT_MATCHED, "/disclosure");
            }
        }
        boolean mustBeDestroyed = !state.isHistoric() && state.disclosure() != null;
        if (state.closure() != null && mustBeDestroyed && state.destruction() == null) {
            add(Rule.NOT_DESTROYED, "/closure");
        }
    }

    private @Nullable CourtOrder courtOrder() {
        return state.decision() == null ? null : state.decision().courtOrder();
    }

    private @Nullable OrganisationProfile profile(OrganisationCode code) {
        return occasion.organisations().find(code).orElse(null);
    }

    private void add(Rule rule, String pointer) {
        broken.add(new Violation(rule, pointer));
    }

    private record Dated(BusinessDate date, String pointer) {}

    private static void step(List<Dated> steps, @Nullable Stage stage, String pointer) {
        BusinessDate on = stage == null ? null : stage.on();
        if (on != null) {
            steps.add(new Dated(on, pointer));
        }
    }

    static Found found(RequestState state, Match match) {
        return Found.of(state.ask().submitted().individuals(), match.matched(), match.ambiguous(), match.unmatched());
    }

    private static void require(List<String> missing, @Nullable Object value, String pointer) {
        if (value == null) {
            missing.add(pointer);
        }
    }

    private static void requireDate(List<String> missing, @Nullable Stage stage, String pointer) {
        if (stage != null) {
            require(missing, stage.on(), pointer);
        }
    }

    private static void requireCount(List<Violation> sourceless, Individuals count, String pointer) {
        if (!count.isStated()) {
            sourceless.add(new Violation(Rule.SOURCE_REQUIRED, pointer));
        }
    }
}
