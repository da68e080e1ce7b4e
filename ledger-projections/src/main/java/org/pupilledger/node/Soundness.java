package org.pupilledger.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupilledger.files.Volumes;
import org.pupilledger.replay.SelfCheck;
import org.pupilledger.store.Commands;
import org.pupilledger.tlog.Processors;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.verification.DatabaseVerification;
import org.pupilledger.verification.Scan;

/**
 * Whether every part of a ledger does its work, and what looks after that.
 *
 * @param processors null where another program folds entries
 * @param scanning   what is verified in the background; nothing where that was not begun
 */
public record Soundness(
        LedgerDatabase database,
        Volumes volumes,
        Commands commands,
        Sealing sealing,
        @Nullable Processors processors,
        SelfCheck selfCheck,
        Supplier<DatabaseVerification> verification,
        AtomicReference<@Nullable Scan> scanning) {
    /** What is wrong, by part: events get no position, projections stand still, the ledger is broken; else empty. */
    public Map<String, String> failures() {
        Sequencer sequencer = sealing.sequencer();
        if (sequencer == null || processors == null) {
            return Map.of();
        }
        Map<String, String> failures = processors.failures();
        put(failures, "sequencer", sequencer.failure());
        volumes.full().forEach((name, full) -> failures.put("volume of " + name, full));
        put(failures, "seal", sequencer.sealFailure());
        put(failures, "store", commands.failure());
        Scan scan = scan();
        put(failures, "scan", scan == null ? null : scan.breakFound());
        put(failures, "selfCheck", selfCheck.drift());
        return failures;
    }

    private static void put(Map<String, String> failures, String part, @Nullable String failure) {
        if (failure != null) {
            failures.put(part, failure);
        }
    }

    /** Null where another program gives events their positions. */
    public @Nullable Sequencer sequencer() {
        return sealing.sequencer();
    }

    /** Null where nothing is verified in the background. */
    public @Nullable Scan scan() {
        return scanning.get();
    }

    /**
     * Verifies the ledger in the background from now on, until it is closed; does nothing where another program serves it.
     *
     * @param interval from the end of one run to the beginning of the next
     */
    public synchronized void startScan(Duration interval) {
        Sequencer sequencer = sealing.sequencer();
        if (sequencer == null || scan() != null) {
            return;
        }
        Scan started = new Scan(verification.get(), interval, sealing::isOthers, sequencer::sealFailure);
        started.start();
        scanning.set(started);
    }

    /** Has the embedded database started again where it dies; {@code givenUp} is told where that cannot be done. */
    public void watchDatabase(Consumer<String> givenUp) {
        database.watch(() -> volumes.full().get(LedgerDatabase.VOLUME), givenUp);
    }

    /** Why the embedded database does not run; null where it does. */
    public @Nullable String databaseFailure() {
        return database.failure();
    }

    void close() {
        Scan scan = scan();
        if (scan != null) {
            scan.close();
        }
    }
}
