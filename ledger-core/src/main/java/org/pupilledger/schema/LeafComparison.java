package org.pupilledger.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Goes through a leaf and an event at once, so that neither is parsed or written. For one comparison. */
final class LeafComparison {
    private static final byte[] AGGREGATE_ID = ascii("{\"aggregateId\":\"");
    private static final byte[] AGGREGATE_TYPE = ascii("\",\"aggregateType\":\"");
    private static final byte[] EVENT_ID = ascii("\",\"eventId\":\"");
    private static final byte[] METADATA_DIGEST = ascii("\",\"metadataDigest\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":");
    private static final byte[] METADATA = ascii("\",\"metadata\":");
    private static final byte[] RECORDED_AT = ascii(",\"recordedAt\":\"");
    private static final byte[] REVISION = ascii("\",\"rev\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] TYPE = ascii(",\"type\":\"");
    private static final byte[] END = ascii("\",\"v\":\"" + Leaf.VERSION + "\"}");

    private final byte[] leaf;
    private int at;
    private int digestAt;
    private int payloadAt;

    LeafComparison(byte[] leaf) {
        this.leaf = leaf;
    }

    /** @param metadataDigest of the event's metadata, as {@link Leaf#metadataDigest} */
    boolean isOf(StoredEvent event, String metadataDigest) {
        return comes(AGGREGATE_ID)
                && comesQuoted(event.aggregateId())
                && comes(AGGREGATE_TYPE)
                && comesQuoted(event.aggregateType())
                && comes(EVENT_ID)
                && comesQuoted(event.eventId())
                && comesDigest(metadataDigest)
                // verbatim; and where it ends is not in doubt, see Authenticity
                && comes(event.payload())
                && comes(RECORDED_AT)
                && comesQuoted(event.recordedAt())
                && comes(REVISION)
                && comes(ascii(Integer.toString(event.revision())))
                && comes(SEQUENCE)
                && comes(ascii(Long.toString(event.sequence())))
                && comes(TYPE)
                && comesQuoted(event.type())
                && comes(END)
                && at == leaf.length;
    }

    private boolean comes(byte[] expected) {
        int from = at;
        at += expected.length;
        return at <= leaf.length && Arrays.equals(expected, 0, expected.length, leaf, from, at);
    }

    /** What the text is between quotes. */
    private boolean comesQuoted(String text) {
        int length = text.length();
        if (length > leaf.length - at) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                return comesEscaped(text.substring(i));
            }
            if (leaf[at] != c) {
                return false;
            }
            at++;
            if (at == leaf.length) {
                return false;
            }
        }
        return true;
    }

    private boolean comesEscaped(String text) {
        byte[] quoted;
        try {
            quoted = CanonicalWriter.bytesOf(text);
        } catch (IllegalArgumentException e) {
            // a lone surrogate, which no leaf has
            return false;
        }
        return comes(Arrays.copyOfRange(quoted, 1, quoted.length - 1));
    }

    private boolean comesDigest(String digest) {
        digestAt = at;
        boolean isNext = comes(METADATA_DIGEST) && comes(ascii(digest));
        payloadAt = at;
        return isNext && comes(PAYLOAD);
    }

    /**
     * The leaf with metadata in the place of their digest, once it was found to be that of the event: what is authenticated of
     * it, see {@link Authenticity}.
     *
     * @param unsalted canonical JSON
     */
    byte[] withMetadata(byte[] unsalted) {
        int rest = payloadAt + 1; // after the quote that ends the digest
        return ByteBuffer.allocate(digestAt + METADATA.length + unsalted.length + leaf.length - rest)
                .put(leaf, 0, digestAt)
                .put(METADATA)
                .put(unsalted)
                .put(leaf, rest, leaf.length - rest)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
