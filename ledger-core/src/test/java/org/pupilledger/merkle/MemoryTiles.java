package org.pupilledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tiles of a growing tree in memory, as a log would write them. Every question is checked: see {@link #at}. */
final class MemoryTiles {
    private final Map<Tile, byte[]> tiles = new HashMap<>();

    /** @param leafHashes of the largest tree that is asked for; tiles of the given sizes are kept */
    MemoryTiles(List<byte[]> leafHashes, int... sizes) {
        List<byte[]> level = leafHashes;
        for (int height = 0; !level.isEmpty(); height++) {
            for (int size : sizes) {
                keep(height, level.subList(0, size >> (Tile.HEIGHT * height)));
            }
            level = above(level);
        }
    }

    private void keep(int height, List<byte[]> hashes) {
        for (int from = 0; from < hashes.size(); from += Tile.WIDTH) {
            List<byte[]> part = hashes.subList(from, Math.min(from + Tile.WIDTH, hashes.size()));
            tiles.computeIfAbsent(new Tile(height, from / Tile.WIDTH, part.size()), tile -> concat(part));
        }
    }

    private static List<byte[]> above(List<byte[]> level) {
        return IntStream.range(0, level.size() / Tile.WIDTH)
                .mapToObj(tile -> {
                    CompactRange range = new CompactRange();
                    level.subList(tile * Tile.WIDTH, (tile + 1) * Tile.WIDTH).forEach(range::append);
                    return range.root();
                })
                .toList();
    }

    static byte[] concat(List<byte[]> hashes) {
        byte[] all = new byte[hashes.size() * TreeHash.BYTES];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i), 0, all, i * TreeHash.BYTES, TreeHash.BYTES);
        }
        return all;
    }

    /** A source for one call: refuses tiles that the tree of this size has not, and a second look at one. */
    TileSource at(long size) {
        Set<Tile> ofTree = Tile.ofTree(size).collect(Collectors.toSet());
        Set<Tile> asked = new HashSet<>();
        return tile -> {
            assertThat(ofTree).contains(tile);
            assertThat(asked.add(tile)).as("asked once").isTrue();
            return Arrays.copyOf(tiles.getOrDefault(tile, new byte[0]), tile.width() * TreeHash.BYTES);
        };
    }
}
