package org.pupilledger.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;

/** Which keys the log itself says it is signed with, entry by entry. */
public final class KeyHistory {
    private final EventTypes types = EventTypes.current();
    private final List<Change> changes = new ArrayList<>();

    private record Change(long position, VerifierKey key, boolean isIntroduced) {}

    /**
     * Takes note of the next entry; all but those of the ledger itself mean nothing here.
     *
     * @throws UnreadableEvent it is one of the ledger itself, and cannot be read or names a key that is none
     */
    public void add(long position, byte[] leafBytes) {
        if (!Leaf.isOf(LedgerEvent.ID, leafBytes)) {
            return;
        }
        switch ((LedgerEvent) Leaf.parse(leafBytes).event(types)) {
            case LedgerEvent.Opened opened -> {}
            case LedgerEvent.KeyIntroduced introduced -> add(position, introduced.verifierKey(), true);
            case LedgerEvent.KeyRetired retired -> add(position, retired.verifierKey(), false);
        }
    }

    private void add(long position, String verifierKey, boolean isIntroduced) {
        VerifierKey key = VerifierKey.parse(verifierKey)
                .orElseThrow(() -> new UnreadableEvent("entry " + position + " names a key that is none"));
        changes.add(new Change(position, key, isIntroduced));
    }

    /** What the first {@code size} entries say. */
    public KeyHistory among(long size) {
        KeyHistory sealed = new KeyHistory();
        changes.stream().filter(change -> change.position() < size).forEach(sealed.changes::add);
        return sealed;
    }

    /** Every key ever introduced, in order. */
    public List<VerifierKey> all() {
        return introducedAmong(Long.MAX_VALUE);
    }

    /** Every key introduced among the first {@code size} entries, in order. */
    public List<VerifierKey> introducedAmong(long size) {
        return changes.stream()
                .filter(change -> change.isIntroduced() && change.position() < size)
                .map(Change::key)
                .distinct()
                .toList();
    }

    /** The position after the last of the first {@code size} entries that retired one of some keys; 0 where none did. */
    public long afterRetirement(Predicate<VerifierKey> ofThese, long size) {
        return changes.stream()
                .filter(change -> change.position() < size && !change.isIntroduced() && ofThese.test(change.key()))
                .mapToLong(change -> change.position() + 1)
                .max()
                .orElse(0);
    }

    /** The keys that sign the tree of the first {@code size} entries; empty before the first one is introduced. */
    public List<VerifierKey> at(long size) {
        List<VerifierKey> active = new ArrayList<>();
        for (Change change : changes) {
            if (change.position() < size) {
                if (change.isIntroduced()) {
                    active.add(change.key());
                } else {
                    active.remove(change.key());
                }
            }
        }
        return active;
    }
}
