package org.pupilledger.bundle;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;

/** A tree that is computed from its leaves, 256 at a time. */
final class HashTree {
    /** Roots over 256 leaves each: the hashes of the tiles of level 1. */
    private final List<byte[]> full = new ArrayList<>();

    private byte[] rest = {};

    /** @param root over the next 256 leaves */
    void addFull(byte[] root) {
        full.add(root);
    }

    /** @param hashes of the last leaves, fewer than 256 */
    void addRest(byte[] hashes) {
        rest = hashes;
    }

    byte[] root() {
        List<byte[]> hashes = new ArrayList<>(range(full).hashes());
        hashes.addAll(range(split(rest)).hashes());
        long size = (long) full.size() * Tile.WIDTH + rest.length / TreeHash.BYTES;
        return new CompactRange(size, hashes).root();
    }

    /** What the tiles of a level above 0 hold, joined. */
    byte[] level(int level) {
        List<byte[]> hashes = full;
        for (int i = 1; i < level; i++) {
            List<byte[]> above = new ArrayList<>();
            for (int at = 0; at + Tile.WIDTH <= hashes.size(); at += Tile.WIDTH) {
                above.add(range(hashes.subList(at, at + Tile.WIDTH)).root());
            }
            hashes = above;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        hashes.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static CompactRange range(List<byte[]> hashes) {
        CompactRange range = new CompactRange();
        hashes.forEach(range::append);
        return range;
    }

    private static List<byte[]> split(byte[] hashes) {
        List<byte[]> split = new ArrayList<>();
        for (int at = 0; at < hashes.length; at += TreeHash.BYTES) {
            split.add(Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES));
        }
        return split;
    }
}
