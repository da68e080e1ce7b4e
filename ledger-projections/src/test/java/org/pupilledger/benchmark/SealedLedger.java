package org.pupilledger.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.seal.LogFiles;
import org.pupilledger.seal.LogIdentity;
import org.pupilledger.seal.Sealer;
import org.pupilledger.store.Commands;
import org.pupilledger.store.LedgerStore;
import org.pupilledger.tlog.Sequencer;

/** A ledger with everything that works behind it, but projections. */
final class SealedLedger implements AutoCloseable {
    private static final Duration PUBLIC_INTERVAL = Duration.ofDays(1);
    private static final long WAIT_MS = 120_000;

    private final Contestant contestant;
    private final Sealer sealer;
    private final Sequencer sequencer;
    private final Commands commands;

    /** @param directory of the log's files, which is made */
    SealedLedger(Contestant contestant, Path directory) {
        this.contestant = contestant;
        LogFiles files = new LogFiles(directory.resolve("key.pem"), directory.resolve("checkpoints.jsonl"));
        LogIdentity log = LogIdentity.open(files, true, null);
        Authenticity authenticity = log.keys().authenticity();
        this.sealer =
                new Sealer(contestant.sequencingPool(), log, authenticity, files, Clock.systemUTC(), PUBLIC_INTERVAL);
        this.sequencer = new Sequencer(contestant.sequencingPool(), authenticity, sealer);
        this.commands = new Commands(
                new LedgerStore(contestant.pool(), authenticity, authenticity, false), sequencer::wake, () -> null);
        sequencer.start();
    }

    Commands commands() {
        return commands;
    }

    /** Returns once all events are sealed that are committed now. */
    void catchUp() throws Exception {
        long events = contestant.count("event");
        long deadline = System.currentTimeMillis() + WAIT_MS;
        while (sequencer.sealed() < events - 1) {
            if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException(
                        "not everything was sealed: " + sequencer.failure() + ", " + sequencer.sealFailure());
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        sequencer.close();
        sealer.close();
    }
}
