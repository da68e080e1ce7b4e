package org.pupilledger.replay;

import java.time.Instant;

/** Where a replay ends. */
public sealed interface Until {
    /**
     * With an entry.
     *
     * @param position -1 for before the first
     */
    record Position(long position) implements Until {}

    /**
     * With the longest prefix of the ledger in which every event was recorded at or before an instant. One that a wrong clock
     * dated in the future counts as recorded when those around it were.
     */
    record Moment(Instant instant) implements Until {}
}
