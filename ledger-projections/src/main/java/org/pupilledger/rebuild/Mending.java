package org.pupilledger.rebuild;

import java.util.concurrent.CancellationException;

/**
 * Mends something beside the projections that follows from the entries and has one copy only: what differs is put right where
 * it is, while it serves.
 */
public interface Mending {
    /** As the name of a projection, and none of theirs. */
    String name();

    /**
     * Compares and mends. What was mended stays so, whatever ends it.
     *
     * @throws AlreadyRebuilding what it needs is being rebuilt
     * @throws CancellationException           the watch did not want it to go on
     */
    Outcome run(Watch watch);
}
