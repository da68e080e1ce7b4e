package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Goes through a leaf and an event at once, so that neither is parsed or written. */
final class LeafComparison {
    private static final byte[] AGGREGATE_ID = ascii("{\"aggregateId\":\"");
    private static final byte[] AGGREGATE_TYPE = ascii("\",\"aggregateType\":\"");
    private static final byte[] EVENT_ID = ascii("\",\"eventId\":\"");
    private static final byte[] METADATA_DIGEST = ascii("\",\"metadataDigest\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":");
    private static final byte[] RECORDED_AT = ascii(",\"recordedAt\":\"");
    private static final byte[] REVISION = ascii("\",\"rev\":");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final byte[] TYPE = ascii(",\"type\":\"");
    private static final byte[] END = ascii("\",\"v\":\"" + Leaf.VERSION + "\"}");

    private final byte[] leaf;
    private int at;

    LeafComparison(byte[] leaf) {
        this.leaf = leaf;
    }

    boolean isOf(StoredEvent event) {
        return comes(AGGREGATE_ID)
                && comesQuoted(event.aggregateId())
                && comes(AGGREGATE_TYPE)
                && comesQuoted(event.aggregateType())
                && comes(EVENT_ID)
                && comesQuoted(event.eventId())
                && comes(METADATA_DIGEST)
                && comesDigestOf(event.metadata())
                && comes(PAYLOAD)
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

    private boolean comesDigestOf(byte[] metadata) {
        try {
            return comes(ascii(Leaf.metadataDigest(metadata)));
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
