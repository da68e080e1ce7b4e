package org.pupilledger.merkle;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is in the log, says a receipt that held. Equal by content.
 *
 * @param index      0-based place of the entry
 * @param entry      its bytes, as hashed
 * @param checkpoint the signed checkpoint that covers it
 */
@SuppressWarnings("ArrayRecordComponent") // equal by content, see below; copied in and out
public record VerifiedEntry(long index, byte[] entry, Checkpoint checkpoint) {
    /** Copies the entry. */
    public VerifiedEntry {
        entry = entry.clone();
    }

    /** A copy. */
    @Override
    public byte[] entry() {
        return entry.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifiedEntry that
                && index == that.index
                && Arrays.equals(entry, that.entry)
                && checkpoint.equals(that.checkpoint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, Arrays.hashCode(entry), checkpoint);
    }
}
