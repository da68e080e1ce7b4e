package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalReader.Span;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;

/**
 * One entry of the ledger: an event bound to its place in its aggregate, as RFC 8785 canonical JSON that is stored
 * verbatim. Metadata enters only as a salted digest, so that a leaf cannot be guessed from its public fields.
 *
 * <p>Shape: {@code {"aggregateId","aggregateType","eventId","metadataDigest","payload":{...},"recordedAt","rev",
 * "sequence","type","v":"pupil-ledger/1"}}; at most {@value #MAX_BYTES} bytes.
 */
public final class Leaf {
    public static final int MAX_BYTES = 65_535;

    /** Metadata: 32 bytes in base64 that nobody can guess, never shown or logged; see {@link Authenticity}. */
    public static final String SALT = "salt";

    static final String VERSION = "pupil-ledger/1";
    private static final byte[] VERSION_BYTES = VERSION.getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final Span payload;
    private final Span aggregateId;
    private final Span recordedAt;
    private final Span type;
    private final int revision;
    private final long sequence;

    private Leaf(
            byte[] bytes, Span payload, Span aggregateId, Span recordedAt, Span type, int revision, long sequence) {
        this.bytes = bytes;
        this.payload = payload;
        this.aggregateId = aggregateId;
        this.recordedAt = recordedAt;
        this.type = type;
        this.revision = revision;
        this.sequence = sequence;
    }

    /**
     * An event as it is stored, every column that is trusted.
     *
     * @param recordedAt the clock's claim, ISO 8601 in UTC
     * @param payload    canonical JSON
     * @param metadata   canonical JSON, with the salt
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    public record StoredEvent(
            String aggregateType,
            String aggregateId,
            long sequence,
            String eventId,
            String recordedAt,
            String type,
            int revision,
            byte[] payload,
            byte[] metadata) {}

    /**
     * The bytes to be stored and hashed.
     *
     * @throws UnreadableEvent where payload or metadata are not canonical, the salt is missing, or the leaf is too long or could
     *                         not be parsed
     */
    public static byte[] bytesOf(StoredEvent event) {
        CanonicalReader.objectOf(event.payload(), "a payload that is no object");
        String digest = metadataDigest(event.metadata());
        byte[] leaf = framed(event, out -> out.name("metadataDigest").value(digest));
        if (leaf.length > MAX_BYTES) {
            throw new UnreadableEvent("a leaf of more than " + MAX_BYTES + " bytes");
        }
        // a name with a brace in it, say: what cannot be taken apart must not get a place that it keeps for ever
        return parse(leaf).bytes;
    }

    /** All that is stored of an event, in the order of a leaf, with what stands for the metadata in their place. */
    static byte[] framed(StoredEvent event, UnaryOperator<CanonicalWriter> metadata) {
        CanonicalWriter out = new CanonicalWriter().beginObject();
        out.name("aggregateId").value(event.aggregateId());
        out.name("aggregateType").value(event.aggregateType());
        out.name("eventId").value(event.eventId());
        metadata.apply(out).name("payload").canonical(event.payload());
        out.name("recordedAt").value(event.recordedAt());
        out.name("rev").value(event.revision());
        out.name("sequence").value(event.sequence());
        out.name("type").value(event.type());
        return out.name("v").value(VERSION).endObject().toByteArray();
    }

    /**
     * Tells whether {@link #bytesOf} of an event is this leaf, much faster than by making it.
     *
     * @return false for any mismatch and for anything malformed; never throws
     */
    public static boolean isOf(StoredEvent event, byte[] leafBytes) {
        try {
            return new LeafComparison(leafBytes).isOf(event, metadataDigest(event.metadata()));
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    /** Tells by its first bytes whether a leaf is of an aggregate. */
    public static boolean isOf(String aggregateId, byte[] leafBytes) {
        return beginsWith(head(aggregateId + "\","), leafBytes);
    }

    /** The first bytes of each leaf of an aggregate whose id begins like this, and of no other leaf. */
    public static byte[] head(String idBeginning) {
        return ("{\"aggregateId\":\"" + idBeginning).getBytes(StandardCharsets.US_ASCII);
    }

    /** @param head of {@link #head} */
    public static boolean beginsWith(byte[] head, byte[] leafBytes) {
        return leafBytes.length >= head.length && Arrays.equals(head, 0, head.length, leafBytes, 0, head.length);
    }

    /**
     * Reads the frame of a leaf; the payload only on {@link #event}.
     *
     * @throws UnreadableEvent where the bytes are not a leaf
     */
    public static Leaf parse(byte[] bytes) {
        int payloadTo = payloadEnd(bytes);
        CanonicalReader head = new CanonicalReader(bytes).beginObject();
        Span aggregateId = head.name("aggregateId").span();
        head.name("aggregateType").span();
        head.name("eventId").span();
        head.name("metadataDigest").span();
        head.name("payload");
        CanonicalReader tail = new CanonicalReader(bytes, payloadTo, bytes.length).resumeObject();
        Span recordedAt = tail.name("recordedAt").span();
        int revision = tail.name("rev").count();
        long sequence = tail.name("sequence").number();
        if (sequence < 0) {
            throw new UnreadableEvent("a sequence below 0");
        }
        Span type = tail.name("type").span();
        if (!tail.name("v").span().equals(VERSION_BYTES, bytes)) {
            throw new UnreadableEvent("a leaf of another version");
        }
        tail.endObject();
        tail.end();
        return new Leaf(bytes, new Span(head.at(), payloadTo), aggregateId, recordedAt, type, revision, sequence);
    }

    /** What follows the payload has no brace but the last, so the payload ends at the brace before that. */
    private static int payloadEnd(byte[] bytes) {
        for (int i = bytes.length - 2; i > 0; i--) {
            if (bytes[i] == '}') {
                return i + 1;
            }
        }
        throw new UnreadableEvent("a leaf without a payload");
    }

    /**
     * The event as it was stored, every column that this leaf binds; {@link #isOf} tells whether the metadata are its own.
     *
     * @param metadata canonical JSON, with the salt
     */
    public StoredEvent stored(byte[] metadata) {
        CanonicalReader head = new CanonicalReader(bytes).beginObject();
        head.name("aggregateId").span();
        String aggregateType = head.name("aggregateType").text();
        String eventId = head.name("eventId").text();
        return new StoredEvent(
                aggregateType,
                aggregateId(),
                sequence,
                eventId,
                recordedAt(),
                type(),
                revision,
                Arrays.copyOfRange(bytes, payload.from(), payload.to()),
                metadata);
    }

    /** The event, in its current form. */
    public Object event(EventTypes types) {
        return types.decode(type, revision, bytes, payload);
    }

    public String aggregateId() {
        return aggregateId.in(bytes);
    }

    public String recordedAt() {
        return recordedAt.in(bytes);
    }

    public long sequence() {
        return sequence;
    }

    public String type() {
        return type.in(bytes);
    }

    static String metadataDigest(byte[] metadata) {
        Metadata apart = Metadata.parse(metadata);
        return apart.digest(apart.saltBytes());
    }

    @Override
    public String toString() {
        return "leaf of " + bytes.length + " bytes, " + Arrays.hashCode(bytes);
    }
}
