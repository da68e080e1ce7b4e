package org.pupilledger.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.VerifierKey;

/**
 * What a verifier must be given of a log, wherever it is kept: a database, a directory, a bundle, another machine. It may hold
 * anything, and nothing in it is believed. Used by several threads.
 */
public interface LogSource {
    /** The newest signed checkpoint; null where there is none. */
    byte @Nullable [] checkpoint();

    /** The keys that it brings along, which prove nothing about whose it is; null where it has no place for them. */
    @Nullable
    List<VerifierKey> keys();

    /** The hashes of a tile, {@code 32 * width} bytes; null where it is missing or has another length. */
    byte @Nullable [] hashes(Tile tile);

    /** Whether it has entries at all, or their hashes only. */
    boolean hasEntries();

    /**
     * Hands over entries in order, as far as they can be read as such.
     *
     * @param first position, a multiple of {@link LogVerdict#PART}
     * @param count how many there should be, up to the end of the part or of the log
     * @return whether they were exactly so many
     */
    boolean entries(long first, int count, EntryReader reader);

    /** Takes entries. */
    @FunctionalInterface
    interface EntryReader {
        /** @param entry null where it is hidden, and only its hash is given */
        void add(long position, byte @Nullable [] entry);
    }

    /**
     * The tree of the size that it has, through its tiles.
     *
     * @return each of its calls fails with an {@link IllegalStateException} where a tile is missing
     */
    default TileTree tree(long size) {
        return new TileTree(size, tiles());
    }

    /** Its tiles; of one that is missing or has another length no hashes. */
    default TileSource tiles() {
        return tile -> {
            byte[] hashes = hashes(tile);
            return hashes == null ? new byte[0] : hashes;
        };
    }
}
