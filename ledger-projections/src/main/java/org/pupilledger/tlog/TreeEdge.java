package org.pupilledger.tlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;

/**
 * The right edge of the tree: of each level, the tile that is not full yet. It is all that is needed to make the tree
 * larger and to compute its root.
 */
public final class TreeEdge {
    private static final String READ = "select level, number, hashes from tree_edge order by level";
    private static final String SAVE_LEVEL = """
            insert into tree_edge (level, number, hashes) values (?, ?, ?)
            on conflict (level) do update set number = excluded.number, hashes = excluded.hashes
            """;
    private static final String SAVE_TILE = "insert into tile (level, number, hashes) values (?, ?, ?)";

    private final GrowingTree tree;
    private final List<FullTile> full = new ArrayList<>();

    /** The highest level that is not stored as it is; -1 where all are. */
    private int changed = -1;

    @SuppressWarnings("ArrayRecordComponent") // on its way to the database
    private record FullTile(int level, long number, byte[] hashes) {}

    private TreeEdge(long size, List<byte[]> partials) {
        this.tree = new GrowingTree(size, partials, (level, number, hashes) -> {
            full.add(new FullTile(level, number, hashes.clone()));
            changed = Math.max(changed, level + 1);
        });
    }

    /**
     * Reads the edge as it is stored.
     *
     * @throws TreeDamaged where its levels do not fit together
     */
    public static TreeEdge read(Connection connection) throws SQLException {
        List<byte[]> partials = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        Sql.each(connection, READ, row -> {
            if (row.getInt(1) != partials.size()) {
                throw new TreeDamaged("a level of the edge of the tree is missing");
            }
            numbers.add(row.getLong(2));
            partials.add(row.getBytes(3));
        });
        if (partials.isEmpty()) {
            throw new TreeDamaged("the edge of the tree is missing");
        }
        return of(numbers, partials);
    }

    /** Tiles of one level become the hashes of the next, so how many there are is said twice. */
    private static TreeEdge of(List<Long> numbers, List<byte[]> partials) {
        long size = numbers.getFirst() * Tile.WIDTH + partials.getFirst().length / TreeHash.BYTES;
        for (int level = 0; level < numbers.size(); level++) {
            if (numbers.get(level) != Tile.full(level, size)) {
                throw unfit();
            }
        }
        try {
            return new TreeEdge(size, size == 0 ? List.of() : partials);
        } catch (IllegalArgumentException e) {
            throw unfit();
        }
    }

    private static TreeDamaged unfit() {
        return new TreeDamaged("the levels of the edge of the tree do not fit together");
    }

    /** Leaves in the tree. */
    public long size() {
        return tree.size();
    }

    /** The root of the tree, 32 bytes. */
    public byte[] root() {
        return tree.root();
    }

    /** Makes the tree larger by one leaf; stored by {@link #save}. */
    void append(byte[] leafHash) {
        changed = Math.max(changed, 0);
        tree.append(leafHash);
    }

    /** Stores what {@link #append} changed. */
    void save(Connection connection) throws SQLException {
        if (!full.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(SAVE_TILE)) {
                for (FullTile tile : full) {
                    statement.setInt(1, tile.level());
                    statement.setLong(2, tile.number());
                    statement.setBytes(3, tile.hashes());
                    statement.addBatch();
                }
                NotStored.unlessEach(statement.executeBatch(), "tile");
            }
            full.clear();
        }
        for (int level = 0; level <= changed; level++) {
            long number = Tile.full(level, tree.size());
            NotStored.unless(1, Sql.update(connection, SAVE_LEVEL, level, number, tree.partial(level)), "tree_edge");
        }
        changed = -1;
    }
}
