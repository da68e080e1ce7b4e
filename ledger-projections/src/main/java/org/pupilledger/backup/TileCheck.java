package org.pupilledger.backup;

import java.util.Arrays;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break;

/** Compares the tiles of a bundle with those that its entries give, as the tree grows. */
final class TileCheck {
    private final Bundle bundle;
    private final long size;
    private byte[] expected = {};
    private final GrowingTree tree =
            new GrowingTree((level, number, hashes) -> compare(new Tile(level, number, Tile.WIDTH), hashes));

    /** @param size leaves of the whole tree */
    TileCheck(Bundle bundle, long size) {
        this.bundle = bundle;
        this.size = size;
    }

    /** @throws BackupBroken the leaf is another in the bundle's tiles, or makes a tile full that is */
    void append(long position, byte[] leafHash) {
        int index = (int) (position % Tile.WIDTH);
        if (index == 0) {
            int width = (int) Math.min(Tile.WIDTH, size - position);
            byte[] hashes = bundle.read(
                    BundleLayout.tile(new Tile(0, position / Tile.WIDTH, width)), (long) width * TreeHash.BYTES);
            expected = hashes == null || hashes.length != width * TreeHash.BYTES
                    ? new byte[width * TreeHash.BYTES]
                    : hashes;
        }
        int at = index * TreeHash.BYTES;
        if (!Arrays.equals(leafHash, 0, TreeHash.BYTES, expected, at, at + TreeHash.BYTES)) {
            throw new BackupBroken(
                    Break.Kind.CHANGED,
                    position,
                    "The entry at position " + position + ", or its hash in the tile, is not what it was.");
        }
        tree.append(leafHash);
    }

    /** Of the tree so far. */
    byte[] root() {
        return tree.root();
    }

    /** @throws BackupBroken a tile at the edge is another in the bundle */
    void finish() {
        for (int level = 0; level < Tile.levels(size); level++) {
            if (Tile.edgeWidth(level, size) > 0) {
                compare(Tile.of(level, Tile.full(level, size), size), tree.partial(level));
            }
        }
    }

    private void compare(Tile tile, byte[] hashes) {
        if (!Arrays.equals(bundle.read(BundleLayout.tile(tile), hashes.length), hashes)) {
            long first = tile.firstPosition();
            throw new BackupBroken(
                    Break.Kind.CHANGED,
                    first,
                    BundleLayout.tile(tile) + ", from position " + first + " on, is not that of the entries.");
        }
    }
}
