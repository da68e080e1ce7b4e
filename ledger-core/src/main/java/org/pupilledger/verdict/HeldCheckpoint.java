package org.pupilledger.verdict;

import java.util.Optional;
import java.util.function.Function;
import org.pupilledger.merkle.Checkpoint;

/** What a checkpoint that somebody kept says about a log as it is now. */
public sealed interface HeldCheckpoint {
    /**
     * No key that is believed signed it, or it is none: it says nothing.
     *
     * @param said the size that it names, 0 where it names none
     */
    record Unsigned(long said) implements HeldCheckpoint {}

    /** The log ends before: it was put back to an older state, or is an older copy. */
    record Beyond(Checkpoint checkpoint) implements HeldCheckpoint {}

    /** The log has to begin with what it covers: its root must be that of so many entries. */
    record Within(Checkpoint checkpoint) implements HeldCheckpoint {}

    /**
     * Judges one.
     *
     * @param note as it was kept
     * @param keys open what a believed key signed
     * @param size entries of the log
     */
    static HeldCheckpoint of(byte[] note, Function<byte[], Optional<Checkpoint>> keys, long size) {
        Optional<Checkpoint> opened = keys.apply(note);
        if (opened.isEmpty()) {
            return new Unsigned(Checkpoint.saidIn(note).map(Checkpoint::size).orElse(0L));
        }
        return opened.get().size() > size ? new Beyond(opened.get()) : new Within(opened.get());
    }
}
