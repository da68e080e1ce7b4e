package org.pupilledger.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.OfReference;
import org.pupilledger.request.Stage.Return;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;

/** Whether what is told of a disclosure in parts is what is told of the whole. */
final class DisclosureParts {
    private DisclosureParts() {}

    /** What is told of a disclosure in parts says neither more nor less than the whole. */
    static List<Violation> broken(RequestState state) {
        Disclosure disclosure = state.disclosure();
        if (disclosure == null) {
            return List.of();
        }
        List<Violation> broken = new ArrayList<>(brokenByNil(state, disclosure, disclosure.nil(), "/disclosure/nil"));
        if (disclosure.returns() != null && !areReturns(disclosure, disclosure.returns())) {
            broken.add(doNotAdd(
                    "/disclosure/returns",
                    "The parts do not add up to the people and items returned, or one is of nobody or of the match"
                            + " indicator alone."));
        }
        if (disclosure.references() != null && !areReferences(state.ask(), disclosure, disclosure.references())) {
            broken.add(doNotAdd(
                    "/disclosure/references",
                    "These are not the references of the request, each once, or do not add up to the people answered"
                            + " and returned and the items returned."));
        }
        return broken;
    }

    /** @param nil why nothing was returned, which contradicts that anything was, or that somebody was matched */
    static List<Violation> brokenByNil(RequestState state, Disclosure whole, @Nullable NilReason nil, String pointer) {
        boolean isFound = state.match() != null
                && RequestRules.found(state, state.match()).matched().isPositive();
        if (nil == NilReason.NO_MATCH && isFound) {
            return List.of(doNotAdd(pointer, "NO_MATCH says that nobody was found, and somebody was matched."));
        }
        boolean isNothing = whole.returned().is(0)
                && (whole.items() == null || whole.items().isEmpty());
        return nil == null || isNothing
                ? List.of()
                : List.of(doNotAdd(pointer, "Why nothing was returned is told only where 0 people and no items were."));
    }

    private static Violation doNotAdd(String pointer, String detail) {
        return new Violation(Rule.COUNTS_DO_NOT_ADD, pointer, detail);
    }

    /** Returns by what was released: of each somebody, and more than the match indicator. */
    private static boolean areReturns(Disclosure whole, List<Return> returns) {
        Set<Item> items = new HashSet<>();
        for (Return told : returns) {
            if (told.individuals().is(0) || told.level().compareTo(ReturnLevel.MATCH_INDICATOR) <= 0) {
                return false;
            }
            items.addAll(told.items());
        }
        return addUp(returns, Return::individuals, whole.returned())
                && beyondMatch(whole.items()).equals(beyondMatch(items));
    }

    /** The references of the request, each once. */
    private static boolean areReferences(Ask ask, Disclosure whole, List<OfReference> references) {
        Set<Reference> told = new HashSet<>();
        for (OfReference one : references) {
            boolean isNew = told.add(one.reference());
            if (!isNew || one.returned().exceeds(one.answered()) || !fits(one, whole)) {
                return false;
            }
        }
        return told.equals(Set.copyOf(ask.references()))
                && addUp(references, OfReference::answered, whole.answered())
                && addUp(references, OfReference::returned, whole.returned());
    }

    private static boolean fits(OfReference one, Disclosure whole) {
        List<Item> items = one.items();
        if (items == null) {
            return true;
        }
        boolean isBeyond = ReturnLevel.of(items).compareTo(ReturnLevel.MATCH_INDICATOR) > 0;
        boolean isContradiction =
                one.returned().is(0) ? isBeyond : one.returned().isPositive() && !isBeyond;
        boolean isToldNobody = !items.isEmpty() && one.answered().is(0);
        boolean isOfWhole = whole.items() != null && Set.copyOf(whole.items()).containsAll(items);
        return !isContradiction && !isToldNobody && isOfWhole;
    }

    private static Set<Item> beyondMatch(@Nullable Collection<Item> items) {
        Set<Item> beyond = new HashSet<>(items == null ? Set.of() : items);
        beyond.remove(Item.MATCH_INDICATOR);
        return beyond;
    }

    /** What is not stated may be anything that is left. */
    private static <P> boolean addUp(List<P> parts, Function<P, Individuals> count, Individuals whole) {
        long known = 0;
        boolean isAllKnown = true;
        for (P part : parts) {
            if (count.apply(part) instanceof Individuals.Stated(int people)) {
                known += people;
            } else {
                isAllKnown = false;
            }
        }
        return !(whole instanceof Individuals.Stated(int all)) || (isAllKnown ? known == all : known <= all);
    }
}
