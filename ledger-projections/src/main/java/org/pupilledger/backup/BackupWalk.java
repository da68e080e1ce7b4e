package org.pupilledger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.backup.Lines.CheckpointLine;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.verdict.Break;

/** Goes through a full bundle once as the ledger grew: entry by entry, and each checkpoint after the last entry under it. */
final class BackupWalk {
    private BackupWalk() {}

    /** Whoever is told. */
    interface Visitor<X extends Exception> {
        void entry(long position, Leaf leaf, byte[] leafBytes, StoredEvent event) throws X;

        void checkpoint(long size, byte[] note) throws X;
    }

    /**
     * Tells all of it.
     *
     * @throws BackupBroken it is damaged, or entries and metadata do not belong together
     */
    static <X extends Exception> void run(Bundle bundle, BackupHead head, Visitor<X> visitor) throws X, IOException {
        try (PartLines entries = new PartLines(bundle, BackupLayout.ENTRIES, head.entries());
                PartLines metadata = new PartLines(bundle, BackupLayout.METADATA, head.entries());
                PartLines checkpoints = new PartLines(bundle, BackupLayout.CHECKPOINTS, head.checkpoints())) {
            CheckpointLine next = next(checkpoints, 0);
            for (long position = 0; position < head.entries(); position++) {
                byte[] bytes = entries.next();
                Leaf leaf = leaf(position, bytes);
                StoredEvent event = event(position, leaf, bytes, metadata.next());
                visitor.entry(position, leaf, bytes, event);
                if (next != null && next.size() == position + 1) {
                    visitor.checkpoint(next.size(), next.note().getBytes(UTF_8));
                    next = next(checkpoints, next.size());
                }
            }
            if (next != null) {
                throw notInOrder(next.size());
            }
        }
    }

    private static @Nullable CheckpointLine next(PartLines checkpoints, long before) {
        if (!checkpoints.hasNext()) {
            return null;
        }
        try {
            CheckpointLine next = CheckpointLine.parse(checkpoints.next());
            if (next.size() <= before) {
                throw notInOrder(before);
            }
            return next;
        } catch (UnreadableEvent e) {
            throw new BackupBroken(
                    Break.Kind.CHANGED, before, "The checkpoint after that of " + before + " entries cannot be read.");
        }
    }

    private static BackupBroken notInOrder(long size) {
        return new BackupBroken(
                Break.Kind.REORDERED,
                Math.max(0, size - 1),
                "The checkpoints are not those of the entries, in their order, from " + size + " entries on.");
    }

    private static Leaf leaf(long position, byte[] bytes) {
        try {
            return Leaf.parse(bytes);
        } catch (UnreadableEvent e) {
            throw new BackupBroken(
                    Break.Kind.CHANGED, position, "The entry at position " + position + " is none that can be read.");
        }
    }

    private static StoredEvent event(long position, Leaf leaf, byte[] bytes, byte[] metadata) {
        StoredEvent event = leaf.stored(metadata);
        if (!Leaf.isOf(event, bytes)) {
            throw new BackupBroken(
                    Break.Kind.CHANGED,
                    position,
                    "The metadata at position " + position + " are not those of the entry.");
        }
        return event;
    }
}
