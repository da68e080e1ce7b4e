package org.pupilledger.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.privacy.Commitment;

/**
 * The metadata of an event, taken apart.
 *
 * @param salt     as it is written
 * @param unsalted canonical JSON of the rest
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record Metadata(String salt, byte[] unsalted) {
    /** @throws UnreadableEvent where it is no canonical object with a salt */
    static Metadata parse(byte[] metadata) {
        CanonicalReader in = new CanonicalReader(metadata).beginObject();
        int begin = in.at();
        String last = null;
        String salt = null;
        int saltFrom = 0;
        int saltTo = 0;
        while (in.hasMember()) {
            int from = in.at();
            String name = in.nameAfter(last);
            last = name;
            Object value = in.tree();
            if (name.equals(Leaf.SALT) && value instanceof String text) {
                salt = text;
                saltFrom = from;
                saltTo = in.at();
            }
        }
        in.endObject();
        in.end();
        if (salt == null) {
            throw new UnreadableEvent("metadata without a salt");
        }
        // a canonical object stays one without a member, if the comma before it goes too, or after it where it was
        // first
        boolean isFirstOfSeveral = saltFrom == begin && metadata[saltTo] == ',';
        return new Metadata(salt, without(metadata, saltFrom, isFirstOfSeveral ? saltTo + 1 : saltTo));
    }

    /** @throws UnreadableEvent where the salt is not written as salts are */
    byte[] saltBytes() {
        try {
            byte[] bytes = Base64.getDecoder().decode(salt.getBytes(StandardCharsets.US_ASCII));
            // base64 has several ways to write the same bytes, and only one is ever written
            if (bytes.length == Commitment.SALT_BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(salt)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UnreadableEvent("a salt that is not " + Commitment.SALT_BYTES + " bytes in base64");
    }

    /**
     * What a leaf says of the metadata.
     *
     * @param bytes of {@link #saltBytes}
     */
    String digest(byte[] bytes) {
        return Base64.getEncoder().encodeToString(Commitment.commit(bytes, unsalted));
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    @Override
    public String toString() {
        return "metadata";
    }
}
