package org.pupilledger.node;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.publishing.PublishedSheets;
import org.pupilledger.replay.Comparisons;
import org.pupilledger.replay.Replay;
import org.pupilledger.replay.ReplayJobs;
import org.pupilledger.replay.SelfCheck;
import org.pupilledger.replay.SnapshotUpkeep;
import org.pupilledger.replay.Snapshots;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.totals.FiguresReader;

/**
 * The ledger as it was, and whether it is what the entries give.
 *
 * @param comparisons figures compared with a replay
 * @param selfCheck   whether all that was counted is what the entries give
 */
public record Replays(
        Replay replay, Comparisons comparisons, ReplayJobs jobs, SelfCheck selfCheck, SnapshotUpkeep upkeep) {
    /**
     * @param verifier of whoever signs
     * @param report   what the last self-check found
     */
    public static Replays of(
            Storage storage,
            Authenticity authenticity,
            LogVerifier verifier,
            FiguresReader figures,
            PublishedSheets published,
            Clock clock,
            Path report) {
        Snapshots snapshots = new Snapshots(storage.projected().jdbc(), authenticity);
        Replay replay = new Replay(storage.entries(), storage.log(), verifier, snapshots, clock);
        return new Replays(
                replay,
                new Comparisons(replay, figures, published),
                new ReplayJobs(UUID::randomUUID),
                new SelfCheck(replay, snapshots, figures, published, storage.registerAnew(), clock, report),
                new SnapshotUpkeep(replay, snapshots, storage.log()));
    }
}
