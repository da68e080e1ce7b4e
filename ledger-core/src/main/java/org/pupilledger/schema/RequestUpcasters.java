package org.pupilledger.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.EventTypes.Upcaster;

/**
 * Brings events about requests up from version 1, which knew one purpose and one gateway of each request, no count of the
 * unmatched, no disclosure in parts, and every request without a decision as open, and did not tell in each event under what
 * the request is counted.
 */
final class RequestUpcasters {
    private static final String OPEN = "OPEN";
    private static final String WHY = "why";

    static final List<Upcaster> ALL = List.of(
            new Upcaster("matching-request.received", 1, RequestUpcasters::received),
            new Upcaster("matching-request.override-recorded", 1, RequestUpcasters::withHeader),
            new Upcaster("matching-request.decided", 1, RequestUpcasters::decided),
            new Upcaster("matching-request.withdrawn", 1, RequestUpcasters::withHeader),
            new Upcaster("matching-request.matched", 1, RequestUpcasters::matched),
            new Upcaster("matching-request.disclosed", 1, RequestUpcasters::disclosed),
            new Upcaster("matching-request.destroyed", 1, RequestUpcasters::withHeader),
            new Upcaster("matching-request.closed", 1, RequestUpcasters::withHeader),
            new Upcaster("matching-request.corrected", 1, RequestUpcasters::corrected),
            new Upcaster("matching-request.annulled", 1, RequestUpcasters::annulled));

    private RequestUpcasters() {}

    private static Map<String, @Nullable Object> received(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> now = added(event, "purposes", List.of(present(event.get("purpose"))));
        now.remove("purpose");
        Upcaster.add(now, "unit", null);
        Upcaster.add(now, "recipient", null);
        Upcaster.add(now, WHY, null);
        Object historic = event.get("historic");
        now.put("historic", historic == null ? null : added(object(historic), "outcome", OPEN));
        return now;
    }

    private static Map<String, @Nullable Object> decided(Map<String, @Nullable Object> event) {
        return added(withHeader(event), "was", OPEN);
    }

    private static Map<String, @Nullable Object> matched(Map<String, @Nullable Object> event) {
        return with(withHeader(event), "match", match(event.get("match")));
    }

    private static Map<String, @Nullable Object> disclosed(Map<String, @Nullable Object> event) {
        return with(withHeader(event), "disclosure", added(disclosure(event.get("disclosure")), "nil", null));
    }

    private static Map<String, @Nullable Object> annulled(Map<String, @Nullable Object> event) {
        return with(event, "was", figures(event.get("was")));
    }

    private static Map<String, @Nullable Object> corrected(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> now = with(event, "was", figures(event.get("was")));
        now.put("now", figures(event.get("now")));
        List<Object> changes = new ArrayList<>();
        for (Object change : (List<?>) present(event.get("changes"))) {
            changes.add(change(object(change)));
        }
        now.put("changes", changes);
        return now;
    }

    private static Map<String, @Nullable Object> change(Map<String, @Nullable Object> change) {
        if (!"purpose".equals(change.get("field"))) {
            return change;
        }
        Map<String, @Nullable Object> now = with(change, "field", "purposes");
        now.computeIfPresent("was", (name, purpose) -> List.of(purpose));
        now.computeIfPresent("now", (name, purpose) -> List.of(purpose));
        return now;
    }

    private static Map<String, @Nullable Object> figures(@Nullable Object figures) {
        Map<String, @Nullable Object> now = withHeader(object(figures));
        Object match = object(figures).get("match");
        Object disclosure = object(figures).get("disclosure");
        now.put("match", match == null ? null : match(match));
        now.put("disclosure", disclosure == null ? null : disclosure(disclosure));
        Upcaster.add(now, "refused", 0L);
        return now;
    }

    /** Of what has a header: version 1 did not tell there under what the request is counted, nor that it is historic. */
    private static Map<String, @Nullable Object> withHeader(Map<String, @Nullable Object> event) {
        return with(event, "header", added(added(object(event.get("header")), WHY, null), "historic", false));
    }

    private static Map<String, @Nullable Object> match(@Nullable Object match) {
        return added(object(match), "unmatched", null);
    }

    private static Map<String, @Nullable Object> disclosure(@Nullable Object disclosure) {
        return added(added(object(disclosure), "returns", null), "references", null);
    }

    private static Map<String, @Nullable Object> added(
            Map<String, @Nullable Object> object, String name, @Nullable Object value) {
        Map<String, @Nullable Object> now = new LinkedHashMap<>(object);
        Upcaster.add(now, name, value);
        return now;
    }

    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> object, String name, @Nullable Object value) {
        Map<String, @Nullable Object> now = new LinkedHashMap<>(object);
        now.put(name, value);
        return now;
    }

    @SuppressWarnings("unchecked") // members of JSON objects have names
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return (Map<String, @Nullable Object>) present(value);
    }

    private static Object present(@Nullable Object value) {
        return Objects.requireNonNull(value, "a member that version 1 has");
    }
}
