package org.pupilledger.backup;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupilledger.bundle.Bundle;
import org.pupilledger.bundle.BundleLayout;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break;

/** Compares the tiles of a bundle with those that its entries give, as the tree grows. */
final class TileCheck {
    private final Bundle bundle;
    private final long size;
    private byte[] expected = {};
    private final List<Level> levels = new ArrayList<>();

    private static final class Level {
        private long number;
        private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    }

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
        append(0, leafHash);
    }

    private void append(int at, byte[] hash) {
        if (at == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(at);
        level.hashes.writeBytes(hash);
        if (level.hashes.size() == Tile.WIDTH * TreeHash.BYTES) {
            byte[] full = level.hashes.toByteArray();
            compare(new Tile(at, level.number, Tile.WIDTH), full);
            level.number++;
            level.hashes.reset();
            append(at + 1, root(full));
        }
    }

    /** @throws BackupBroken a tile at the edge is another in the bundle */
    void finish() {
        for (int at = 0; at < levels.size(); at++) {
            Level level = levels.get(at);
            if (level.hashes.size() > 0) {
                compare(new Tile(at, level.number, level.hashes.size() / TreeHash.BYTES), level.hashes.toByteArray());
            }
        }
    }

    private void compare(Tile tile, byte[] hashes) {
        if (!Arrays.equals(bundle.read(BundleLayout.tile(tile), hashes.length), hashes)) {
            long first = (tile.number() * Tile.WIDTH) << (Byte.SIZE * tile.level());
            throw new BackupBroken(
                    Break.Kind.CHANGED,
                    first,
                    BundleLayout.tile(tile) + ", from position " + first + " on, is not that of the entries.");
        }
    }

    private static byte[] root(byte[] tile) {
        CompactRange range = new CompactRange();
        for (int from = 0; from < tile.length; from += TreeHash.BYTES) {
            range.append(Arrays.copyOfRange(tile, from, from + TreeHash.BYTES));
        }
        return range.root();
    }
}
