package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalReader.Span;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.Form;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.coverage.CoverageEvent;
import org.pupilledger.coverage.CoverageEvent.ProposalDropped;
import org.pupilledger.coverage.CoverageEvent.WithdrawalProposed;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.organisation.OrganisationEvent.ChangeProposed;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.publication.EditionEvent.RevisionPreviewed;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.request.RequestEvent.DisclosedFurther;
import org.pupilledger.request.RequestEvent.OverrideRecorded;
import org.pupilledger.request.RequestEvent.ReferenceAdded;
import org.pupilledger.request.RequestEvent.ReferenceRefused;
import org.pupilledger.spans.PeriodTotalEvent;
import org.pupilledger.statement.StatementEvent;
import org.pupilledger.statement.StatementEvent.RecipientsTold;

/**
 * Every event's own name and version, and its canonical JSON. What was ever written stays readable: a new form of an
 * event is a new version, and an {@link Upcaster} brings the old form up to it. To add an event, add its shape beside
 * those of its room, a line to {@link #all()} and a golden sample to the tests.
 */
public final class EventTypes {
    /** One form of one event. */
    public record EventType<E>(String name, int version, Class<E> event, Form<E> form) {}

    /** Turns the members of version {@code from} into those of version {@code from + 1}. */
    public record Upcaster(String name, int from, UnaryOperator<Map<String, @Nullable Object>> upcast) {
        /**
         * Gives an object a member that version {@code from} does not have.
         *
         * @throws IllegalArgumentException it is there, so what claims to be of that version is of another
         */
        static void add(Map<String, @Nullable Object> object, String name, @Nullable Object value) {
            if (object.containsKey(name)) {
                throw new IllegalArgumentException("a member of a later version");
            }
            object.put(name, value);
        }
    }

    private final Map<Class<?>, EventType<?>> byClass = new HashMap<>();
    private final Map<String, EventType<?>> byName = new HashMap<>();
    private final List<Named> named = new ArrayList<>();
    private final List<Upcaster> upcasters;

    EventTypes(List<EventType<?>> types, List<Upcaster> upcasters) {
        for (EventType<?> type : types) {
            byClass.put(type.event(), type);
            byName.put(type.name(), type);
            named.add(new Named(type.name().getBytes(StandardCharsets.US_ASCII), type));
        }
        this.upcasters = List.copyOf(upcasters);
    }

    /** All events that this version of the ledger writes, and the older forms that it reads. */
    public static EventTypes current() {
        return new EventTypes(
                all(),
                Stream.of(AgreementJson.UPCASTERS, RequestUpcasters.ALL, StatementJson.UPCASTERS)
                        .flatMap(List::stream)
                        .toList());
    }

    static List<EventType<?>> all() {
        return List.of(
                type("ledger.opened", 1, LedgerEvent.Opened.class, LedgerJson.OPENED),
                type("ledger.key-introduced", 1, LedgerEvent.KeyIntroduced.class, LedgerJson.KEY_INTRODUCED),
                type("ledger.key-retired", 1, LedgerEvent.KeyRetired.class, LedgerJson.KEY_RETIRED),
                type("edition.scheduled", 1, EditionEvent.Scheduled.class, EditionJson.SCHEDULED),
                type("edition.rescheduled", 1, EditionEvent.Rescheduled.class, EditionJson.RESCHEDULED),
                type("edition.previewed", 1, EditionEvent.Previewed.class, EditionJson.PREVIEWED),
                type("edition.released", 1, EditionEvent.Released.class, EditionJson.RELEASED),
                type("edition.revision-previewed", 1, RevisionPreviewed.class, EditionJson.REVISION_PREVIEWED),
                type("edition.revised", 1, EditionEvent.Revised.class, EditionJson.REVISED),
                type("organisation.registered", 1, OrganisationEvent.Registered.class, OrganisationJson.REGISTERED),
                type("organisation.changed", 1, OrganisationEvent.Changed.class, OrganisationJson.CHANGED),
                type("organisation.change-proposed", 1, ChangeProposed.class, OrganisationJson.CHANGE_PROPOSED),
                type("agreement.registered", 2, AgreementEvent.Registered.class, AgreementJson.REGISTERED),
                type("agreement.amended", 2, AgreementEvent.Amended.class, AgreementJson.AMENDED),
                type("agreement.suspended", 1, AgreementEvent.Suspended.class, AgreementJson.SUSPENDED),
                type("agreement.resumed", 1, AgreementEvent.Resumed.class, AgreementJson.RESUMED),
                type("agreement.ended", 1, AgreementEvent.Ended.class, AgreementJson.ENDED),
                type("agreement.listed", 1, AgreementEvent.Listed.class, AgreementJson.LISTED),
                type("agreement.unlisted", 1, AgreementEvent.Unlisted.class, AgreementJson.UNLISTED),
                type("agreement.corrected", 1, AgreementEvent.Corrected.class, AgreementJson.CORRECTED),
                type("agreement.annulled", 1, AgreementEvent.Annulled.class, AgreementJson.ANNULLED),
                type("matching-request.received", 2, RequestEvent.Received.class, RequestJson.RECEIVED),
                type("matching-request.reference-added", 1, ReferenceAdded.class, RequestJson.REFERENCE_ADDED),
                type("matching-request.reference-refused", 1, ReferenceRefused.class, RequestJson.REFERENCE_REFUSED),
                type("matching-request.override-recorded", 2, OverrideRecorded.class, RequestJson.OVERRIDE_RECORDED),
                type("matching-request.decided", 2, RequestEvent.Decided.class, RequestJson.DECIDED),
                type("matching-request.withdrawn", 2, RequestEvent.Withdrawn.class, RequestJson.WITHDRAWN),
                type("matching-request.matched", 2, RequestEvent.Matched.class, RequestJson.MATCHED),
                type("matching-request.disclosed", 2, RequestEvent.Disclosed.class, RequestJson.DISCLOSED),
                type("matching-request.disclosed-further", 1, DisclosedFurther.class, RequestJson.DISCLOSED_FURTHER),
                type("matching-request.destroyed", 2, RequestEvent.Destroyed.class, RequestJson.DESTROYED),
                type("matching-request.closed", 2, RequestEvent.Closed.class, RequestJson.CLOSED),
                type("matching-request.corrected", 2, RequestEvent.Corrected.class, RequestJson.CORRECTED),
                type("matching-request.annulled", 2, RequestEvent.Annulled.class, RequestJson.ANNULLED),
                type("coverage.proposed", 1, CoverageEvent.Proposed.class, CoverageJson.PROPOSED),
                type("coverage.declared", 1, CoverageEvent.Declared.class, CoverageJson.DECLARED),
                type("coverage.withdrawal-proposed", 1, WithdrawalProposed.class, CoverageJson.WITHDRAWAL_PROPOSED),
                type("coverage.withdrawn", 1, CoverageEvent.Withdrawn.class, CoverageJson.WITHDRAWN),
                type("coverage.proposal-dropped", 1, ProposalDropped.class, CoverageJson.PROPOSAL_DROPPED),
                type("period-total.recorded", 1, PeriodTotalEvent.Recorded.class, PeriodTotalJson.RECORDED),
                type("period-total.corrected", 1, PeriodTotalEvent.Corrected.class, PeriodTotalJson.CORRECTED),
                type("period-total.annulled", 1, PeriodTotalEvent.Annulled.class, PeriodTotalJson.ANNULLED),
                type("statement.made", 2, StatementEvent.Made.class, StatementJson.MADE),
                type("statement.corrected", 2, StatementEvent.Corrected.class, StatementJson.CORRECTED),
                type("statement.recipients-told", 2, RecipientsTold.class, StatementJson.RECIPIENTS_TOLD),
                type("statement.annulled", 1, StatementEvent.Annulled.class, StatementJson.ANNULLED));
    }

    private static <E> EventType<E> type(String name, int version, Class<E> event, Form<E> form) {
        return new EventType<>(name, version, event, form);
    }

    /** The name and version under which an event of this class is written; null for what is no event. */
    public @Nullable EventType<?> typeOf(Class<?> event) {
        return byClass.get(event);
    }

    /** The current form of the event of this name; null where there is none. */
    public @Nullable EventType<?> typeOf(String name) {
        return byName.get(name);
    }

    /** Canonical JSON of an event, in its current version. */
    public byte[] encode(Object event) {
        EventType<?> type = byClass.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("no event: " + event.getClass().getName());
        }
        CanonicalWriter out = new CanonicalWriter();
        write(type, out, event);
        return out.toByteArray();
    }

    private static <E> void write(EventType<E> type, CanonicalWriter out, Object event) {
        type.form().write(out, type.event().cast(event));
    }

    /**
     * Reads an event in the form in which it was written.
     *
     * @throws UnreadableEvent where the name or version is unknown or the payload is not what they promise
     */
    public Object decode(String name, int version, byte[] payload) {
        EventType<?> type = known(name, version);
        byte[] current = version == type.version() ? payload : upcast(name, version, type.version(), payload);
        return read(type, new CanonicalReader(current));
    }

    /** Reads an event out of a larger text; a replay does so a million times, so no text is copied to find its type. */
    Object decode(Span name, int version, byte[] bytes, Span payload) {
        for (Named named : named) {
            if (name.equals(named.bytes(), bytes) && named.type().version() == version) {
                return read(named.type(), new CanonicalReader(bytes, payload.from(), payload.to()));
            }
        }
        return decode(name.in(bytes), version, Arrays.copyOfRange(bytes, payload.from(), payload.to()));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is used
    private record Named(byte[] bytes, EventType<?> type) {}

    private static Object read(EventType<?> type, CanonicalReader in) {
        try {
            Object event = type.form().read(in);
            in.end();
            return event;
        } catch (IllegalArgumentException e) {
            throw new UnreadableEvent("a value out of range in " + type.name());
        }
    }

    private EventType<?> known(String name, int version) {
        EventType<?> type = byName.get(name);
        if (type == null || version > type.version()) {
            throw new UnreadableEvent("an event type or version that this program does not know");
        }
        return type;
    }

    private byte[] upcast(String name, int from, int to, byte[] payload) {
        Map<String, @Nullable Object> now = CanonicalReader.objectOf(payload, "an event that is no object");
        for (int version = from; version < to; version++) {
            now = upcast(upcaster(name, version), now);
        }
        return CanonicalWriter.bytesOf(now);
    }

    /** An upcaster trusts the members to be those of its version; where they are not, it fails in its own way. */
    private static Map<String, @Nullable Object> upcast(Upcaster upcaster, Map<String, @Nullable Object> members) {
        try {
            return upcaster.upcast().apply(members);
        } catch (RuntimeException e) {
            throw new UnreadableEvent("not what version " + upcaster.from() + " of " + upcaster.name() + " promises");
        }
    }

    private Upcaster upcaster(String name, int version) {
        List<Upcaster> found = new ArrayList<>(upcasters);
        found.removeIf(upcaster -> !upcaster.name().equals(name) || upcaster.from() != version);
        if (found.size() != 1) {
            throw new UnreadableEvent("no way up from version " + version + " of " + name);
        }
        return found.getFirst();
    }
}
