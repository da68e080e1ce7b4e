package org.pupilledger.verification;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Report;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.tlog.LogUnavailable;

/** The tree as it is stored: full tiles, and of each level the one that is not full yet. */
final class DatabaseTiles implements TileSource {
    private static final int REMEMBERED = 64;

    /** What a tree of {@code 2^63 - 1} leaves needs. */
    private static final int MAX_LEVELS = 8;

    private static final String TILE = "select hashes from tile where level = ? and number = ?";
    private static final String TILES =
            "select number, hashes from tile where level = 0 and number between ? and ? order by number";
    private static final String EDGE = "select level, number, hashes from tree_edge order by level limit 64";
    private static final String ELSEWHERE =
            "select level, number from tile where hashes = ? and not (level = ? and number = ?) limit 1";
    private static final String BEYOND =
            "select level, number from tile where level = ? and number >= ? order by number limit " + Report.MAX_BREAKS;
    private static final String NOWHERE = "select level, number from tile where level not between 0 and 7 or number < 0"
            + " order by level, number limit " + Report.MAX_BREAKS;

    private final Snapshot snapshot;
    private final long entries;
    private final Map<Integer, Edge> edges = new TreeMap<>();
    private final Map<Key, Optional<byte[]>> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<byte[]>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Of the tile that was fetched last, by the thread that fetches. */
    private long fetched = -1;

    /** Where a tile is stored. */
    record Key(int level, long number) {}

    /** A tile; no hashes where it is not stored. */
    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    record Stored(long number, byte @Nullable [] hashes) {}

    /** A row of {@code tree_edge}. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content below
    record Edge(long number, byte[] hashes) {
        int count() {
            return hashes.length / TreeHash.BYTES;
        }
    }

    /** @param entries up to the newest position, whatever is in between */
    DatabaseTiles(Snapshot snapshot, long entries) throws SQLException {
        this.snapshot = snapshot;
        this.entries = entries;
        snapshot.rows(EDGE, row -> edges.put(row.getInt(1), new Edge(row.getLong(2), row.getBytes(3))));
    }

    /** Rows of {@code tree_edge} by level. */
    Map<Integer, Edge> edges() {
        return edges;
    }

    /** Entries by what is stored of the edge, 0 where nothing is. */
    long size() {
        Edge lowest = edges.get(0);
        boolean isPossible =
                lowest != null && lowest.number() >= 0 && lowest.number() < Long.MAX_VALUE / Tile.WIDTH - 1;
        return lowest != null && isPossible ? lowest.number() * Tile.WIDTH + lowest.count() : 0;
    }

    /** The tiles that cover these rows, apart from those that were fetched with the rows before. */
    List<Stored> fetch(List<EntryRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        long from = Math.max(fetched + 1, rows.getFirst().position() / Tile.WIDTH);
        long to = Math.min(rows.getLast().position() / Tile.WIDTH, from + rows.size());
        if (to < from) {
            return List.of();
        }
        fetched = to;
        Map<Long, byte[]> found = new TreeMap<>();
        snapshot.rows(TILES, row -> found.put(row.getLong(1), row.getBytes(2)), from, to);
        List<Stored> stored = new ArrayList<>();
        for (long number = from; number <= to; number++) {
            stored.add(new Stored(number, found.get(number)));
        }
        return stored;
    }

    void remember(List<Stored> tiles) {
        tiles.forEach(tile -> remembered.put(new Key(0, tile.number()), Optional.ofNullable(tile.hashes())));
    }

    /** A full tile, 8192 bytes; null where it is not stored. */
    byte @Nullable [] full(int level, long number) throws SQLException {
        Key key = new Key(level, number);
        Optional<byte[]> hashes = remembered.get(key);
        if (hashes == null) {
            hashes = snapshot.rows(TILE, row -> row.getBytes(1), level, number).stream()
                    .findFirst();
            remembered.put(key, hashes);
        }
        return hashes.orElse(null);
    }

    /** The hashes that are stored of a tile, full or at the edge; null where there are none. */
    byte @Nullable [] stored(int level, long number) throws SQLException {
        byte[] hashes = full(level, number);
        Edge edge = edges.get(level);
        if (edge == null || edge.number() != number) {
            return hashes;
        }
        boolean isFull = level == 0 && number < entries / Tile.WIDTH;
        return hashes != null && isFull ? hashes : edge.hashes();
    }

    /** The hash that is stored at a place of a level; null where there is none. */
    byte @Nullable [] hash(int level, long index) throws SQLException {
        byte[] hashes = stored(level, index / Tile.WIDTH);
        int at = (int) (index % Tile.WIDTH) * TreeHash.BYTES;
        return hashes == null || at + TreeHash.BYTES > hashes.length
                ? null
                : Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES);
    }

    /** Those that a tree of which this is a tile had; none where there are fewer. */
    @Override
    public byte[] hashes(Tile tile) {
        try {
            byte[] hashes = stored(tile.level(), tile.number());
            int length = tile.width() * TreeHash.BYTES;
            return hashes == null || hashes.length < length ? new byte[0] : Arrays.copyOf(hashes, length);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }

    /** The root of the tree of a size; null where there are not so many tiles, or others. */
    byte @Nullable [] root(long size) {
        try {
            return new TileTree(size, this).root();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Another tile with the same hashes. */
    Optional<Key> elsewhere(byte[] hashes, int level, long number) throws SQLException {
        return snapshot.rows(ELSEWHERE, row -> new Key(row.getInt(1), row.getLong(2)), hashes, level, number).stream()
                .findFirst();
    }

    /** The first tiles of each level that a tree of a size has not. */
    List<Key> beyond(long size) throws SQLException {
        List<Key> beyond = snapshot.rows(NOWHERE, row -> new Key(row.getInt(1), row.getLong(2)));
        for (int level = 0; level < MAX_LEVELS; level++) {
            long full = Tile.full(level, size);
            beyond.addAll(snapshot.rows(BEYOND, row -> new Key(row.getInt(1), row.getLong(2)), level, full));
        }
        return beyond;
    }
}
