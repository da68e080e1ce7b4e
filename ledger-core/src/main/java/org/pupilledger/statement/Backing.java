package org.pupilledger.statement;

import org.jspecify.annotations.Nullable;
import org.pupilledger.codes.Source;
import org.pupilledger.values.SourceReference;

/** Where a number that was told came from. */
public sealed interface Backing {
    /**
     * The figures of the ledger.
     *
     * @param position       newest entry that they knew, at least 0
     * @param isWrongTelling true where another number was told than they had; it is recorded as told, on purpose
     */
    record AtPosition(long position, boolean isWrongTelling) implements Backing {
        public AtPosition(long position) {
            this(position, false);
        }

        public AtPosition {
            if (position < 0) {
                throw new IllegalArgumentException("a position below 0");
            }
        }
    }

    /** A source outside the ledger, and nothing else. */
    record NamedSource(Source source, @Nullable SourceReference reference) implements Backing {}
}
