package org.pupilledger.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pupilledger.figures.Totals;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;

/**
 * What the first entries of the ledger amount to: the tree over them, the latest instant at which one claims to have been
 * recorded, and the monthly totals. Mutable while entries are added, not for several threads.
 */
public final class Prefix {
    private static final EventTypes TYPES = EventTypes.current();

    private final CompactRange tree;
    private final Totals totals;

    /** As it was written, to be read only where it is asked for; null before the first entry. */
    private @Nullable String latest;

    /** Before the first entry. */
    Prefix() {
        this(new CompactRange(), new Totals(), null);
    }

    Prefix(CompactRange tree, Totals totals, @Nullable String latest) {
        this.tree = tree;
        this.totals = totals;
        this.latest = latest;
    }

    /**
     * @param hash of the leaf
     * @return the event
     */
    Object add(Leaf leaf, byte[] hash) {
        Object event = leaf.event(TYPES);
        tree.append(hash);
        totals.add(event);
        String recordedAt = leaf.recordedAt();
        if (latest == null || isAfter(recordedAt, latest)) {
            latest = recordedAt;
        }
        return event;
    }

    /** Instants of one length are in order as texts are; so a million of them need not be read. */
    private static boolean isAfter(String one, String other) {
        return one.length() == other.length()
                ? one.compareTo(other) > 0
                : Instant.parse(one).isAfter(Instant.parse(other));
    }

    /** Entries. */
    public long size() {
        return tree.size();
    }

    /** Of the newest entry, -1 where there is none. */
    public long position() {
        return tree.size() - 1;
    }

    /** Of the tree over the entries, 32 bytes. */
    public byte[] root() {
        return tree.root();
    }

    CompactRange tree() {
        return tree;
    }

    /** The monthly totals; not to be changed. */
    public Totals totals() {
        return totals;
    }

    /** When the newest of the entries, by their own claim, was recorded; {@link Instant#MIN} where there is none. */
    Instant latest() {
        return latest == null ? Instant.MIN : Instant.parse(latest);
    }

    /** The same as it was written. */
    @Nullable
    String latestText() {
        return latest;
    }
}
