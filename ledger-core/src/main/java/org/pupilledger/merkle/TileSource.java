package org.pupilledger.merkle;

/** Where the tiles of a tree are kept. */
@FunctionalInterface
public interface TileSource {
    /**
     * The hashes of a tile, one after the other.
     *
     * @return {@code 32 * width} bytes; read, neither kept nor changed. It may throw what it likes: the caller of the
     *     {@link TileTree} gets that.
     */
    byte[] hashes(Tile tile);
}
