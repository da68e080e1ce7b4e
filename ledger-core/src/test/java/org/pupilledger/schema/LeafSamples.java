package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.pupilledger.schema.Leaf.StoredEvent;

/** Events as they are stored, to make leaves of. */
final class LeafSamples {
    /** Bytes 0 to 31. */
    static final byte[] SALT = salt();

    static final String METADATA = "{\"actor\":\"a1\",\"commandId\":\"c1\",\"role\":\"RECORDER\",\"salt\":\""
            + Base64.getEncoder().encodeToString(SALT) + "\"}";

    private LeafSamples() {}

    static StoredEvent stored(String type, int revision, byte[] payload, String metadata) {
        return new StoredEvent(
                "matching-request",
                "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
                4,
                "0e37df36-f698-11e6-8dd4-cb9ced3df976",
                "2024-03-04T10:15:30.123456Z",
                type,
                revision,
                payload,
                metadata.getBytes(UTF_8));
    }

    static byte[] leaf(String type, int revision, byte[] payload) {
        return Leaf.bytesOf(stored(type, revision, payload, METADATA));
    }

    static byte[] leaf(Object event) {
        EventTypes.EventType<?> type = EventSamples.typeOf(event);
        return leaf(type.name(), type.version(), EventTypes.current().encode(event));
    }

    private static byte[] salt() {
        byte[] salt = new byte[32];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) i;
        }
        return salt;
    }
}
