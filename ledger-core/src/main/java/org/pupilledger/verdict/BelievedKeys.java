package org.pupilledger.verdict;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.VerifierKey;

/**
 * The pinned keys and those that the log introduced in entries for which a believed key has signed. Keys of which only the
 * log's own rows say that they are its count for nothing: whoever can write there could introduce one of his own.
 */
public final class BelievedKeys {
    private final LogVerifier pinned;
    private final KeyHistory history;
    private long vouched;
    private LogVerifier believed;

    /** @param history what the entries say, which is believed as far as they are vouched for */
    public BelievedKeys(LogVerifier pinned, KeyHistory history) {
        this.pinned = pinned;
        this.history = history;
        this.believed = pinned;
    }

    /** Opens a checkpoint; empty where no believed key signed it or it is another log's. What it covers is vouched for. */
    public Optional<Checkpoint> open(byte @Nullable [] note) {
        Optional<Checkpoint> opened = believed.open(note);
        opened.ifPresent(this::vouch);
        return opened;
    }

    private void vouch(Checkpoint checkpoint) {
        if (checkpoint.size() > vouched) {
            int before = history.introducedAmong(vouched).size();
            vouched = checkpoint.size();
            List<VerifierKey> keys = history.introducedAmong(vouched);
            if (keys.size() > before) {
                believed = pinned.and(keys);
            }
        }
    }

    /** What the entries say of keys. */
    public KeyHistory history() {
        return history;
    }

    /** Entries from the first one on for which a believed key has signed. */
    public long vouched() {
        return vouched;
    }
}
