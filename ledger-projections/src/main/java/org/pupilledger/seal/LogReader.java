package org.pupilledger.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pupilledger.canonical.UnreadableEvent;
import org.pupilledger.ledger.LedgerEvent;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.LogVerifier;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TileSource;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TlogProof;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.tlog.Sql;
import org.pupilledger.tlog.Tiles;
import org.pupilledger.verdict.KeyHistory;

/**
 * Reads the sealed log: checkpoints, tiles, entries, proofs, receipts. Where it is told which keys sign the log, a row that
 * says that it is a checkpoint counts for nothing unless it is signed, so whatever else is in the database, nothing is shown
 * as sealed that was not.
 */
public final class LogReader {
    /** Rows that nobody signed, before the one that is looked for is given up. */
    private static final int MAX_FORGED = 100;

    private static final String ENTRIES =
            "select leaf_bytes from ledger_entry where position >= ? and position < ? order by position";
    private static final String NEWEST_SEQUENCE =
            "select coalesce(max(sequence), -1) from event where aggregate_id = ?";
    private static final String ABOUT_KEYS = """
            select l.position, l.leaf_bytes from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = ? order by l.position
            """;
    private static final String POSITION = """
            select l.position, l.leaf_bytes from event e join ledger_entry l on l.global_index = e.global_index
            where e.aggregate_id = ? and e.sequence = ?
            """;

    private final DataSource dataSource;
    private final @Nullable LogVerifier signing;
    private final Tiles tiles;

    /** What was found to be signed last: to look at a signature once is enough. */
    private volatile @Nullable Sealed newestSigned;

    private volatile @Nullable Sealed publicSigned;

    /** Believes what the database says is a checkpoint; for who verifies it. */
    public LogReader(DataSource dataSource) {
        this(dataSource, null);
    }

    /** @param signing the keys that sign the newest checkpoint, from elsewhere than the database */
    public LogReader(DataSource dataSource, @Nullable LogVerifier signing) {
        this.dataSource = dataSource;
        this.signing = signing;
        this.tiles = new Tiles(dataSource);
    }

    /** The newest checkpoint; empty before the first. */
    public Optional<Sealed> newest() {
        return read(this::newest);
    }

    /** Entries that the newest checkpoint covers. */
    public long sealedSize() {
        return newest().map(Sealed::size).orElse(0L);
    }

    private Optional<Sealed> newest(Connection connection) throws SQLException {
        LogVerifier verifier = signing;
        if (verifier == null) {
            return Sealed.newest(connection);
        }
        Sealed known = newestSigned;
        Optional<Sealed> newest = Sealed.newest(connection);
        if (newest.isEmpty() || (known != null && known.isSame(newest.get()))) {
            return newest;
        }
        if (!isSigned(newest.get(), verifier)) {
            newest = firstSigned(Sealed.newest(connection, MAX_FORGED), known, verifier);
        }
        newest.ifPresent(signed -> newestSigned = signed);
        return newest;
    }

    /** The newest one that one of some keys signed. */
    static Optional<Sealed> newestSigned(Connection connection, LogVerifier verifier) throws SQLException {
        return firstSigned(Sealed.newest(connection, MAX_FORGED), null, verifier);
    }

    private static Optional<Sealed> firstSigned(List<Sealed> rows, @Nullable Sealed known, LogVerifier verifier) {
        return rows.stream()
                .filter(row -> (known != null && known.isSame(row)) || isSigned(row, verifier))
                .findFirst()
                .or(() -> Optional.ofNullable(known));
    }

    private static boolean isSigned(Sealed row, LogVerifier verifier) {
        return verifier.open(row.note())
                .filter(checkpoint -> checkpoint.size() == row.size())
                .isPresent();
    }

    /** Of all keys that sealed entries introduced: older checkpoints may be of keys that are retired. */
    private LogVerifier everSigning(Connection connection, LogVerifier verifier) throws SQLException {
        List<VerifierKey> keys = keyHistory(connection)
                .introducedAmong(newest(connection).map(Sealed::size).orElse(0L));
        return keys.isEmpty() ? verifier : new LogVerifier(verifier.origin(), keys);
    }

    /** The smallest checkpoint that covers an entry; empty where it is not sealed. */
    public Optional<Sealed> covering(long position) {
        return read(connection -> {
            LogVerifier verifier = signing;
            if (verifier == null) {
                return Sealed.covering(connection, position, 1).stream().findFirst();
            }
            Sealed newest =
                    newest(connection).filter(it -> it.size() > position).orElse(null);
            return newest == null
                    ? Optional.empty()
                    : firstSigned(
                            Sealed.covering(connection, position, MAX_FORGED),
                            newest,
                            everSigning(connection, verifier));
        });
    }

    /** The checkpoint that everybody may see; empty before the first. */
    public Optional<Sealed> ofPublic() {
        return read(this::ofPublic);
    }

    private Optional<Sealed> ofPublic(Connection connection) throws SQLException {
        Optional<Sealed> shown = Sealed.ofPublic(connection);
        LogVerifier verifier = signing;
        Sealed known = publicSigned;
        if (verifier == null || (known != null && shown.filter(known::isSame).isPresent())) {
            return shown;
        }
        Optional<Sealed> signed =
                shown.isEmpty() ? shown : firstSigned(List.of(shown.get()), known, everSigning(connection, verifier));
        signed.ifPresent(it -> publicSigned = it);
        return signed;
    }

    /**
     * The keys that sign the newest checkpoint and the public one, which can be of the time before a change of keys; empty
     * before the first checkpoint and until the first key is an entry.
     */
    public List<VerifierKey> shownKeys() {
        return read(connection -> {
            List<Sealed> shown = Stream.of(newest(connection), ofPublic(connection))
                    .flatMap(Optional::stream)
                    .toList();
            // after the checkpoints, so that it reaches as far as they do
            KeyHistory history = keyHistory(connection);
            return shown.stream()
                    .flatMap(signed -> signing(history, signed.size()))
                    .distinct()
                    .toList();
        });
    }

    /** The first key signs before an entry introduces it. */
    private static Stream<VerifierKey> signing(KeyHistory history, long size) {
        List<VerifierKey> active = history.at(size);
        return active.isEmpty() ? history.all().stream().limit(1) : active.stream();
    }

    /** The keys that sign the newest checkpoint and the next one; empty before the first checkpoint. */
    public List<VerifierKey> signingKeys() {
        return read(connection ->
                keyHistory(connection).at(newest(connection).map(Sealed::size).orElse(0L)));
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
        return read(LogReader::keyHistory);
    }

    /**
     * What the entries of a database say of the keys.
     *
     * @throws UnreadableEvent one of them cannot be read
     */
    public static KeyHistory keyHistory(Connection connection) throws SQLException {
        KeyHistory history = new KeyHistory();
        Sql.each(connection, ABOUT_KEYS, row -> history.add(row.getLong(1), row.getBytes(2)), LedgerEvent.ID);
        return history;
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
        List<byte[]> entries = read(connection -> Sql.list(connection, ENTRIES, row -> row.getBytes(1), from, to));
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
        long newest = read(connection -> Sql.number(connection, NEWEST_SEQUENCE, aggregateId));
        return newest < 0 ? OptionalLong.empty() : OptionalLong.of(newest);
    }

    /**
     * Proves that an event is in the log (C2SP tlog-proof), with the entry itself as extra data.
     *
     * @param sequence 0-based, within the aggregate
     * @return empty while the event is not sealed, or where there is none
     */
    public Optional<byte[]> receipt(String aggregateId, long sequence) {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Found(long position, byte[] leaf) {}
        Optional<Sealed> newest = newest();
        Optional<Found> found = read(connection -> Sql.first(
                connection, POSITION, row -> new Found(row.getLong(1), row.getBytes(2)), aggregateId, sequence));
        return newest.flatMap(last -> found.filter(it -> it.position() < last.size())
                .map(it -> new TlogProof(
                                it.leaf(), it.position(), tree(last.size()).inclusionProof(it.position()), last.note())
                        .bytes()));
    }

    private <T> T read(Sql.Work<T, RuntimeException> query) {
        return Sql.read(dataSource, query);
    }
}
