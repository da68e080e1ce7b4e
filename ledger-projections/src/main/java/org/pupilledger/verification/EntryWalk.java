package org.pupilledger.verification;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.catalogue.Snapshot;
import org.pupilledger.diagnosis.Breaks;
import org.pupilledger.diagnosis.Breaks.Part;
import org.pupilledger.diagnosis.RootChecks;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Authenticity.Finding;
import org.pupilledger.verdict.Break.Kind;

/**
 * Goes through the entries in order, each beside its event and beside the hash that the stored tree has at its place, and
 * computes the tree anew.
 *
 * <p>Where an entry and the tree disagree, the one is believed for which something signed or computed from other rows
 * speaks: a tile is vouched for by the hash above it, the edge of the tree by the newest checkpoint. With the hashes that
 * are believed the walk goes on, so that one break does not hide or cause others.
 */
final class EntryWalk {
    private static final int MAX_MISSING = 10_000;

    private final DatabaseTiles tiles;
    private final RootChecks roots;
    private final EventComparison events;
    private final Breaks breaks;
    private final @Nullable Checkpoint newest;
    private final long genuineFrom;
    private final long unsealedFrom;
    private final EntryPlaces places;
    private final StoredTree storedTree;
    private final GrowingTree tree;

    /** Hashes of entries that are not there: their events may be. */
    private final Set<ByteBuffer> missing = new HashSet<>();

    /** Where rows stand that belong elsewhere. */
    private final Set<Long> misplaced = new HashSet<>();

    private long shift;
    private long eventRows;
    private long rootAt;
    private long storedNumber = -1;
    private byte @Nullable [] stored;
    private Belief belief = Belief.OPEN;
    private boolean isTreeLost;

    /** Whom to believe where the entries under a tile disagree with it. */
    private enum Belief {
        OPEN,
        TILE,
        ENTRIES
    }

    /**
     * @param newest      checkpoint that counts, null where there is none
     * @param genuineFrom from which position on every event is of a key at hand
     * @param begun       from where to go on
     */
    EntryWalk(
            Snapshot snapshot,
            DatabaseTiles tiles,
            RootChecks roots,
            EventComparison events,
            Breaks breaks,
            @Nullable Checkpoint newest,
            long genuineFrom,
            VerificationState.Content begun) {
        this.tiles = tiles;
        this.places = new EntryPlaces(snapshot, tiles);
        this.storedTree = new StoredTree(tiles, breaks);
        this.roots = roots;
        this.events = events;
        this.breaks = breaks;
        this.newest = newest;
        this.genuineFrom = genuineFrom;
        this.unsealedFrom = newest == null ? 0 : newest.size();
        this.tree = new GrowingTree(begun.entries(), begun.tree(), storedTree::compareTile);
        this.shift = begun.shift();
        this.eventRows = begun.events();
        this.rootAt = roots.nextSize();
    }

    GrowingTree tree() {
        return tree;
    }

    long eventRows() {
        return eventRows;
    }

    /** From which a later run can go on. */
    VerificationState state() {
        return VerificationState.of(tree, shift, eventRows, roots.agreed(), breaks.inOrder());
    }

    /** Whether this is the hash of an entry that is not there. */
    boolean isMissing(byte[] hash) {
        return missing.contains(ByteBuffer.wrap(hash));
    }

    /** @param hash of the entry, see {@link TreeHash#ofLeaf} */
    void add(EntryRow row, byte[] hash) throws SQLException {
        if (row.event() != null) {
            eventRows++;
        }
        long position = row.position() + shift;
        if (position != tree.size() && !meet(position)) {
            return;
        }
        position = tree.size();
        if (Arrays.equals(hash, expectedAt(position))) {
            take(row, position, hash);
        } else {
            addDifferent(row, position, hash);
        }
    }

    private void take(EntryRow row, long position, byte[] hash) throws SQLException {
        accept(hash);
        if (!Arrays.equals(hash, row.hash())) {
            explainHash(row, position);
        }
        compareEvent(row, position);
    }

    private void compareEvent(EntryRow row, long position) throws SQLException {
        if (!row.agrees()) {
            events.explain(row, position);
        } else if (position >= genuineFrom && row.finding() == Finding.FOREIGN) {
            breaks.at(Part.EVENT, Kind.FORGED, position)
                    .say("event at position " + position
                            + (position >= unsealedFrom ? ", which no checkpoint covers yet," : "")
                            + " was not appended by a program that holds this ledger's key.");
        }
    }

    /** The hash that the stored tree has at a position; null where it has none. */
    private byte @Nullable [] expectedAt(long position) throws SQLException {
        byte[] hashes = storedAt(position);
        int at = (int) (position % Tile.WIDTH) * TreeHash.BYTES;
        return hashes == null || at + TreeHash.BYTES > hashes.length
                ? null
                : Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES);
    }

    private byte @Nullable [] storedAt(long position) throws SQLException {
        long number = position / Tile.WIDTH;
        if (number != storedNumber) {
            storedNumber = number;
            stored = tiles.stored(0, number);
            belief = Belief.OPEN;
        }
        return stored;
    }

    private void accept(byte[] hash) throws SQLException {
        tree.append(hash);
        if (tree.size() == rootAt) {
            roots.check(rootAt, tree.root());
            rootAt = roots.nextSize();
        }
    }

    /** Goes on to a row's position; false where the row has no place there. */
    private boolean meet(long position) throws SQLException {
        if (isTreeLost) {
            return false;
        }
        if (position < tree.size()) {
            breaks.at(Part.ENTRY, Kind.INSERTED, position)
                    .say("ledger_entry has more than one row for position " + position + ".");
            return false;
        }
        addMissing(position);
        if (tree.size() == position) {
            return true;
        }
        if (!misplaced.contains(position - shift)) {
            breaks.at(Part.ENTRY, Kind.INSERTED, tree.size())
                    .say("ledger_entry has a row for position " + position + ", but none for position " + tree.size()
                            + ", and the tree ends there.");
        }
        return false;
    }

    /** Takes from the stored tree what ledger_entry has not, as far as it is there. */
    private void addMissing(long to) throws SQLException {
        long from = tree.size();
        byte[] hash = tiles.hash(0, from);
        Optional<EntryPlaces.Twin> twin =
                hash == null || !breaks.want(from) ? Optional.empty() : places.twin(hash, hash, from - shift);
        while (hash != null && tree.size() < to) {
            if (missing.size() < MAX_MISSING) {
                missing.add(ByteBuffer.wrap(hash));
            }
            accept(hash);
            hash = tiles.hash(0, tree.size());
        }
        if (tree.size() == from) {
            return;
        }
        if (twin.isPresent()) {
            misplaced.add(twin.get().position());
            breaks.at(Part.ENTRY, Kind.CHANGED, from)
                    .say("ledger_entry.position is " + twin.get().position() + " for the entry of position " + from
                            + ".");
        } else {
            long last = tree.size() - 1;
            breaks.at(Part.ENTRY, Kind.MISSING, from)
                    .say("ledger_entry has no row" + (last == from ? "" : "s") + " for position"
                            + (last == from ? " " + from : "s " + from + " to " + last) + ".");
        }
    }

    /** The tree has another hash here, or none. */
    private void addDifferent(EntryRow row, long position, byte[] hash) throws SQLException {
        byte[] hashes = storedAt(position);
        byte[] expected = expectedAt(position);
        if (expected == null && belief != Belief.ENTRIES && isBeyondTree(row, position)) {
            if (!misplaced.contains(row.position())) {
                breaks.at(Part.ENTRY, Kind.INSERTED, position)
                        .say("ledger_entry has a row for position " + position + ", which the tree does not have.");
            }
            isTreeLost = true;
            return;
        }
        if (belief == Belief.OPEN) {
            belief = hashes != null && expected != null && isTileRight(hashes, position, row, hash)
                    ? Belief.TILE
                    : Belief.ENTRIES;
        }
        if (belief == Belief.ENTRIES || expected == null) {
            take(row, position, hash);
            return;
        }
        explainEntry(row, position, hash, expected);
    }

    /** Whether the stored tree ends before a position, by all that speaks of its end. */
    private boolean isBeyondTree(EntryRow row, long position) throws SQLException {
        Checkpoint sealed = newest;
        if (sealed != null && sealed.size() > position) {
            return false;
        }
        return (tiles.edges().containsKey(0) && tiles.size() == position)
                || (misplaced.contains(row.position()) && tiles.hash(0, position) == null);
    }

    /** Whether what is stored of a tile is vouched for by something else. */
    private boolean isTileRight(byte[] hashes, long position, EntryRow row, byte[] hash) throws SQLException {
        long number = position / Tile.WIDTH;
        if (hashes.length == Tile.BYTES) {
            byte[] above = tiles.hash(1, number);
            if (above != null) {
                return Arrays.equals(above, TreeHash.ofTile(hashes));
            }
        } else if (newest != null
                && newest.size() > number * Tile.WIDTH
                && newest.size() <= (number + 1) * Tile.WIDTH) {
            int count = (int) (newest.size() - number * Tile.WIDTH);
            return count * TreeHash.BYTES <= hashes.length
                    && Arrays.equals(newest.root(), tree.rootWith(hashes, count));
        }
        // nothing vouches for the tile: an entry that agrees with its own hash and its event is the better witness
        return !row.agrees() || !Arrays.equals(hash, row.hash());
    }

    private void explainHash(EntryRow row, long position) throws SQLException {
        if (!breaks.want(position)) {
            return;
        }
        boolean isOfAnother = places.twin(row.hash(), TreeHash.ofLeaf(row.leaf()), row.position())
                .isPresent();
        breaks.at(Part.ENTRY, isOfAnother ? Kind.REORDERED : Kind.CHANGED, position)
                .say("ledger_entry.leaf_hash at position " + position
                        + (isOfAnother ? " is that of another entry." : " is not the hash of leaf_bytes."));
    }

    /** The tree is right and the entry is not. */
    private void explainEntry(EntryRow row, long position, byte[] hash, byte[] expected) throws SQLException {
        if (!breaks.want(position)) {
            accept(expected);
            return;
        }
        byte[] nextExpected = tiles.hash(0, position + 1);
        byte[] nextHash = places.hashAfter(row.position());
        boolean nextFits = nextHash == null ? nextExpected == null : Arrays.equals(nextHash, nextExpected);
        boolean isSwappedWithNext = Arrays.equals(hash, nextExpected) && Arrays.equals(nextHash, expected);
        if (!nextFits && !isSwappedWithNext) {
            long found = places.find(hash, position + 1);
            if (found >= 0) {
                // rows moved up: those in between are missing
                addMissing(found);
                shift += found - position;
                accept(hash);
                compareEvent(row, found);
                return;
            }
            if (places.isInserted(row, expected, nextExpected)) {
                shift--;
                breaks.at(Part.ENTRY, Kind.INSERTED, position)
                        .say("ledger_entry has a row at position " + position + " that was put in between.");
                return;
            }
        }
        boolean isReordered = isSwappedWithNext
                || places.twin(expected, hash, row.position())
                        .filter(twin -> twin.isAway(expected))
                        .isPresent();
        String what = Arrays.equals(hash, row.hash()) ? "" : ".leaf_bytes";
        String changed = what.isEmpty() ? ".leaf_bytes and .leaf_hash" : what;
        breaks.at(Part.ENTRY, isReordered ? Kind.REORDERED : Kind.CHANGED, position)
                .say("ledger_entry" + (isReordered ? what : changed) + " at position " + position
                        + (isReordered ? " is that of another position." : " is not what was hashed into the tree."));
        accept(expected);
    }

    /** After the last row: what the tree has besides, and whether its edge is that of the entries. */
    void finish() throws SQLException {
        addMissing(Long.MAX_VALUE);
        storedTree.finish(tree);
        roots.finish(tree.size());
    }
}
