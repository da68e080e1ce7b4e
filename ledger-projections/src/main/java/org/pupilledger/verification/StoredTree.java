package org.pupilledger.verification;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.verdict.Break.Kind;

/** The tree as it is stored, beside the one that was computed anew. */
final class StoredTree {
    private final DatabaseTiles tiles;
    private final Breaks breaks;
    private final Set<DatabaseTiles.Key> misplacedTiles = new HashSet<>();

    StoredTree(DatabaseTiles tiles, Breaks breaks) {
        this.tiles = tiles;
        this.breaks = breaks;
    }

    /** Each tile, as soon as it is full, beside the one that is stored. */
    void compareTile(int level, long number, byte[] hashes) {
        try {
            byte[] there = tiles.full(level, number);
            if (!Arrays.equals(there, hashes)) {
                explainTile(level, number, hashes, there != null);
            }
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    private void explainTile(int level, long number, byte[] hashes, boolean isThere) throws SQLException {
        long position = Tile.firstPosition(level, number);
        if (!breaks.want(position)) {
            return;
        }
        String name = "tile " + new Tile(level, number, Tile.WIDTH).path() + ", from position " + position + " on,";
        Optional<DatabaseTiles.Key> elsewhere = tiles.elsewhere(hashes, level, number);
        elsewhere.ifPresent(misplacedTiles::add);
        if (isThere) {
            breaks.at(Part.TILE, elsewhere.isPresent() ? Kind.REORDERED : Kind.CHANGED, position)
                    .say("tile.hashes of " + name
                            + (elsewhere.isPresent()
                                    ? " are those of another tile."
                                    : " are not those of what is below."));
        } else {
            breaks.at(Part.TILE, elsewhere.isPresent() ? Kind.CHANGED : Kind.MISSING, position)
                    .say(
                            elsewhere.isPresent()
                                    ? "tile.level or tile.number of " + name + " was changed."
                                    : "tile has no row for " + name + " though it is full.");
        }
    }

    /** What there is besides full tiles of the computed tree: its edge, and what it has not. */
    void finish(GrowingTree tree) throws SQLException {
        compareEdge(tree);
        compareNumberOfTiles(tree.size());
    }

    private void compareNumberOfTiles(long size) throws SQLException {
        for (DatabaseTiles.Key tile : tiles.beyond(size)) {
            if (!misplacedTiles.contains(tile)) {
                breaks.at(Part.TILE, Kind.INSERTED, Math.min(Tile.firstPosition(tile.level(), tile.number()), size))
                        .say("tile has a row of level " + tile.level() + " and number " + tile.number()
                                + ", which a tree that ends before position " + size + " has not.");
            }
        }
    }

    private void compareEdge(GrowingTree tree) {
        Map<Integer, DatabaseTiles.Edge> edges = tiles.edges();
        int levels = Math.max(1, Tile.levels(tree.size()));
        Set<Integer> others = new HashSet<>(edges.keySet());
        for (int level = 0; level < levels; level++) {
            others.remove(level);
        }
        for (int level = 0; level < levels; level++) {
            DatabaseTiles.Edge expected = expectedEdge(tree, level);
            DatabaseTiles.Edge edge = edges.get(level);
            if (edge == null
                    || edge.number() != expected.number()
                    || !Arrays.equals(edge.hashes(), expected.hashes())) {
                explainEdge(tree, level, levels, expected, edge, others);
            }
        }
        for (int level : others) {
            breaks.at(Part.TREE, Kind.INSERTED, tree.size())
                    .say("tree_edge has a row for level " + level + ", which a tree that ends before position "
                            + tree.size() + " has not.");
        }
    }

    private DatabaseTiles.Edge expectedEdge(GrowingTree tree, int level) {
        return new DatabaseTiles.Edge(Tile.full(level, tree.size()), tree.partial(level));
    }

    private void explainEdge(
            GrowingTree tree,
            int level,
            int levels,
            DatabaseTiles.Edge expected,
            DatabaseTiles.@Nullable Edge edge,
            Set<Integer> others) {
        long position = Tile.firstPosition(level, expected.number());
        String where = " at level " + level + ", from position " + position + " on,";
        OptionalLong stray = others.stream()
                .filter(other -> isSame(tiles.edges().get(other), expected))
                .mapToLong(Integer::longValue)
                .findFirst();
        if (edge == null) {
            stray.ifPresent(other -> others.remove((int) other));
            breaks.at(Part.TREE, stray.isPresent() ? Kind.CHANGED : Kind.MISSING, position)
                    .say(
                            stray.isPresent()
                                    ? "tree_edge.level" + where + " was changed."
                                    : "tree_edge has no row" + where + " though the tree reaches it.");
            return;
        }
        boolean isSwapped = false;
        for (int other = 0; other < levels; other++) {
            isSwapped |=
                    other != level && isSwapped(edge, expected, tiles.edges().get(other), expectedEdge(tree, other));
        }
        String column = edge.number() == expected.number() ? "hashes" : "number";
        breaks.at(Part.TREE, isSwapped ? Kind.REORDERED : Kind.CHANGED, position)
                .say("tree_edge." + column + where
                        + (isSwapped ? " stands at another level." : " is not that of the entries."));
    }

    private static boolean isSame(DatabaseTiles.@Nullable Edge edge, DatabaseTiles.Edge expected) {
        return edge != null && edge.number() == expected.number() && Arrays.equals(edge.hashes(), expected.hashes());
    }

    private static boolean isSwapped(
            DatabaseTiles.Edge edge,
            DatabaseTiles.Edge expected,
            DatabaseTiles.@Nullable Edge other,
            DatabaseTiles.Edge expectedOther) {
        if (other == null) {
            return false;
        }
        boolean hashes = !Arrays.equals(edge.hashes(), expected.hashes())
                && Arrays.equals(edge.hashes(), expectedOther.hashes())
                && Arrays.equals(other.hashes(), expected.hashes());
        boolean numbers = edge.number() != expected.number()
                && edge.number() == expectedOther.number()
                && other.number() == expected.number();
        return hashes || numbers;
    }
}
