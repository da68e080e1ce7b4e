package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pupilledger.agreement.AgreementEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.organisation.OrganisationEvent;
import org.pupilledger.publication.EditionEvent;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.CanonicalReader.Span;
import org.pupilledger.statement.StatementEvent;

/**
 * Every event's own name and version, and its canonical JSON. What was ever written stays readable: a new form of an
 * event is a new version, and an {@link Upcaster} brings the old form up to it. To add an event, add a line to
 * {@link #current()} and a golden sample to the tests.
 */
public final class EventTypes {
    /** One form of one event. */
    public record EventType<E>(
            String name,
            int version,
            Class<E> event,
            BiConsumer<CanonicalWriter, E> write,
            Function<CanonicalReader, E> read) {}

    /** Turns the members of version {@code from} into those of version {@code from + 1}. */
    public record Upcaster(String name, int from, UnaryOperator<Map<String, @Nullable Object>> upcast) {}

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
        return new EventTypes(all(), List.of());
    }

    static List<EventType<?>> all() {
        return List.of(
                new EventType<>(
                        "ledger.opened", 1, LedgerEvent.Opened.class, LedgerJson::writeOpened, LedgerJson::readOpened),
                new EventType<>(
                        "ledger.key-introduced",
                        1,
                        LedgerEvent.KeyIntroduced.class,
                        LedgerJson::writeKeyIntroduced,
                        LedgerJson::readKeyIntroduced),
                new EventType<>(
                        "ledger.key-retired",
                        1,
                        LedgerEvent.KeyRetired.class,
                        LedgerJson::writeKeyRetired,
                        LedgerJson::readKeyRetired),
                new EventType<>(
                        "edition.scheduled",
                        1,
                        EditionEvent.Scheduled.class,
                        EditionJson::writeScheduled,
                        EditionJson::readScheduled),
                new EventType<>(
                        "edition.rescheduled",
                        1,
                        EditionEvent.Rescheduled.class,
                        EditionJson::writeRescheduled,
                        EditionJson::readRescheduled),
                new EventType<>(
                        "edition.previewed",
                        1,
                        EditionEvent.Previewed.class,
                        EditionJson::writePreviewed,
                        EditionJson::readPreviewed),
                new EventType<>(
                        "edition.released",
                        1,
                        EditionEvent.Released.class,
                        EditionJson::writeReleased,
                        EditionJson::readReleased),
                new EventType<>(
                        "edition.revision-previewed",
                        1,
                        EditionEvent.RevisionPreviewed.class,
                        EditionJson::writeRevisionPreviewed,
                        EditionJson::readRevisionPreviewed),
                new EventType<>(
                        "edition.revised",
                        1,
                        EditionEvent.Revised.class,
                        EditionJson::writeRevised,
                        EditionJson::readRevised),
                new EventType<>(
                        "organisation.registered",
                        1,
                        OrganisationEvent.Registered.class,
                        OrganisationJson::writeRegistered,
                        OrganisationJson::readRegistered),
                new EventType<>(
                        "organisation.changed",
                        1,
                        OrganisationEvent.Changed.class,
                        OrganisationJson::writeChanged,
                        OrganisationJson::readChanged),
                new EventType<>(
                        "organisation.change-proposed",
                        1,
                        OrganisationEvent.ChangeProposed.class,
                        OrganisationJson::writeChangeProposed,
                        OrganisationJson::readChangeProposed),
                new EventType<>(
                        "agreement.registered",
                        1,
                        AgreementEvent.Registered.class,
                        AgreementJson::writeRegistered,
                        AgreementJson::readRegistered),
                new EventType<>(
                        "agreement.amended",
                        1,
                        AgreementEvent.Amended.class,
                        AgreementJson::writeAmended,
                        AgreementJson::readAmended),
                new EventType<>(
                        "agreement.suspended",
                        1,
                        AgreementEvent.Suspended.class,
                        AgreementJson::writeSuspended,
                        AgreementJson::readSuspended),
                new EventType<>(
                        "agreement.resumed",
                        1,
                        AgreementEvent.Resumed.class,
                        AgreementJson::writeResumed,
                        AgreementJson::readResumed),
                new EventType<>(
                        "agreement.ended",
                        1,
                        AgreementEvent.Ended.class,
                        AgreementJson::writeEnded,
                        AgreementJson::readEnded),
                new EventType<>(
                        "agreement.listed",
                        1,
                        AgreementEvent.Listed.class,
                        AgreementJson::writeListed,
                        AgreementJson::readListed),
                new EventType<>(
                        "agreement.unlisted",
                        1,
                        AgreementEvent.Unlisted.class,
                        AgreementJson::writeUnlisted,
                        AgreementJson::readUnlisted),
                new EventType<>(
                        "matching-request.received",
                        1,
                        RequestEvent.Received.class,
                        RequestJson::writeReceived,
                        RequestJson::readReceived),
                new EventType<>(
                        "matching-request.override-recorded",
                        1,
                        RequestEvent.OverrideRecorded.class,
                        RequestJson::writeOverrideRecorded,
                        RequestJson::readOverrideRecorded),
                new EventType<>(
                        "matching-request.decided",
                        1,
                        RequestEvent.Decided.class,
                        RequestJson::writeDecided,
                        RequestJson::readDecided),
                new EventType<>(
                        "matching-request.withdrawn",
                        1,
                        RequestEvent.Withdrawn.class,
                        RequestJson::writeWithdrawn,
                        RequestJson::readWithdrawn),
                new EventType<>(
                        "matching-request.matched",
                        1,
                        RequestEvent.Matched.class,
                        RequestJson::writeMatched,
                        RequestJson::readMatched),
                new EventType<>(
                        "matching-request.disclosed",
                        1,
                        RequestEvent.Disclosed.class,
                        RequestJson::writeDisclosed,
                        RequestJson::readDisclosed),
                new EventType<>(
                        "matching-request.destroyed",
                        1,
                        RequestEvent.Destroyed.class,
                        RequestJson::writeDestroyed,
                        RequestJson::readDestroyed),
                new EventType<>(
                        "matching-request.closed",
                        1,
                        RequestEvent.Closed.class,
                        RequestJson::writeClosed,
                        RequestJson::readClosed),
                new EventType<>(
                        "matching-request.corrected",
                        1,
                        RequestEvent.Corrected.class,
                        RequestJson::writeCorrected,
                        RequestJson::readCorrected),
                new EventType<>(
                        "matching-request.annulled",
                        1,
                        RequestEvent.Annulled.class,
                        RequestJson::writeAnnulled,
                        RequestJson::readAnnulled),
                new EventType<>(
                        "statement.made",
                        1,
                        StatementEvent.Made.class,
                        StatementJson::writeMade,
                        StatementJson::readMade),
                new EventType<>(
                        "statement.corrected",
                        1,
                        StatementEvent.Corrected.class,
                        StatementJson::writeCorrected,
                        StatementJson::readCorrected),
                new EventType<>(
                        "statement.recipients-told",
                        1,
                        StatementEvent.RecipientsTold.class,
                        StatementJson::writeRecipientsTold,
                        StatementJson::readRecipientsTold));
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
        type.write().accept(out, type.event().cast(event));
    }

    /**
     * Reads an event in the form in which it was written.
     *
     * @throws UnreadableEvent where the name or version is unknown or the payload is not what they promise
     */
    public Object decode(String name, int version, byte[] payload) {
        EventType<?> type = known(name, version);
        byte[] current = version == type.version() ? payload : upcast(name, version, type.version(), payload);
        CanonicalReader in = new CanonicalReader(current);
        Object event = read(type, in);
        in.end();
        return event;
    }

    /** Reads an event out of a larger text; a replay does so a million times, so no text is copied to find its type. */
    Object decode(Span name, int version, byte[] bytes, Span payload) {
        for (Named named : named) {
            if (name.equals(named.bytes(), bytes) && named.type().version() == version) {
                CanonicalReader in = new CanonicalReader(bytes, payload.from(), payload.to());
                Object event = read(named.type(), in);
                in.end();
                return event;
            }
        }
        return decode(name.in(bytes), version, Arrays.copyOfRange(bytes, payload.from(), payload.to()));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is used
    private record Named(byte[] bytes, EventType<?> type) {}

    private static Object read(EventType<?> type, CanonicalReader in) {
        try {
            Object event = type.read().apply(in);
            if (event == null) {
                throw new UnreadableEvent("nothing to read");
            }
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
        if (!(CanonicalReader.treeOf(payload) instanceof Map<?, ?> tree)) {
            throw new UnreadableEvent("an event that is no object");
        }
        Map<String, @Nullable Object> members = new HashMap<>();
        tree.forEach((key, value) -> members.put((String) key, value));
        Map<String, @Nullable Object> now = members;
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
