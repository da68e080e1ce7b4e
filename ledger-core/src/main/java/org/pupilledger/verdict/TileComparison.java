package org.pupilledger.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;

/** The tree over some leaves, and which tiles of a source are not its own. */
public final class TileComparison {
    private static final int MAX_OTHERS = 20;

    private final TileSource source;
    private final int lowest;
    private final GrowingTree tree;
    private final List<Other> others = new ArrayList<>();

    /**
     * @param lowest level that is looked at
     * @param begun  what {@link GrowingTree#partials} gave for a tree of that size
     */
    TileComparison(TileSource source, int lowest, long size, List<byte[]> begun) {
        this.source = source;
        this.lowest = lowest;
        this.tree = new GrowingTree(size, begun, (level, number, hashes) -> {
            if (level >= lowest) {
                compare(new Tile(level, number, Tile.WIDTH), hashes);
            }
        });
    }

    /** A tile as it should be and as it is; no hashes where it is missing or has another length. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Other(Tile tile, byte[] computed, byte[] there) {}

    GrowingTree tree() {
        return tree;
    }

    private void compare(Tile tile, byte[] hashes) {
        byte[] there = source.hashes(tile);
        if (!Arrays.equals(hashes, there) && others.size() < MAX_OTHERS) {
            others.add(new Other(tile, hashes.clone(), there));
        }
    }

    /** After the last leaf: the tiles that are not full. */
    void finish() {
        for (int level = lowest; level < Tile.levels(tree.size()); level++) {
            if (Tile.edgeWidth(level, tree.size()) > 0) {
                compare(Tile.of(level, Tile.full(level, tree.size()), tree.size()), tree.partial(level));
            }
        }
        others.sort(Comparator.comparingInt(other -> other.tile().level()));
    }

    /** 32 bytes. */
    public byte[] root() {
        return tree.root();
    }

    /** Tiles that are not what the leaves give, the lower ones first, at most {@value #MAX_OTHERS}. */
    public List<Other> others() {
        return others;
    }
}
