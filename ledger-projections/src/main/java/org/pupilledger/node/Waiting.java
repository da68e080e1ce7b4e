package org.pupilledger.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.pupilledger.register.Register;
import org.pupilledger.seal.LogReader;
import org.pupilledger.tlog.Entries;
import org.pupilledger.tlog.Patience;
import org.pupilledger.tlog.Progress;

/** Waits for what was recorded to be sealed, and to be in the figures. */
public record Waiting(Progress progress, Entries entries, LogReader log, Register register) {
    private static final Duration STEP = Duration.ofMillis(5);

    /** The newest position that is in all projections, -1 before the first. */
    public long projected() {
        return progress.projected();
    }

    /** The newest sealed position, -1 before the first. */
    public long sealed() {
        return entries.head();
    }

    /** Waits until all that was committed before this call is sealed; false where that took too long. */
    boolean awaitAllSealed(Duration atMost) {
        // looked up once: on a busy ledger there is always something newer
        long newest = progress.committed();
        return until(atMost, () -> sealed() >= newest);
    }

    /** Waits until all that was committed before this call is in the figures; false where that took too long. */
    public boolean awaitAllProjected(Duration atMost) {
        long newest = progress.committed();
        return until(atMost, () -> projected() >= newest);
    }

    /** Waits until one event is in the ledger and in the figures; false where that took too long. */
    public boolean awaitProjected(String aggregateId, long sequence, Duration atMost) {
        AtomicReference<Long> position = new AtomicReference<>(-1L);
        return until(atMost, () -> {
            if (position.get() < 0) {
                position.set(register.positionOf(aggregateId, sequence));
            }
            return position.get() >= 0 && projected() >= position.get();
        });
    }

    /** Waits until one event is sealed, and proves that it is in the log; empty where that took too long. */
    public Optional<byte[]> awaitReceipt(String aggregateId, long sequence, Duration atMost) {
        return Patience.find(atMost, STEP, () -> log.receipt(aggregateId, sequence));
    }

    private static boolean until(Duration atMost, BooleanSupplier isThere) {
        return Patience.until(atMost, STEP, isThere::getAsBoolean);
    }
}
