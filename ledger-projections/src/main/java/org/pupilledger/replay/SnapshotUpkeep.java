package org.pupilledger.replay;

import java.util.Optional;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealed;

/** Keeps snapshots of what was recorded since the last one. */
public final class SnapshotUpkeep {
    private final Replay replay;
    private final Snapshots snapshots;
    private final LogReader log;

    public SnapshotUpkeep(Replay replay, Snapshots snapshots, LogReader log) {
        this.replay = replay;
        this.snapshots = snapshots;
        this.log = log;
    }

    /**
     * Goes on from the newest sound one, and keeps each one that is due; mostly none is.
     *
     * @param listener may end it
     */
    public void run(ReplayListener listener) {
        long size = log.newest().map(Sealed::size).orElse(0L);
        long spacing = Snapshots.spacing(size);
        long due = size / spacing * spacing;
        if (due == 0) {
            return;
        }
        snapshots.thinOut(size);
        Optional<Prefix> newest = snapshots.before(new Until.Position(due - 1), size);
        if (newest.isPresent() && newest.get().size() == due) {
            return;
        }
        Prefix prefix = newest.orElseGet(Prefix::new);
        for (long next = prefix.size() / spacing * spacing + spacing; next <= due; next += spacing) {
            prefix = replay.continued(prefix, new Until.Position(next - 1), listener);
            snapshots.put(prefix);
        }
    }
}
