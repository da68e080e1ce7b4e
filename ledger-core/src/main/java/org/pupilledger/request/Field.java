package org.pupilledger.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Code;
import org.pupilledger.codes.DestructionMethod;
import org.pupilledger.codes.Gateway;
import org.pupilledger.codes.Item;
import org.pupilledger.codes.LawfulBasis;
import org.pupilledger.codes.NilReason;
import org.pupilledger.codes.Outcome;
import org.pupilledger.codes.Purpose;
import org.pupilledger.codes.RefusalReason;
import org.pupilledger.codes.Source;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.values.AgreementReference;
import org.pupilledger.values.BusinessDate;
import org.pupilledger.values.Component;
import org.pupilledger.values.Individuals;
import org.pupilledger.values.Reference;
import org.pupilledger.values.Requests;
import org.pupilledger.values.SourceReference;

/**
 * What of a request can be corrected: every count, item list, date and code, and the references. Values go in and out
 * as JSON has them: null, {@code Long}, {@code String} or a list of strings or of objects.
 */
@SuppressWarnings({"ImmutableEnumChecker", "ReferenceEquality"}) // the functions hold nothing; kinds are constants
public enum Field {
    REFERENCES("references", Kind.REFERENCES),
    ORGANISATION("organisation", Kind.ORGANISATION),
    UNIT("unit", Kind.ORGANISATION),
    RECEIVED("received", Kind.DATE),
    PURPOSES("purposes", Kind.PURPOSES),
    GATEWAY("gateway", Kind.of(Gateway.class)),
    LAWFUL_BASIS("lawfulBasis", Kind.of(LawfulBasis.class)),
    AGREEMENT("agreement", Kind.AGREEMENT),
    RECIPIENT("recipient", Kind.ORGANISATION),
    SUBMITTED_INDIVIDUALS("submitted.individuals", Kind.COUNT),
    SUBMITTED_ITEMS("submitted.items", Kind.ITEMS),
    SUBMITTED_ROWS_RECEIVED("submitted.rowsReceived", Kind.COUNT),
    SUBMITTED_DUPLICATES("submitted.duplicates", Kind.COUNT),
    SUBMITTED_INVALID("submitted.invalid", Kind.COUNT),
    REQUESTED_ITEMS("requestedItems", Kind.ITEMS),
    HISTORIC_SOURCE("historic.source", Kind.of(Source.class)),
    HISTORIC_REFERENCE("historic.reference", Kind.SOURCE_REFERENCE),
    HISTORIC_PUBLISHED("historic.published", Kind.DATE),
    HISTORIC_OUTCOME("historic.outcome", Kind.of(Outcome.class)),
    DECISION_OUTCOME("decision.outcome", Kind.of(Outcome.class)),
    DECISION_ON("decision.on", Kind.DATE),
    DECISION_REASON("decision.reason", Kind.of(RefusalReason.class)),
    COURT("decision.courtOrder.court", Kind.ORGANISATION),
    COURT_ORDER_MADE("decision.courtOrder.made", Kind.DATE),
    WITHDRAWAL_ON("withdrawal.on", Kind.DATE),
    MATCH_ON("match.on", Kind.DATE),
    MATCHED("match.matched", Kind.COUNT),
    AMBIGUOUS("match.ambiguous", Kind.COUNT),
    UNMATCHED("match.unmatched", Kind.COUNT),
    DISCLOSURE_ON("disclosure.on", Kind.DATE),
    ANSWERED("disclosure.answered", Kind.COUNT),
    RETURNED("disclosure.returned", Kind.COUNT),
    DISCLOSURE_ITEMS("disclosure.items", Kind.ITEMS),
    RETURNS("disclosure.returns", Kind.RETURNS),
    DISCLOSURE_REFERENCES("disclosure.references", Kind.OF_REFERENCES),
    NIL("disclosure.nil", Kind.of(NilReason.class)),
    DESTRUCTION_ON("destruction.on", Kind.DATE),
    DESTRUCTION_METHOD("destruction.method", Kind.of(DestructionMethod.class)),
    CLOSURE_ON("closure.on", Kind.DATE);

    /** Fields that no request can be without. */
    private static final Set<Field> REQUIRED = Set.of(
            REFERENCES,
            ORGANISATION,
            RECEIVED,
            PURPOSES,
            HISTORIC_SOURCE,
            DECISION_OUTCOME,
            COURT,
            COURT_ORDER_MADE,
            DESTRUCTION_METHOD);

    private final String path;
    private final Kind kind;
    /** From the state to the value, by way of the parts that hold it. */
    private final List<Component> components;

    Field(String path, Kind kind) {
        this.path = path;
        this.kind = kind;
        this.components = componentsOf(path);
    }

    private static List<Component> componentsOf(String path) {
        List<Component> components = new ArrayList<>();
        Class<?> type = RequestState.class;
        for (String name : path.split("\\.", -1)) {
            Optional<Component> found = Component.find(type, name);
            if (found.isEmpty() && components.isEmpty()) {
                // what was asked stands at the top of a request
                components.add(Component.find(type, "ask").orElseThrow());
                found = Component.find(Ask.class, name);
            }
            components.add(found.orElseThrow());
            type = components.getLast().type();
        }
        return List.copyOf(components);
    }

    public static Optional<Field> parse(String path) {
        for (Field field : values()) {
            if (field.path.equals(path)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** As written in a correction, such as {@code match.matched}. */
    public String path() {
        return path;
    }

    /** As RFC 6901 points to it in a request. */
    String pointer() {
        return "/" + path.replace('.', '/');
    }

    /** Whether it is part of a stage. */
    boolean isOf(Class<? extends Stage> stage) {
        return components.getFirst().type().equals(stage);
    }

    public boolean isDate() {
        return kind == Kind.DATE;
    }

    public boolean isRequired() {
        return REQUIRED.contains(this);
    }

    /** What is wrong with a value for this field, whatever the request; empty where nothing is. */
    public Optional<Misfit> misfit(@Nullable Object json) {
        if (json == null) {
            return isRequired() ? Optional.of(Misfit.MALFORMED) : Optional.empty();
        }
        if (this == DECISION_OUTCOME && !"APPROVED".equals(json) && !"REFUSED".equals(json)) {
            return Optional.of(json instanceof String ? Misfit.UNKNOWN_CODE : Misfit.MALFORMED);
        }
        if (this == HISTORIC_OUTCOME && !"OPEN".equals(json)) {
            return Optional.of(json instanceof String ? Misfit.UNKNOWN_CODE : Misfit.MALFORMED);
        }
        return kind.misfit(json);
    }

    /** Why a value cannot stand in a field. */
    public enum Misfit {
        MALFORMED,
        UNKNOWN_CODE
    }

    /** False where the request has no such stage, source or court order. */
    boolean isIn(RequestState state) {
        return holder(state) != null;
    }

    @Nullable
    Object get(RequestState state) {
        return json(components.getLast().get(present(holder(state))));
    }

    RequestState set(RequestState state, @Nullable Object json) {
        Object now = isRequired() ? Objects.requireNonNull(json, "a required field") : json;
        return (RequestState) set(state, components, kind.fromJson(now));
    }

    private static Object set(Object whole, List<Component> components, @Nullable Object value) {
        Component first = components.getFirst();
        if (components.size() == 1) {
            return first.with(whole, value);
        }
        Object part = present(first.get(whole));
        return first.with(whole, set(part, components.subList(1, components.size()), value));
    }

    /** The part of the request that has the value itself, if it is there. */
    private @Nullable Object holder(RequestState state) {
        Object part = state;
        for (int i = 0; i < components.size() - 1 && part != null; i++) {
            part = components.get(i).get(part);
        }
        return part;
    }

    private static Object present(@Nullable Object part) {
        return Objects.requireNonNull(part, "the request has no such part");
    }

    /** Lists of items, references and returns are equal in any order, also those within a return. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(inAnyOrder(one), inAnyOrder(other));
    }

    private static @Nullable Object inAnyOrder(@Nullable Object json) {
        return switch (json) {
            case List<?> list -> {
                Map<Object, Integer> times = new HashMap<>();
                list.forEach(element -> times.merge(Objects.requireNonNull(inAnyOrder(element)), 1, Integer::sum));
                yield times;
            }
            case Map<?, ?> object -> {
                Map<Object, @Nullable Object> members = new HashMap<>();
                object.forEach((name, value) -> members.put(Objects.requireNonNull(name), inAnyOrder(value)));
                yield members;
            }
            case null, default -> json;
        };
    }

    private static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Individuals.NotStated notStated -> null;
            case Individuals.Stated(int count) -> Long.valueOf(count);
            case Code code -> code.code();
            case List<?> list -> list.stream().map(Field::json).toList();
            case Stage.Return told -> object("individuals", told.individuals(), "items", told.items());
            case Stage.OfReference told ->
                object(
                        "reference", told.reference(),
                        "answered", told.answered(),
                        "returned", told.returned(),
                        "items", told.items());
            default -> value.toString();
        };
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) Objects.requireNonNull(namesAndValues[i]), json(namesAndValues[i + 1]));
        }
        return object;
    }

    /** How values of a kind are read from JSON, and whether a text that is none is an unknown code. */
    private record Kind(Function<Object, Object> read, boolean isCode) {
        static final Kind COUNT = new Kind(json -> Individuals.of(Math.toIntExact((Long) json)), false);
        static final Kind DATE =
                new Kind(json -> BusinessDate.parse((String) json).orElseThrow(), false);
        static final Kind SOURCE_REFERENCE = new Kind(json -> new SourceReference((String) json), false);
        static final Kind ORGANISATION = new Kind(json -> new OrganisationCode((String) json), true);
        static final Kind AGREEMENT = new Kind(json -> new AgreementReference((String) json), true);
        static final Kind REFERENCES = new Kind(json -> list(json, Requests.MAX, Reference::new), false);
        static final Kind ITEMS =
                new Kind(json -> list(json, Item.values().length, text -> code(Item.class, text)), false);

        static final Kind PURPOSES =
                new Kind(json -> list(json, Purpose.values().length, text -> code(Purpose.class, text)), false);
        static final Kind RETURNS = new Kind(
                json -> objects(
                        json,
                        Set.of("individuals", "items"),
                        object -> new Stage.Return(
                                count(object.get("individuals")), Objects.requireNonNull(items(object.get("items"))))),
                false);
        static final Kind OF_REFERENCES = new Kind(
                json -> objects(
                        json,
                        Set.of("reference", "answered", "returned", "items"),
                        object -> new Stage.OfReference(
                                new Reference((String) Objects.requireNonNull(object.get("reference"))),
                                count(object.get("answered")),
                                count(object.get("returned")),
                                items(object.get("items")))),
                false);

        private static Individuals count(@Nullable Object json) {
            return json == null ? Individuals.notStated() : Individuals.of(Math.toIntExact((Long) json));
        }

        @SuppressWarnings("unchecked") // the kind of items reads a list of them
        private static @Nullable List<Item> items(@Nullable Object json) {
            return json == null ? null : (List<Item>) ITEMS.read().apply(json);
        }

        private static <V> List<V> objects(Object json, Set<String> members, Function<Map<?, ?>, V> read) {
            List<?> elements = (List<?>) json;
            if (elements.size() > Requests.MAX) {
                throw new IllegalArgumentException("too many");
            }
            List<V> objects = new ArrayList<>();
            for (Object element : elements) {
                Map<?, ?> object = (Map<?, ?>) element;
                if (!members.containsAll(object.keySet())) {
                    throw new IllegalArgumentException("an unknown member");
                }
                objects.add(read.apply(object));
            }
            return objects;
        }

        static <E extends Enum<E> & Code> Kind of(Class<E> list) {
            return new Kind(json -> code(list, (String) json), true);
        }

        /** Tells an unknown code of a list from a value of a wrong shape. */
        private static final class UnknownCode extends RuntimeException {}

        private static <E extends Enum<E> & Code> E code(Class<E> list, String text) {
            return Code.parse(list, text).orElseThrow(UnknownCode::new);
        }

        private static <V> List<V> list(Object json, int most, Function<String, V> read) {
            List<?> elements = (List<?>) json;
            if (elements.size() > most || Set.copyOf(elements).size() < elements.size()) {
                throw new IllegalArgumentException("too many, or repeated");
            }
            return elements.stream().map(text -> read.apply((String) text)).toList();
        }

        @Nullable
        Object fromJson(@Nullable Object json) {
            Individuals absent = this == COUNT ? Individuals.notStated() : null;
            return json == null ? absent : read.apply(json);
        }

        Optional<Misfit> misfit(Object json) {
            try {
                Objects.requireNonNull(read.apply(json));
                return Optional.empty();
            } catch (UnknownCode e) {
                return Optional.of(Misfit.UNKNOWN_CODE);
            } catch (RuntimeException e) {
                boolean unknown = isCode && json instanceof String;
                return Optional.of(unknown ? Misfit.UNKNOWN_CODE : Misfit.MALFORMED);
            }
        }
    }
}
