package org.pupilledger.tlog;

import org.pupilledger.entries.Entry;
import org.pupilledger.schema.Leaf;

/** An entry as it is stored, on its way to where it is read and where a failure to read it is seen. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record StoredEntry(long position, byte[] leaf) {
    /** @throws org.pupilledger.canonical.UnreadableEvent where the bytes are not a leaf */
    Entry read() {
        return new Entry(position, Leaf.parse(leaf));
    }
}
