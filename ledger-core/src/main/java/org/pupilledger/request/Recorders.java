package org.pupilledger.request;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Rule;
import org.pupilledger.refusal.Refused;
import org.pupilledger.refusal.Violation;

/**
 * Who recorded each value of one request that stands: at first whoever told it, then whoever corrected it last. What is told
 * of a historic request has its source instead of a recorder, until it is corrected.
 */
final class Recorders {
    private final Map<Field, Set<String>> recorders = new EnumMap<>(Field.class);
    private final Set<String> refusers = new HashSet<>();
    private @Nullable String request;
    private @Nullable String override;

    /** Takes in one more event. */
    void after(@Nullable RequestState before, RequestEvent event, RequestState now, @Nullable String actor) {
        if (event instanceof RequestEvent.Corrected corrected) {
            corrected.changes().forEach(change -> put(change.field(), actor));
        } else if (!now.isHistoric()) {
            if (event instanceof RequestEvent.Received) {
                request = actor;
            }
            if (event instanceof RequestEvent.OverrideRecorded) {
                override = actor;
            }
            if (event instanceof RequestEvent.ReferenceRefused && actor != null) {
                refusers.add(actor);
            }
            for (Field field : Field.values()) {
                if (field.isIn(now) && (before == null || !field.isIn(before))) {
                    put(field, actor);
                }
                boolean isMore = event instanceof RequestEvent.DisclosedFurther
                        ? field.isOf(Stage.Disclosure.class)
                        : event instanceof RequestEvent.ReferenceAdded && field == Field.REFERENCES;
                if (isMore && actor != null) {
                    // what stands is of both
                    recorders.computeIfAbsent(field, absent -> new HashSet<>()).add(actor);
                }
            }
        }
    }

    private void put(Field field, @Nullable String actor) {
        if (actor == null) {
            recorders.remove(field);
        } else {
            recorders.put(field, new HashSet<>(Set.of(actor)));
        }
    }

    /** Four eyes on the request as a whole. */
    void checkOther(String actor) {
        if (actor.equals(request)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
    }

    /** Four eyes on each value that is changed. */
    void checkOther(String actor, List<Change> changes) {
        List<Violation> own = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Field field = changes.get(i).field();
            boolean isRefuser = field == Field.REFERENCES && refusers.contains(actor);
            if (isRefuser || recorders.getOrDefault(field, Set.of()).contains(actor)) {
                own.add(new Violation(Rule.SAME_OFFICER, "/changes/" + i + "/field"));
            }
        }
        Refused.RuleBroken.ifAny(own);
    }

    /** Four eyes on references that were refused alone; whoever refused them may decide the rest. */
    void checkRefusedNone(String actor) {
        if (refusers.contains(actor)) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
    }

    /** Four eyes on all that stands: a decision is about it, and an annulment takes it back. */
    void checkOtherOfAll(String actor) {
        checkOther(actor);
        if (actor.equals(override) || recorders.values().stream().anyMatch(all -> all.contains(actor))) {
            throw new Refused.RuleBroken(Rule.SAME_OFFICER, "");
        }
    }
}
