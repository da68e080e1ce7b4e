package org.pupilledger.verification;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;

/** Where else an entry stands that is not where it should be: in other rows, and in the tree. */
final class EntryPlaces {
    private static final String BY_POSITION =
            "select leaf_hash, position from ledger_entry where position > ? order by position limit 1";
    private static final String WITH_HASH =
            "select position, leaf_bytes, leaf_hash from ledger_entry where leaf_hash in (?, ?) and position <> ?"
                    + " order by position limit 4";

    private final Snapshot snapshot;
    private final DatabaseTiles tiles;

    EntryPlaces(Snapshot snapshot, DatabaseTiles tiles) {
        this.snapshot = snapshot;
        this.tiles = tiles;
    }

    /** A row with the hash of another. */
    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    record Twin(long position, byte[] leaf, byte[] hash) {
        /** Whether it holds what is expected elsewhere, or what stands here does not stand at its own place. */
        boolean isAway(byte[] expected) {
            byte[] own = TreeHash.ofLeaf(leaf);
            return Arrays.equals(own, expected) || Arrays.equals(hash, expected) || !Arrays.equals(own, hash);
        }
    }

    /** The first position from one on, not far away, at which the tree has a hash; -1 where there is none. */
    long find(byte[] hash, long from) throws SQLException {
        for (long position = from; position <= from + Tile.WIDTH; position++) {
            byte[] there = tiles.hash(0, position);
            if (there == null) {
                return -1;
            }
            if (Arrays.equals(there, hash)) {
                return position;
            }
        }
        return -1;
    }

    /** Whether what is expected here comes later, and what follows it there is what follows it here. */
    boolean isInserted(EntryRow row, byte[] expected, byte @Nullable [] nextExpected) throws SQLException {
        Optional<Twin> later = twin(expected, expected, row.position());
        if (later.isEmpty() || later.get().position() < row.position()) {
            return false;
        }
        byte[] afterLater = hashAfter(later.get().position());
        return afterLater == null ? nextExpected == null : Arrays.equals(afterLater, nextExpected);
    }

    byte @Nullable [] hashAfter(long position) throws SQLException {
        List<byte[]> next = snapshot.rows(
                BY_POSITION, row -> row.getLong(2) == position + 1 ? row.getBytes(1) : new byte[0], position);
        return next.isEmpty() ? null : next.getFirst();
    }

    /** Another row with one of two hashes. */
    Optional<Twin> twin(byte[] one, byte[] other, long position) throws SQLException {
        return snapshot
                .rows(
                        WITH_HASH,
                        row -> new Twin(row.getLong(1), row.getBytes(2), row.getBytes(3)),
                        one,
                        other,
                        position)
                .stream()
                .findFirst();
    }
}
