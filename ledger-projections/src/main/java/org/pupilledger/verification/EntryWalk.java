package org.pupilledger.verification;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.schema.Authenticity.Finding;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verification.Breaks.Part;

/**
 * Goes through the entries in order, each beside its event and beside the hash that the stored tree has at its place, and
 * computes the tree anew.
 *
 * <p>Where an entry and the tree disagree, the one is believed for which something signed or computed from other rows
 * speaks: a tile is vouched for by the hash above it, the edge of the tree by the newest checkpoint. With the hashes that
 * are believed the walk goes on, so that one break does not hide or cause others.
 */
final class EntryWalk {
    private static final String BY_POSITION =
            "select leaf_hash, position from ledger_entry where position > ? order by position limit 1";
    private static final String WITH_HASH =
            "select position, leaf_bytes, leaf_hash from ledger_entry where leaf_hash in (?, ?) and position <> ?"
                    + " order by position limit 4";
    private static final int MAX_MISSING = 10_000;

    private final Snapshot snapshot;
    private final DatabaseTiles tiles;
    private final RootChecks roots;
    private final EventComparison events;
    private final Breaks breaks;
    private final @Nullable Checkpoint newest;
    private final long genuineFrom;
    private final long unsealedFrom;
    private final GrowingTree tree;

    /** Hashes of entries that are not there: their events may be. */
    private final Set<ByteBuffer> missing = new HashSet<>();

    /** Where rows stand that belong elsewhere, and tiles. */
    private final Set<Long> misplaced = new HashSet<>();

    private final Set<DatabaseTiles.Key> misplacedTiles = new HashSet<>();

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

    @SuppressWarnings("ArrayRecordComponent") // on its way, never compared
    private record Twin(long position, byte[] leaf, byte[] hash) {}

    /**
     * @param newest      checkpoint that counts, null where there is none
     * @param genuineFrom from which position on every event is of a key at hand
     * @param begun       from where to go on, null to begin at position 0
     */
    EntryWalk(
            Snapshot snapshot,
            DatabaseTiles tiles,
            RootChecks roots,
            EventComparison events,
            Breaks breaks,
            @Nullable Checkpoint newest,
            long genuineFrom,
            VerificationState.@Nullable Content begun) {
        this.snapshot = snapshot;
        this.tiles = tiles;
        this.roots = roots;
        this.events = events;
        this.breaks = breaks;
        this.newest = newest;
        this.genuineFrom = genuineFrom;
        this.unsealedFrom = newest == null ? 0 : newest.size();
        this.tree = begun == null
                ? new GrowingTree(this::compareTile)
                : new GrowingTree(begun.entries(), begun.tree(), this::compareTile);
        this.shift = begun == null ? 0 : begun.shift();
        this.eventRows = begun == null ? 0 : begun.events();
        this.rootAt = roots.nextSize();
    }

    GrowingTree tree() {
        return tree;
    }

    long eventRows() {
        return eventRows;
    }

    long shift() {
        return shift;
    }

    /** Whether this is the hash of an entry that is not there. */
    boolean isMissing(byte[] hash) {
        return missing.contains(ByteBuffer.wrap(hash));
    }

    void addAll(List<EntryRow> rows) throws SQLException {
        try {
            for (EntryRow row : rows) {
                add(row);
            }
        } catch (Unreadable e) {
            throw e.failure;
        }
    }

    private void add(EntryRow row) throws SQLException {
        if (row.event() != null) {
            eventRows++;
        }
        long position = row.position() + shift;
        if (position != tree.size() && !meet(position)) {
            return;
        }
        position = tree.size();
        byte[] hash = TreeHash.ofLeaf(row.leaf());
        if (isStored(position, hash)) {
            accept(hash);
            if (!Arrays.equals(hash, row.hash())) {
                explainHash(row, position);
            }
            compareEvent(row, position);
        } else {
            addDifferent(row, position, hash);
        }
    }

    private void compareEvent(EntryRow row, long position) throws SQLException {
        if (!row.agrees()) {
            events.explain(row, position);
        } else if (position >= genuineFrom && row.finding() == Finding.FOREIGN) {
            breaks.add(
                    Part.EVENT,
                    Kind.FORGED,
                    position,
                    "event at position " + position
                            + (position >= unsealedFrom ? ", which no checkpoint covers yet," : "")
                            + " was not appended by a program that holds this ledger's key.");
        }
    }

    /** Whether the stored tree has this hash at a position. */
    private boolean isStored(long position, byte[] hash) throws SQLException {
        byte[] hashes = storedAt(position);
        int at = (int) (position % Tile.WIDTH) * TreeHash.BYTES;
        return hashes != null
                && at + TreeHash.BYTES <= hashes.length
                && Arrays.equals(hashes, at, at + TreeHash.BYTES, hash, 0, TreeHash.BYTES);
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
            breaks.add(
                    Part.ENTRY,
                    Kind.INSERTED,
                    position,
                    "ledger_entry has more than one row for position " + position + ".");
            return false;
        }
        addMissing(position);
        if (tree.size() == position) {
            return true;
        }
        if (!misplaced.contains(position - shift)) {
            breaks.add(
                    Part.ENTRY,
                    Kind.INSERTED,
                    tree.size(),
                    "ledger_entry has a row for position " + position + ", but none for position " + tree.size()
                            + ", and the tree ends there.");
        }
        return false;
    }

    /** Takes from the stored tree what ledger_entry has not, as far as it is there. */
    private void addMissing(long to) throws SQLException {
        long from = tree.size();
        byte[] hash = tiles.hash(0, from);
        Optional<Twin> twin = hash == null || !breaks.want(from) ? Optional.empty() : twin(hash, hash, from - shift);
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
            breaks.add(
                    Part.ENTRY,
                    Kind.CHANGED,
                    from,
                    "ledger_entry.position is " + twin.get().position() + " for the entry of position " + from + ".");
        } else {
            breaks.add(Part.ENTRY, Kind.MISSING, from, missing(from, tree.size()));
        }
    }

    private static String missing(long from, long to) {
        return to - from == 1
                ? "ledger_entry has no row for position " + from + "."
                : "ledger_entry has no rows for positions " + from + " to " + (to - 1) + ".";
    }

    /** The tree has another hash here, or none. */
    private void addDifferent(EntryRow row, long position, byte[] hash) throws SQLException {
        byte[] hashes = storedAt(position);
        int at = (int) (position % Tile.WIDTH) * TreeHash.BYTES;
        byte[] expected = hashes == null || at + TreeHash.BYTES > hashes.length
                ? null
                : Arrays.copyOfRange(hashes, at, at + TreeHash.BYTES);
        if (expected == null && belief != Belief.ENTRIES && isBeyondTree(row, position)) {
            if (!misplaced.contains(row.position())) {
                breaks.add(
                        Part.ENTRY,
                        Kind.INSERTED,
                        position,
                        "ledger_entry has a row for position " + position + ", which the tree does not have.");
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
            accept(hash);
            if (!Arrays.equals(hash, row.hash())) {
                explainHash(row, position);
            }
            compareEvent(row, position);
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
        boolean isOfAnother =
                twin(row.hash(), TreeHash.ofLeaf(row.leaf()), row.position()).isPresent();
        breaks.add(
                Part.ENTRY,
                isOfAnother ? Kind.REORDERED : Kind.CHANGED,
                position,
                "ledger_entry.leaf_hash at position " + position
                        + (isOfAnother ? " is that of another entry." : " is not the hash of leaf_bytes."));
    }

    /** The tree is right and the entry is not. */
    private void explainEntry(EntryRow row, long position, byte[] hash, byte[] expected) throws SQLException {
        if (!breaks.want(position)) {
            accept(expected);
            return;
        }
        byte[] nextExpected = tiles.hash(0, position + 1);
        byte[] nextHash = hashAfter(row.position());
        boolean nextFits = nextHash == null ? nextExpected == null : Arrays.equals(nextHash, nextExpected);
        boolean isSwappedWithNext = Arrays.equals(hash, nextExpected) && Arrays.equals(nextHash, expected);
        if (!nextFits && !isSwappedWithNext) {
            long found = find(hash, position + 1);
            if (found >= 0) {
                // rows moved up: those in between are missing
                addMissing(found);
                shift += found - position;
                accept(hash);
                compareEvent(row, found);
                return;
            }
            if (isInserted(row, expected, nextExpected)) {
                shift--;
                breaks.add(
                        Part.ENTRY,
                        Kind.INSERTED,
                        position,
                        "ledger_entry has a row at position " + position + " that was put in between.");
                return;
            }
        }
        boolean isReordered = isSwappedWithNext
                || twin(expected, hash, row.position())
                        .filter(twin -> isAway(twin, expected))
                        .isPresent();
        String what = Arrays.equals(hash, row.hash()) ? "" : ".leaf_bytes";
        if (isReordered) {
            breaks.add(
                    Part.ENTRY,
                    Kind.REORDERED,
                    position,
                    "ledger_entry" + what + " at position " + position + " is that of another position.");
        } else {
            breaks.add(
                    Part.ENTRY,
                    Kind.CHANGED,
                    position,
                    "ledger_entry" + (what.isEmpty() ? ".leaf_bytes and .leaf_hash" : what) + " at position " + position
                            + " is not what was hashed into the tree.");
        }
        accept(expected);
    }

    /** Whether a row holds what is expected here, or what stands here does not stand at its own place. */
    private static boolean isAway(Twin twin, byte[] expected) {
        byte[] hash = TreeHash.ofLeaf(twin.leaf());
        return Arrays.equals(hash, expected)
                || Arrays.equals(twin.hash(), expected)
                || !Arrays.equals(hash, twin.hash());
    }

    /** The first position from one on, not far away, at which the tree has a hash; -1 where there is none. */
    private long find(byte[] hash, long from) throws SQLException {
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
    private boolean isInserted(EntryRow row, byte[] expected, byte @Nullable [] nextExpected) throws SQLException {
        Optional<Twin> later = twin(expected, expected, row.position());
        if (later.isEmpty() || later.get().position() < row.position()) {
            return false;
        }
        byte[] afterLater = hashAfter(later.get().position());
        return afterLater == null ? nextExpected == null : Arrays.equals(afterLater, nextExpected);
    }

    private byte @Nullable [] hashAfter(long position) throws SQLException {
        List<byte[]> next = snapshot.rows(
                BY_POSITION, row -> row.getLong(2) == position + 1 ? row.getBytes(1) : new byte[0], position);
        return next.isEmpty() ? null : next.getFirst();
    }

    /** Another row with one of two hashes. */
    private Optional<Twin> twin(byte[] one, byte[] other, long position) throws SQLException {
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

    /** Carries a failure of the database through the tree. */
    private static final class Unreadable extends RuntimeException {
        private final SQLException failure;

        Unreadable(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /** Each tile, as soon as it is full, beside the one that is stored. */
    private void compareTile(int level, long number, byte[] hashes) {
        try {
            byte[] there = tiles.full(level, number);
            if (!Arrays.equals(there, hashes)) {
                explainTile(level, number, hashes, there != null);
            }
        } catch (SQLException e) {
            throw new Unreadable(e);
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
            breaks.add(
                    Part.TILE,
                    elsewhere.isPresent() ? Kind.REORDERED : Kind.CHANGED,
                    position,
                    "tile.hashes of " + name
                            + (elsewhere.isPresent()
                                    ? " are those of another tile."
                                    : " are not those of what is below."));
        } else {
            breaks.add(
                    Part.TILE,
                    elsewhere.isPresent() ? Kind.CHANGED : Kind.MISSING,
                    position,
                    elsewhere.isPresent()
                            ? "tile.level or tile.number of " + name + " was changed."
                            : "tile has no row for " + name + " though it is full.");
        }
    }

    /** After the last row: what the tree has besides, and whether its edge is that of the entries. */
    void finish() throws SQLException {
        try {
            addMissing(Long.MAX_VALUE);
            compareEdge();
            compareNumberOfTiles();
            roots.finish(tree.size());
        } catch (Unreadable e) {
            throw e.failure;
        }
    }

    private void compareNumberOfTiles() throws SQLException {
        for (DatabaseTiles.Key tile : tiles.beyond(tree.size())) {
            if (!misplacedTiles.contains(tile)) {
                breaks.add(
                        Part.TILE,
                        Kind.INSERTED,
                        Math.min(Tile.firstPosition(tile.level(), tile.number()), tree.size()),
                        "tile has a row of level " + tile.level() + " and number " + tile.number()
                                + ", which a tree that ends before position " + tree.size() + " has not.");
            }
        }
    }

    private void compareEdge() {
        Map<Integer, DatabaseTiles.Edge> edges = tiles.edges();
        int levels = Math.max(1, Tile.levels(tree.size()));
        Set<Integer> others = new HashSet<>(edges.keySet());
        for (int level = 0; level < levels; level++) {
            others.remove(level);
        }
        for (int level = 0; level < levels; level++) {
            DatabaseTiles.Edge expected = expectedEdge(level);
            DatabaseTiles.Edge edge = edges.get(level);
            if (edge == null
                    || edge.number() != expected.number()
                    || !Arrays.equals(edge.hashes(), expected.hashes())) {
                explainEdge(level, levels, expected, edge, others);
            }
        }
        for (int level : others) {
            breaks.add(
                    Part.TREE,
                    Kind.INSERTED,
                    tree.size(),
                    "tree_edge has a row for level " + level + ", which a tree that ends before position " + tree.size()
                            + " has not.");
        }
    }

    private DatabaseTiles.Edge expectedEdge(int level) {
        return new DatabaseTiles.Edge(Tile.full(level, tree.size()), tree.partial(level));
    }

    private void explainEdge(
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
            breaks.add(
                    Part.TREE,
                    stray.isPresent() ? Kind.CHANGED : Kind.MISSING,
                    position,
                    stray.isPresent()
                            ? "tree_edge.level" + where + " was changed."
                            : "tree_edge has no row" + where + " though the tree reaches it.");
            return;
        }
        boolean isSwapped = false;
        for (int other = 0; other < levels; other++) {
            isSwapped |=
                    other != level && isSwapped(edge, expected, tiles.edges().get(other), expectedEdge(other));
        }
        String column = edge.number() == expected.number() ? "hashes" : "number";
        breaks.add(
                Part.TREE,
                isSwapped ? Kind.REORDERED : Kind.CHANGED,
                position,
                "tree_edge." + column + where
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
