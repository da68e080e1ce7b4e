package org.pupilledger.seal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pupilledger.keys.KeyUnusable;
import org.pupilledger.keys.LogKeys;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.Authenticity;
import org.pupilledger.schema.Leaf.StoredEvent;
import org.pupilledger.verdict.KeyHistory;

/**
 * The keys at hand that tell genuine events. A retired key may have been put away, and what was appended under it cannot be
 * told then; what came later was appended under another.
 *
 * @param isAtHand whether the secret of a key that signed is among those of {@code authenticity}
 */
public record EventKeys(Authenticity authenticity, Predicate<VerifierKey> isAtHand) {
    /** Those of files. */
    public static EventKeys of(LogKeys keys) {
        return new EventKeys(keys.authenticity(), keys::holds);
    }

    /** Those in the key file and beside it; null where no key is at hand that can be used. */
    public static @Nullable EventKeys in(Path keyFile) {
        try {
            return of(LogKeys.loadAll(keyFile));
        } catch (KeyUnusable e) {
            return null;
        }
    }

    /**
     * The position from which on every event is of a key at hand, say the first {@code size} entries.
     *
     * @return {@code size} where none of the keys that they introduce is
     */
    public long completeFrom(KeyHistory history, long size) {
        List<VerifierKey> introduced = history.introducedAmong(size);
        return !introduced.isEmpty() && introduced.stream().noneMatch(isAtHand)
                ? size
                : history.afterRetirement(isAtHand.negate(), size);
    }

    public boolean isGenuine(StoredEvent event) {
        return authenticity.isGenuine(event);
    }
}
