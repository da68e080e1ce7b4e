package org.pupilledger.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.ReturnLevel;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Violation;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.OfReference;
import org.pupilledger.request.Stage.Return;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;

/** What is handed over after an earlier disclosure, about other people: both together are the disclosure from then on. */
final class Further {
    private Further() {}

    /** The disclosure of a request, which has one, with what is handed over now. */
    static Disclosure of(RequestState before, Disclosure now) {
        Disclosure was = Objects.requireNonNull(before.disclosure(), "nothing was disclosed before");
        Individuals returned = was.returned().and(now.returned());
        Map<List<Item>, Individuals> returns = new LinkedHashMap<>();
        boolean isTold = add(returns, was) && add(returns, now);
        return new Disclosure(
                now.on() == null ? was.on() : now.on(),
                was.answered().and(now.answered()),
                returned,
                items(was.items(), now.items()),
                isTold && returns.size() > 1 ? parts(returns) : null,
                references(was.references(), now.references()),
                returned.is(0) && (was.nil() == null || was.nil() == now.nil()) ? now.nil() : null);
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
        broken.addAll(DisclosureParts.brokenByNil(before, of(before, now), now.nil(), "/nil"));
        return broken;
    }

    /** False where it is not stated what was told of the people returned. */
    private static boolean add(Map<List<Item>, Individuals> returns, Disclosure told) {
        if (told.returns() != null) {
            told.returns().forEach(part -> returns.merge(beyond(part.items()), part.individuals(), Individuals::and));
        } else if (told.items() != null && !told.returned().is(0)) {
            returns.merge(beyond(told.items()), told.returned(), Individuals::and);
        }
        return told.items() != null || told.returned().is(0);
    }

    private static List<Return> parts(Map<List<Item>, Individuals> returns) {
        return returns.entrySet().stream()
                .map(part -> new Return(part.getValue(), part.getKey()))
                .toList();
    }

    private static List<Item> beyond(List<Item> items) {
        return items.stream()
                .filter(item -> item != Item.MATCH_INDICATOR)
                .sorted()
                .toList();
    }

    private static @Nullable List<Item> items(@Nullable List<Item> was, @Nullable List<Item> now) {
        return was == null || now == null
                ? null
                : Stream.concat(was.stream(), now.stream()).distinct().toList();
    }

    /** By reference where both are told so. */
    private static @Nullable List<OfReference> references(
            @Nullable List<OfReference> was, @Nullable List<OfReference> now) {
        if (was == null || now == null) {
            return null;
        }
        Map<Reference, OfReference> all = new LinkedHashMap<>();
        Stream.concat(was.stream(), now.stream())
                .forEach(one -> all.merge(
                        one.reference(),
                        one,
                        (sum, more) -> new OfReference(
                                sum.reference(),
                                sum.answered().and(more.answered()),
                                sum.returned().and(more.returned()),
                                items(sum.items(), more.items()))));
        return List.copyOf(all.values());
    }
}
