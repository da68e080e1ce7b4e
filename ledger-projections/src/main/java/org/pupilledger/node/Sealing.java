package org.pupilledger.node;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.failure.Hindered;
import org.pupilledger.files.Volumes;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.LogReader;
import org.pupilledger.seal.Sealer;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Sequencer;
import org.pupilledger.tlog.SessionLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What gives events their positions and signs them, here or in the program beside which this one works. */
public final class Sealing implements AutoCloseable {
    /** How long it is believed that another program seals. */
    private static final Duration WATCH = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final DataSource pool;
    private final Volumes volumes;
    private final boolean isForCommand;
    private final @Nullable LogIdentity identity;
    private final @Nullable Sealer sealer;
    private final @Nullable Sequencer sequencer;
    private volatile boolean isSealedElsewhere;
    private volatile long sealedElsewhereNanos = System.nanoTime() - 2 * WATCH.toNanos();

    private Sealing(
            DataSource pool,
            Volumes volumes,
            boolean isForCommand,
            @Nullable LogIdentity identity,
            @Nullable Sealer sealer,
            @Nullable Sequencer sequencer) {
        this.pool = pool;
        this.volumes = volumes;
        this.isForCommand = isForCommand;
        this.identity = identity;
        this.sealer = sealer;
        this.sequencer = sequencer;
    }

    /** @param isForCommand where what is recorded may be left to a running server */
    static Sealing open(Storage storage, Keyring keys, NodeSettings settings, boolean isForCommand, Clock clock) {
        LogIdentity identity = keys.identity();
        if (identity == null) {
            return new Sealing(storage.pool(), settings.volumes(), isForCommand, null, null, null);
        }
        LogFiles files = settings.logFiles();
        Sealer sealer = new Sealer(
                storage.sequencing(), identity, keys.authenticity(), files, clock, settings.publicInterval());
        try {
            sealer.open();
        } catch (LogUnavailable e) {
            throw new Hindered("The log in the database cannot be read: " + e.getMessage(), e);
        }
        if (sealer.standsBy() == null) {
            finishKeyChange(files, storage.pool());
        }
        Sequencer sequencer = new Sequencer(storage.sequencing(), keys.authenticity(), sealer);
        return new Sealing(storage.pool(), settings.volumes(), isForCommand, identity, sealer, sequencer);
    }

    private static void finishKeyChange(LogFiles files, DataSource pool) {
        try {
            if (LogKeys.finishChange(files.keyFile(), new LogReader(pool).signingKeys())) {
                LOG.info("The key file holds the next key now; the retired one is kept beside it");
            }
        } catch (IOException e) {
            // it signs with the right key all the same
            LOG.warn("The next key could not be given the name of the key file, whose own key is retired: {}", e + "");
        }
    }

    /** Who signs; null where another program does. */
    @Nullable
    LogIdentity identity() {
        return identity;
    }

    /** Null where another program does it. */
    public @Nullable Sequencer sequencer() {
        return sequencer;
    }

    /** Whether another program signs. */
    boolean isOthers() {
        return sealer == null || sealer.standsBy() != null;
    }

    /** Says that something was appended. */
    void wake() {
        if (sequencer != null) {
            sequencer.wake();
        }
    }

    /** Why what is recorded now could not be sealed; null where it will be, here or by the server beside which a command runs. */
    @Nullable
    String unsealable() {
        String full = volumes.complaint();
        if (full != null) {
            return full;
        }
        if (sequencer == null || sealer == null) {
            return isSealedElsewhere() ? null : "no program seals this ledger at present";
        }
        String stuck = sequencer.failure();
        String unsealed = stuck == null ? sequencer.sealFailure() : stuck;
        boolean mayLeaveItToOthers = stuck == null && isForCommand && sealer.standsBy() != null;
        return unsealed != null && mayLeaveItToOthers && isSealedElsewhere() ? null : unsealed;
    }

    private boolean isSealedElsewhere() {
        long now = System.nanoTime();
        if (now - sealedElsewhereNanos > WATCH.toNanos()) {
            isSealedElsewhere = SessionLock.isTaken(pool);
            sealedElsewhereNanos = now;
        }
        return isSealedElsewhere;
    }

    @Override
    public void close() {
        if (sequencer != null && sealer != null) {
            sequencer.close();
            sealer.close();
        }
    }
}
