package org.pupilledger.schema;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
        if (!(CanonicalReader.treeOf(metadata) instanceof Map<?, ?> tree)
                || !(tree.get(Leaf.SALT) instanceof String salt)) {
            throw new UnreadableEvent("metadata without a salt");
        }
        Map<String, @Nullable Object> unsalted = new TreeMap<>();
        tree.forEach((name, value) -> unsalted.put((String) name, value));
        unsalted.remove(Leaf.SALT);
        return new Metadata(salt, CanonicalWriter.bytesOf(unsalted));
    }

    @Override
    public String toString() {
        return "metadata";
    }
}
