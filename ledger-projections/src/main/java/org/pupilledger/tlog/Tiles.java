package org.pupilledger.tlog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TreeHash;

/** The tiles of the tree as they are stored; full ones, which never change, are remembered. */
public final class Tiles implements TileSource {
    /** 8 KiB each. */
    private static final int REMEMBERED = 2_000;

    /** One statement, so one snapshot: a tile is found though it becomes full meanwhile. */
    private static final String READ = """
            select hashes from tile where level = ? and number = ?
            union all
            select hashes from tree_edge where level = ? and number = ?
            """;

    private final DataSource dataSource;
    private final Cache<Tile, byte[]> full = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public Tiles(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The first hashes of a tile.
     *
     * @return {@code width} times 32 bytes
     * @throws TreeDamaged    the tree has no such tile, or not so many hashes in it
     * @throws LogUnavailable the database could not be read
     */
    @Override
    public byte[] hashes(Tile tile) {
        Tile whole = new Tile(tile.level(), tile.number(), Tile.WIDTH);
        byte[] hashes = full.getIfPresent(whole);
        if (hashes == null) {
            hashes = read(tile.level(), tile.number());
            if (hashes != null && hashes.length == Tile.WIDTH * TreeHash.BYTES) {
                full.put(whole, hashes);
            }
        }
        int length = tile.width() * TreeHash.BYTES;
        if (hashes == null || hashes.length < length) {
            throw new TreeDamaged("tile " + tile.path() + " is missing");
        }
        return Arrays.copyOf(hashes, length);
    }

    private byte @Nullable [] read(int level, long number) {
        return Sql.read(
                        dataSource,
                        connection -> Sql.first(connection, READ, row -> row.getBytes(1), level, number, level, number))
                .orElse(null);
    }
}
