package org.pupilledger.request;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.OfReference;
import org.pupilledger.request.Stage.Return;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;

/** What is handed over after an earlier disclosure, about other people: both together are the disclosure from then on. */
final class Further {
    private Further() {}

    /** The disclosure of a request, which has one, with what is handed over now. */
    static Disclosure of(RequestState before, Disclosure now) {
        Disclosure was = Objects.requireNonNull(before.disclosure(), "nothing was disclosed before");
        Individuals returned = was.returned().and(now.returned());
        List<Return> returns = new ArrayList<>();
        boolean isTold = add(returns, was) && add(returns, now);
        return new Disclosure(
                now.on() == null ? was.on() : now.on(),
                was.answered().and(now.answered()),
                returned,
                items(was.items(), now.items()),
                isTold && returns.size() > 1 ? returns : null,
                references(was.references(), now.references()),
                returned.is(0) && was.nil() == now.nil() ? was.nil() : null);
    }

    /** What the new part says of itself, whatever came before. */
    static List<Violation> broken(RequestState before, Disclosure now) {
        List<Violation> broken = new ArrayList<>();
        BusinessDate first = Objects.requireNonNull(before.disclosure()).on();
        if (first != null
                && now.on() != null
                && first.earliest().isAfter(now.on().latest())) {
            broken.add(new Violation(Rule.DATES_OUT_OF_ORDER, "/on"));
        }
        boolean isBeyond =
                now.items() != null && ReturnLevel.of(now.items()).compareTo(ReturnLevel.MATCH_INDICATOR) > 0;
        if (now.items() != null
                && (isBeyond ? now.returned().is(0) : now.returned().isPositive())) {
            broken.add(new Violation(Rule.COUNTS_DO_NOT_ADD, "/items"));
        }
        return broken;
    }

    /** False where it is not stated what was told of the people returned. */
    private static boolean add(List<Return> returns, Disclosure told) {
        if (told.returned().is(0)) {
            return true;
        }
        List<Item> items = told.items();
        if (items == null) {
            return false;
        }
        List<Item> beyond = new ArrayList<>(items);
        beyond.remove(Item.MATCH_INDICATOR);
        List<Return> parts = told.returns() == null ? List.of(new Return(told.returned(), beyond)) : told.returns();
        for (Return part : parts) {
            int same = 0;
            while (same < returns.size() && !Field.same(returns.get(same).items(), part.items())) {
                same++;
            }
            if (same == returns.size()) {
                returns.add(part);
            } else {
                returns.set(same, new Return(returns.get(same).individuals().and(part.individuals()), part.items()));
            }
        }
        return true;
    }

    private static @Nullable List<Item> items(@Nullable List<Item> was, @Nullable List<Item> now) {
        if (was == null || now == null) {
            return null;
        }
        Set<Item> all = new LinkedHashSet<>(was);
        all.addAll(now);
        return List.copyOf(all);
    }

    /** By reference where both are told so. */
    private static @Nullable List<OfReference> references(
            @Nullable List<OfReference> was, @Nullable List<OfReference> now) {
        if (was == null || now == null) {
            return null;
        }
        List<OfReference> all = new ArrayList<>();
        for (OfReference one : was) {
            all.add(now.stream()
                    .filter(other -> other.reference().equals(one.reference()))
                    .reduce(
                            one,
                            (sum, other) -> new OfReference(
                                    sum.reference(),
                                    sum.answered().and(other.answered()),
                                    sum.returned().and(other.returned()),
                                    items(sum.items(), other.items()))));
        }
        now.stream()
                .filter(one -> was.stream().noneMatch(other -> other.reference().equals(one.reference())))
                .forEach(all::add);
        return all;
    }
}
