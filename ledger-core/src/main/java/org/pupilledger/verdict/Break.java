package org.pupilledger.verdict;

import java.util.Locale;

/**
 * A place where something is not as it was recorded or signed.
 *
 * @param position of the entry, 0-based; of a tile the first position under it; of a checkpoint the last one that it covers;
 *                 of what has no place in the ledger the one it would have got, at most the first after the last entry
 * @param sentence says what it is and names table, column and position; quotes no data
 */
public record Break(Kind kind, long position, String sentence) {
    /** What became of it. */
    public enum Kind {
        /** Another value than the one that was recorded. */
        CHANGED,
        /** Not there, and nowhere else. */
        MISSING,
        /** Never recorded by the ledger. */
        INSERTED,
        /** At the place of another, which stands elsewhere. */
        REORDERED,
        /** The end is missing: an older state was put back. */
        ROLLED_BACK,
        /** It contradicts a signature, or has none that counts. */
        FORGED
    }

    /** {@code BREAK rolled back at position 5: ...}, as programs print it. */
    public String line() {
        return "BREAK " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " at position " + position + ": "
                + sentence;
    }
}
