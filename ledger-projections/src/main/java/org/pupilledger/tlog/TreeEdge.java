package org.pupilledger.tlog;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.CompactRange;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;

/**
 * The right edge of the tree: of each level, the tile that is not full yet. It is all that is needed to make the tree
 * larger and to compute its root.
 */
public final class TreeEdge {
    private static final int TILE_BYTES = Tile.WIDTH * TreeHash.BYTES;
    private static final String READ = "select level, number, hashes from tree_edge order by level";
    private static final String SAVE_LEVEL = """
            insert into tree_edge (level, number, hashes) values (?, ?, ?)
            on conflict (level) do update set number = excluded.number, hashes = excluded.hashes
            """;
    private static final String SAVE_TILE = "insert into tile (level, number, hashes) values (?, ?, ?)";

    /** By level, from 0 on. */
    private final List<Partial> levels = new ArrayList<>();

    private final List<FullTile> full = new ArrayList<>();

    private TreeEdge() {}

    private static final class Partial {
        private long number;
        private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        private boolean isChanged;

        int count() {
            return hashes.size() / TreeHash.BYTES;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // on its way to the database
    private record FullTile(int level, long number, byte[] hashes) {}

    /**
     * Reads the edge as it is stored.
     *
     * @throws TreeDamaged where its levels do not fit together
     */
    public static TreeEdge read(Connection connection) throws SQLException {
        TreeEdge edge = new TreeEdge();
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Partial partial = new Partial();
                partial.number = row.getLong(2);
                partial.hashes.writeBytes(row.getBytes(3));
                if (row.getInt(1) != edge.levels.size()) {
                    throw new TreeDamaged("a level of the edge of the tree is missing");
                }
                edge.levels.add(partial);
            }
        }
        edge.checkLevels();
        return edge;
    }

    /** Tiles of one level become the hashes of the next, so how many there are is said twice. */
    private void checkLevels() {
        if (levels.isEmpty()) {
            throw new TreeDamaged("the edge of the tree is missing");
        }
        for (int level = 0; level < levels.size(); level++) {
            long tiles = levels.get(level).number;
            long hashesAbove = level + 1 < levels.size() ? hashes(levels.get(level + 1)) : 0;
            if (tiles != hashesAbove) {
                throw new TreeDamaged("the levels of the edge of the tree do not fit together");
            }
        }
    }

    private static long hashes(Partial level) {
        return level.number * Tile.WIDTH + level.count();
    }

    /** Leaves in the tree. */
    public long size() {
        return hashes(levels.getFirst());
    }

    /** The root of the tree, 32 bytes. */
    public byte[] root() {
        return new TileTree(size(), tile -> hashes(tile.level(), tile.number(), tile.width())).root();
    }

    private byte[] hashes(int level, long number, int width) {
        Partial partial = levels.get(level);
        if (partial.number != number || partial.count() < width) {
            throw new TreeDamaged("a tile at the edge of the tree is missing");
        }
        return Arrays.copyOf(partial.hashes.toByteArray(), width * TreeHash.BYTES);
    }

    /** Makes the tree larger by one leaf; stored by {@link #save}. */
    void append(byte[] leafHash) {
        byte @Nullable [] hash = leafHash;
        for (int level = 0; hash != null; level++) {
            hash = append(level, hash);
        }
    }

    /** Returns the root of the tile that became full by this, null where none did. */
    private byte @Nullable [] append(int level, byte[] hash) {
        if (level == levels.size()) {
            levels.add(new Partial());
        }
        Partial partial = levels.get(level);
        partial.hashes.writeBytes(hash);
        partial.isChanged = true;
        if (partial.hashes.size() < TILE_BYTES) {
            return null;
        }
        byte[] hashes = partial.hashes.toByteArray();
        full.add(new FullTile(level, partial.number, hashes));
        partial.number++;
        partial.hashes.reset();
        return rootOf(hashes);
    }

    private static byte[] rootOf(byte[] tile) {
        CompactRange range = new CompactRange();
        for (int from = 0; from < tile.length; from += TreeHash.BYTES) {
            range.append(Arrays.copyOfRange(tile, from, from + TreeHash.BYTES));
        }
        return range.root();
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
        try (PreparedStatement statement = connection.prepareStatement(SAVE_LEVEL)) {
            for (int level = 0; level < levels.size(); level++) {
                Partial partial = levels.get(level);
                if (partial.isChanged) {
                    statement.setInt(1, level);
                    statement.setLong(2, partial.number);
                    statement.setBytes(3, partial.hashes.toByteArray());
                    NotStored.unless(1, statement.executeUpdate(), "tree_edge");
                    partial.isChanged = false;
                }
            }
        }
    }
}
