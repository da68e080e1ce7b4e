package org.pupilledger.request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupilledger.organisation.OrganisationCode;
import org.pupilledger.request.Stage.Closure;
import org.pupilledger.request.Stage.CourtOrder;
import org.pupilledger.request.Stage.Decision;
import org.pupilledger.request.Stage.Destruction;
import org.pupilledger.request.Stage.Disclosure;
import org.pupilledger.request.Stage.Match;
import org.pupilledger.request.Stage.Withdrawal;

/**
 * What of a request can be corrected: every count, item list, date and code, and the references. Values go in and out
 * as JSON has them: null, {@code Long}, {@code String} or a list of strings.
 */
@SuppressWarnings({"ImmutableEnumChecker", "ReferenceEquality"}) // the functions hold nothing; kinds are constants
public enum Field {
    REFERENCES("references", Kind.REFERENCES, s -> s.ask().references(), Field::references),
    ORGANISATION(
            "organisation",
            Kind.ORGANISATION,
            s -> s.ask().organisation(),
            (s, v) -> s.with(s.ask().withOrganisation((OrganisationCode) required(v)))),
    RECEIVED(
            "received",
            Kind.DATE,
            s -> s.ask().received(),
            (s, v) -> s.with(s.ask().withReceived((BusinessDate) required(v)))),
    PURPOSE(
            "purpose",
            Kind.of(Purpose.class),
            s -> s.ask().purpose(),
            (s, v) -> s.with(s.ask().withPurpose((Purpose) required(v)))),
    GATEWAY(
            "gateway",
            Kind.of(Gateway.class),
            s -> s.ask().gateway(),
            (s, v) -> s.with(s.ask().withGateway((Gateway) required(v)))),
    LAWFUL_BASIS(
            "lawfulBasis",
            Kind.of(LawfulBasis.class),
            s -> s.ask().lawfulBasis(),
            (s, v) -> s.with(s.ask().withLawfulBasis((LawfulBasis) v))),
    AGREEMENT(
            "agreement",
            Kind.AGREEMENT,
            s -> s.ask().agreement(),
            (s, v) -> s.with(s.ask().withAgreement((AgreementReference) v))),
    SUBMITTED_INDIVIDUALS(
            "submitted.individuals", Kind.COUNT, s -> s.ask().submitted().individuals(), (s, v) -> {
                Submitted was = s.ask().submitted();
                return submitted(s, count(v), was.items(), was.rowsReceived(), was.duplicates(), was.invalid());
            }),
    SUBMITTED_ITEMS("submitted.items", Kind.ITEMS, s -> s.ask().submitted().items(), (s, v) -> {
        Submitted was = s.ask().submitted();
        return submitted(s, was.individuals(), items(v), was.rowsReceived(), was.duplicates(), was.invalid());
    }),
    SUBMITTED_ROWS_RECEIVED(
            "submitted.rowsReceived", Kind.COUNT, s -> s.ask().submitted().rowsReceived(), (s, v) -> {
                Submitted was = s.ask().submitted();
                return submitted(s, was.individuals(), was.items(), count(v), was.duplicates(), was.invalid());
            }),
    SUBMITTED_DUPLICATES(
            "submitted.duplicates", Kind.COUNT, s -> s.ask().submitted().duplicates(), (s, v) -> {
                Submitted was = s.ask().submitted();
                return submitted(s, was.individuals(), was.items(), was.rowsReceived(), count(v), was.invalid());
            }),
    SUBMITTED_INVALID("submitted.invalid", Kind.COUNT, s -> s.ask().submitted().invalid(), (s, v) -> {
        Submitted was = s.ask().submitted();
        return submitted(s, was.individuals(), was.items(), was.rowsReceived(), was.duplicates(), count(v));
    }),
    REQUESTED_ITEMS(
            "requestedItems",
            Kind.ITEMS,
            s -> s.ask().requestedItems(),
            (s, v) -> s.with(s.ask().withRequestedItems(items(v)))),
    HISTORIC_SOURCE(
            "historic.source",
            Kind.of(Source.class),
            s -> historic(s).source(),
            (s, v) -> s.with(s.ask()
                    .withHistoric(new Historic(
                            (Source) required(v),
                            historic(s).reference(),
                            historic(s).published())))),
    HISTORIC_REFERENCE(
            "historic.reference",
            Kind.SOURCE_REFERENCE,
            s -> historic(s).reference(),
            (s, v) -> s.with(s.ask()
                    .withHistoric(new Historic(
                            historic(s).source(),
                            (SourceReference) v,
                            historic(s).published())))),
    HISTORIC_PUBLISHED(
            "historic.published",
            Kind.DATE,
            s -> historic(s).published(),
            (s, v) -> s.with(s.ask()
                    .withHistoric(new Historic(historic(s).source(), historic(s).reference(), (BusinessDate) v)))),
    DECISION_OUTCOME(
            "decision.outcome",
            Kind.of(Outcome.class),
            s -> decision(s).outcome(),
            (s, v) -> s.with(new Decision(
                    (Outcome) required(v),
                    decision(s).on(),
                    decision(s).reason(),
                    decision(s).courtOrder()))),
    DECISION_ON(
            "decision.on",
            Kind.DATE,
            s -> decision(s).on(),
            (s, v) -> s.with(new Decision(
                    decision(s).outcome(),
                    (BusinessDate) v,
                    decision(s).reason(),
                    decision(s).courtOrder()))),
    DECISION_REASON(
            "decision.reason",
            Kind.of(RefusalReason.class),
            s -> decision(s).reason(),
            (s, v) -> s.with(new Decision(
                    decision(s).outcome(),
                    decision(s).on(),
                    (RefusalReason) v,
                    decision(s).courtOrder()))),
    COURT(
            "decision.courtOrder.court",
            Kind.ORGANISATION,
            s -> courtOrder(s).court(),
            (s, v) -> s.with(new Decision(
                    decision(s).outcome(),
                    decision(s).on(),
                    decision(s).reason(),
                    new CourtOrder((OrganisationCode) required(v), courtOrder(s).made())))),
    COURT_ORDER_MADE(
            "decision.courtOrder.made",
            Kind.DATE,
            s -> courtOrder(s).made(),
            (s, v) -> s.with(new Decision(
                    decision(s).outcome(),
                    decision(s).on(),
                    decision(s).reason(),
                    new CourtOrder(courtOrder(s).court(), (BusinessDate) required(v))))),
    WITHDRAWAL_ON(
            "withdrawal.on",
            Kind.DATE,
            s -> present(s.withdrawal()).on(),
            (s, v) -> s.with(new Withdrawal((BusinessDate) v))),
    MATCH_ON(
            "match.on",
            Kind.DATE,
            s -> match(s).on(),
            (s, v) -> s.with(new Match((BusinessDate) v, match(s).matched(), match(s).ambiguous()))),
    MATCHED(
            "match.matched",
            Kind.COUNT,
            s -> match(s).matched(),
            (s, v) -> s.with(new Match(match(s).on(), count(v), match(s).ambiguous()))),
    AMBIGUOUS(
            "match.ambiguous",
            Kind.COUNT,
            s -> match(s).ambiguous(),
            (s, v) -> s.with(new Match(match(s).on(), match(s).matched(), count(v)))),
    DISCLOSURE_ON(
            "disclosure.on",
            Kind.DATE,
            s -> disclosure(s).on(),
            (s, v) -> s.with(new Disclosure(
                    (BusinessDate) v,
                    disclosure(s).answered(),
                    disclosure(s).returned(),
                    disclosure(s).items()))),
    ANSWERED(
            "disclosure.answered",
            Kind.COUNT,
            s -> disclosure(s).answered(),
            (s, v) -> s.with(new Disclosure(
                    disclosure(s).on(),
                    count(v),
                    disclosure(s).returned(),
                    disclosure(s).items()))),
    RETURNED(
            "disclosure.returned",
            Kind.COUNT,
            s -> disclosure(s).returned(),
            (s, v) -> s.with(new Disclosure(
                    disclosure(s).on(),
                    disclosure(s).answered(),
                    count(v),
                    disclosure(s).items()))),
    DISCLOSURE_ITEMS(
            "disclosure.items",
            Kind.ITEMS,
            s -> disclosure(s).items(),
            (s, v) -> s.with(new Disclosure(
                    disclosure(s).on(), disclosure(s).answered(), disclosure(s).returned(), items(v)))),
    DESTRUCTION_ON(
            "destruction.on",
            Kind.DATE,
            s -> destruction(s).on(),
            (s, v) -> s.with(new Destruction((BusinessDate) v, destruction(s).method()))),
    DESTRUCTION_METHOD(
            "destruction.method",
            Kind.of(DestructionMethod.class),
            s -> destruction(s).method(),
            (s, v) -> s.with(new Destruction(destruction(s).on(), (DestructionMethod) required(v)))),
    CLOSURE_ON(
            "closure.on", Kind.DATE, s -> present(s.closure()).on(), (s, v) -> s.with(new Closure((BusinessDate) v)));

    /** Fields that no request can be without. */
    private static final Set<Field> REQUIRED = Set.of(
            REFERENCES,
            ORGANISATION,
            RECEIVED,
            PURPOSE,
            GATEWAY,
            HISTORIC_SOURCE,
            DECISION_OUTCOME,
            COURT,
            COURT_ORDER_MADE,
            DESTRUCTION_METHOD);

    private final String path;
    private final String stage;
    private final Kind kind;
    private final Function<RequestState, @Nullable Object> get;
    private final BiFunction<RequestState, @Nullable Object, RequestState> set;

    Field(
            String path,
            Kind kind,
            Function<RequestState, @Nullable Object> get,
            BiFunction<RequestState, @Nullable Object, RequestState> set) {
        this.path = path;
        this.stage = path.substring(0, Math.max(0, path.indexOf('.')));
        this.kind = kind;
        this.get = get;
        this.set = set;
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
        return kind.misfit(json);
    }

    /** Why a value cannot stand in a field. */
    public enum Misfit {
        MALFORMED,
        UNKNOWN_CODE
    }

    /** False where the request has no such stage, source or court order. */
    boolean isIn(RequestState state) {
        return switch (stage) {
            case "historic" -> state.ask().historic() != null;
            case "decision" ->
                state.decision() != null
                        && (!path.startsWith("decision.courtOrder")
                                || state.decision().courtOrder() != null);
            case "withdrawal" -> state.withdrawal() != null;
            case "match" -> state.match() != null;
            case "disclosure" -> state.disclosure() != null;
            case "destruction" -> state.destruction() != null;
            case "closure" -> state.closure() != null;
            default -> true;
        };
    }

    @Nullable
    Object get(RequestState state) {
        return kind.toJson(get.apply(state));
    }

    RequestState set(RequestState state, @Nullable Object json) {
        return set.apply(state, kind.fromJson(json));
    }

    /** Lists of items and references are equal in any order. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof List<?> left && other instanceof List<?> right) {
            return left.size() == right.size() && Set.copyOf(left).equals(Set.copyOf(right));
        }
        return Objects.equals(one, other);
    }

    private static RequestState references(RequestState state, @Nullable Object references) {
        return state.with(state.ask()
                .withReferences(((List<?>) required(references))
                        .stream().map(Reference.class::cast).toList()));
    }

    private static RequestState submitted(
            RequestState state,
            Individuals individuals,
            @Nullable List<Item> items,
            Individuals rowsReceived,
            Individuals duplicates,
            Individuals invalid) {
        return state.with(
                state.ask().withSubmitted(new Submitted(individuals, items, rowsReceived, duplicates, invalid)));
    }

    private static Individuals count(@Nullable Object count) {
        return (Individuals) required(count);
    }

    private static @Nullable List<Item> items(@Nullable Object items) {
        return items == null
                ? null
                : ((List<?>) items).stream().map(Item.class::cast).toList();
    }

    private static Historic historic(RequestState state) {
        return present(state.ask().historic());
    }

    private static Decision decision(RequestState state) {
        return present(state.decision());
    }

    private static CourtOrder courtOrder(RequestState state) {
        return present(decision(state).courtOrder());
    }

    private static Match match(RequestState state) {
        return present(state.match());
    }

    private static Disclosure disclosure(RequestState state) {
        return present(state.disclosure());
    }

    private static Destruction destruction(RequestState state) {
        return present(state.destruction());
    }

    private static <T> T present(@Nullable T part) {
        return Objects.requireNonNull(part, "the request has no such part");
    }

    private static Object required(@Nullable Object value) {
        return Objects.requireNonNull(value, "a required field");
    }

    /** How values of a kind are written in JSON. */
    private record Kind(
            Function<Object, Object> read,
            Function<Object, @Nullable Object> write,
            boolean isCode,
            @Nullable Object absent) {
        static final Kind COUNT = new Kind(
                json -> Individuals.of(Math.toIntExact((Long) json)),
                value -> {
                    Integer count = ((Individuals) value).orNull();
                    return count == null ? null : Long.valueOf(count);
                },
                false,
                Individuals.notStated());
        static final Kind DATE =
                new Kind(json -> BusinessDate.parse((String) json).orElseThrow(), Object::toString, false, null);
        static final Kind SOURCE_REFERENCE =
                new Kind(json -> new SourceReference((String) json), Object::toString, false, null);
        static final Kind ORGANISATION =
                new Kind(json -> new OrganisationCode((String) json), Object::toString, true, null);
        static final Kind AGREEMENT =
                new Kind(json -> new AgreementReference((String) json), Object::toString, true, null);
        static final Kind REFERENCES = new Kind(
                json -> distinct((List<?>) json, Requests.MAX).stream()
                        .map(text -> new Reference((String) text))
                        .toList(),
                value -> ((List<?>) value).stream().map(Object::toString).toList(),
                false,
                null);
        static final Kind ITEMS = new Kind(
                json -> distinct((List<?>) json, Item.values().length).stream()
                        .map(text -> Code.parse(Item.class, (String) text).orElseThrow(UnknownCode::new))
                        .toList(),
                value -> ((List<?>) value)
                        .stream().map(item -> ((Item) item).code()).toList(),
                false,
                null);

        static <E extends Enum<E> & Code> Kind of(Class<E> list) {
            return new Kind(
                    json -> Code.parse(list, (String) json).orElseThrow(UnknownCode::new),
                    value -> list.cast(value).code(),
                    true,
                    null);
        }

        /** Tells an unknown code of a list from a value of a wrong shape. */
        private static final class UnknownCode extends RuntimeException {}

        @Nullable
        Object fromJson(@Nullable Object json) {
            return json == null ? absent : read.apply(json);
        }

        @Nullable
        Object toJson(@Nullable Object value) {
            return value == null ? null : write.apply(value);
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

        private static List<?> distinct(List<?> elements, int most) {
            if (elements.size() > most || Set.copyOf(elements).size() < elements.size()) {
                throw new IllegalArgumentException("too many, or repeated");
            }
            return elements;
        }
    }
}
