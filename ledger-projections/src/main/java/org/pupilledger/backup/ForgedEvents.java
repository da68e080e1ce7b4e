package org.pupilledger.backup;

import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.seal.EventKeys;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.KeyHistory;

/** The first event that nobody with a key at hand appended, since a key was retired that is not at hand. */
final class ForgedEvents {
    private final @Nullable EventKeys atHand;
    private final KeyHistory history;
    private long first = -1;

    /** @param atHand null where nothing can be told */
    ForgedEvents(@Nullable EventKeys atHand, KeyHistory history) {
        this.atHand = atHand;
        this.history = history;
    }

    void look(long position, StoredEvent event) {
        EventKeys keys = atHand;
        if (keys == null) {
            return;
        }
        if (first >= 0 && keys.completeFrom(history, position + 1) > first) {
            first = -1;
        }
        if (first < 0 && !keys.isGenuine(event) && keys.completeFrom(history, position + 1) <= position) {
            first = position;
        }
    }

    /** @throws BackupBroken there is one */
    void refuse() {
        if (first >= 0) {
            throw new BackupBroken(
                    Kind.FORGED,
                    first,
                    "The event at position " + first + " was not appended by a program that holds this ledger's key.");
        }
    }
}
