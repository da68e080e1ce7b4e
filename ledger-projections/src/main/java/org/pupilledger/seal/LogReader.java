package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.tlog.LogUnavailable;
import org.pupilledger.tlog.Tiles;

/** Reads the sealed log: checkpoints, tiles, entries, proofs, receipts. */
public final class LogReader {
    private static final String ENTRIES =
            "select leaf_bytes from ledger_entry where position >= ? and position < ? order by position";
    private static final String NEWEST_SEQUENCE = "select max(sequence) from event where aggregate_id = ?";
    private static final String POSITION = """
            select l.position, l.leaf_bytes from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = ? and e.sequence = ?
            """;

    private final DataSource dataSource;
    private final Tiles tiles;
    private final EventTypes types = EventTypes.current();

    public LogReader(DataSource dataSource) {
        this.dataSource = dataSource;
        this.tiles = new Tiles(dataSource);
    }

    /** The newest checkpoint; empty before the first. */
    public Optional<Sealed> newest() {
        return read(Sealed::newest);
    }

    /** The smallest checkpoint that covers an entry; empty where it is not sealed. */
    public Optional<Sealed> covering(long position) {
        return read(connection -> Sealed.covering(connection, position));
    }

    /** The checkpoint that everybody may see; empty before the first. */
    public Optional<Sealed> ofPublic() {
        return read(Sealed::ofPublic);
    }

    /**
     * The keys that sign the newest checkpoint and the public one, which can be of the time before a change of keys; empty
     * before the first checkpoint.
     */
    public List<VerifierKey> shownKeys() {
        return read(connection -> {
            KeyHistory history = KeyHistory.read(connection, types);
            return Stream.of(Sealed.newest(connection), Sealed.ofPublic(connection))
                    .flatMap(Optional::stream)
                    .flatMap(signed -> history.at(signed.size()).stream())
                    .distinct()
                    .toList();
        });
    }

    /** The keys that sign the newest checkpoint and the next one; empty before the first checkpoint. */
    public List<VerifierKey> signingKeys() {
        return read(connection -> KeyHistory.read(connection, types)
                .at(Sealed.newest(connection).map(Sealed::size).orElse(0L)));
    }

    /** The keys that the first {@code size} entries introduced and did not retire, in the order of their introduction. */
    public List<VerifierKey> keys(long size) {
        return history().at(size);
    }

    /** Every key ever introduced, in order; the first of them signs before it is. */
    public List<VerifierKey> allKeys() {
        return history().all();
    }

    private KeyHistory history() {
        return read(connection -> KeyHistory.read(connection, types));
    }

    /**
     * Hashes of a tile of the tree of some size, as many as the tile is wide.
     *
     * @return empty where a tree of that size has no such tile, or not so many hashes in it
     */
    public Optional<byte[]> tile(Tile tile, long size) {
        return isIn(tile, size) ? Optional.of(tiles.hashes(tile)) : Optional.empty();
    }

    /**
     * A bundle of entries (C2SP tlog-tiles), as many as the tile of their hashes is wide.
     *
     * @param tile of level 0
     * @return empty where a ledger of that size has no such entries
     */
    public Optional<byte[]> entries(Tile tile, long size) {
        long from = tile.number() * Tile.WIDTH;
        return isIn(tile, size)
                ? Optional.of(EntryBundle.encode(entries(from, from + tile.width())))
                : Optional.empty();
    }

    private static boolean isIn(Tile tile, long size) {
        long hashes = size;
        for (int level = 0; level < tile.level(); level++) {
            hashes /= Tile.WIDTH;
        }
        return tile.number() < hashes / Tile.WIDTH
                || (tile.number() == hashes / Tile.WIDTH && tile.width() <= hashes % Tile.WIDTH);
    }

    /** One entry's bytes; empty where a ledger of that size has none there. */
    public Optional<byte[]> entry(long index, long size) {
        return index >= 0 && index < size
                ? Optional.of(entries(index, index + 1).getFirst())
                : Optional.empty();
    }

    /**
     * The bytes of some entries.
     *
     * @param from position of the first
     * @param to   position after the last, at most the size of a checkpoint
     */
    public List<byte[]> entries(long from, long to) {
        List<byte[]> entries = read(connection -> {
            List<byte[]> found = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
                statement.setLong(1, from);
                statement.setLong(2, to);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getBytes(1));
                    }
                }
            }
            return found;
        });
        if (entries.size() != to - from) {
            throw new IllegalStateException("an entry from " + from + " to " + (to - 1) + " is missing");
        }
        return entries;
    }

    /** The tiles as they are stored. */
    public TileSource tiles() {
        return tiles;
    }

    /** The tree of some size, at most that of the newest checkpoint. */
    public TileTree tree(long size) {
        return new TileTree(size, tiles);
    }

    /** The sequence of the newest committed event of one thing, sealed or not; empty where there is none. */
    public OptionalLong newestSequence(String aggregateId) {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(NEWEST_SEQUENCE)) {
                statement.setString(1, aggregateId);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    long newest = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(newest);
                }
            }
        });
    }

    /**
     * Proves that an event is in the log (C2SP tlog-proof), with the entry itself as extra data.
     *
     * @param sequence 0-based, within the aggregate
     * @return empty while the event is not sealed, or where there is none
     */
    public Optional<byte[]> receipt(String aggregateId, long sequence) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Found(long position, byte[] leaf, Sealed sealed) {}
        Optional<Found> found = read(connection -> {
            Optional<Sealed> newest = Sealed.newest(connection);
            try (PreparedStatement statement = connection.prepareStatement(POSITION)) {
                statement.setString(1, aggregateId);
                statement.setLong(2, sequence);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                                    && newest.isPresent()
                                    && row.getLong(1) < newest.get().size()
                            ? Optional.of(new Found(row.getLong(1), row.getBytes(2), newest.get()))
                            : Optional.empty();
                }
            }
        });
        return found.map(it -> new TlogProof(
                        it.leaf(),
                        it.position(),
                        tree(it.sealed().size()).inclusionProof(it.position()),
                        it.sealed().note())
                .bytes());
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try (Connection connection = dataSource.getConnection()) {
            return query.run(connection);
        } catch (SQLException e) {
            throw new LogUnavailable(e);
        }
    }
}
