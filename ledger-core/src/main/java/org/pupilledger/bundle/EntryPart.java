package org.pupilledger.bundle;

import java.io.IOException;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.digest.Sha256;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.UnreadableEvent;

/** One file of entries with the tiles of their hashes: hashed, compared and added up. */
final class EntryPart {
    private static final byte NODE_PREFIX = 0x01;

    private final Bundle bundle;
    private final long first;
    private final int count;
    private final EventTypes types = EventTypes.current();
    private final MessageDigest sha256 = Sha256.begin();

    private final byte[] hashes;
    private final byte[] tiles;
    private final List<Subtrees> subtrees = new ArrayList<>();
    private final Totals totals = new Totals();
    private final List<Entry> seldom = new ArrayList<>();
    private final List<Tile> badTiles = new ArrayList<>();
    private long given;
    private boolean isLines = true;
    private boolean isDifferent;
    private @Nullable Long unreadable;
    private @Nullable Long hidden;

    private EntryPart(Bundle bundle, long part, long size) {
        this.bundle = bundle;
        this.first = part * BundleLayout.LINES;
        this.count = (int) Math.min(BundleLayout.LINES, size - first);
        this.hashes = new byte[count * TreeHash.BYTES];
        this.tiles = new byte[count * TreeHash.BYTES];
    }

    /** @param size of the whole tree */
    static EntryPart read(Bundle bundle, long part, long size) {
        EntryPart read = new EntryPart(bundle, part, size);
        read.readTiles();
        try {
            read.readLines(part);
        } catch (IOException e) {
            read.isLines = false;
            read.isDifferent = true;
        }
        read.hash();
        return read;
    }

    private void readTiles() {
        for (int at = 0; at < count; at += Tile.WIDTH) {
            Tile tile = new Tile(0, (first + at) / Tile.WIDTH, Math.min(Tile.WIDTH, count - at));
            int length = tile.width() * TreeHash.BYTES;
            byte[] content = bundle.read(BundleLayout.tile(tile), length);
            if (content == null || content.length != length) {
                badTiles.add(tile);
            } else {
                System.arraycopy(content, 0, tiles, at * TreeHash.BYTES, length);
            }
        }
    }

    private void readLines(long part) throws IOException {
        try (EntryLines lines = new EntryLines(bundle.stream(BundleLayout.entries(part)))) {
            for (int i = 0; i < count; i++) {
                if (!lines.next()) {
                    isDifferent = true;
                    return;
                }
                int at = i * TreeHash.BYTES;
                byte[] entry = lines.entry();
                if (entry == null) {
                    System.arraycopy(tiles, at, hashes, at, TreeHash.BYTES);
                    hidden = hidden == null ? Long.valueOf(first + i) : hidden;
                } else {
                    System.arraycopy(TreeHash.ofLeaf(entry), 0, hashes, at, TreeHash.BYTES);
                    isDifferent |= !Arrays.equals(hashes, at, at + TreeHash.BYTES, tiles, at, at + TreeHash.BYTES);
                    add(first + i, entry);
                }
            }
            isDifferent |= lines.next();
        }
    }

    private void add(long position, byte[] bytes) {
        given++;
        if (unreadable != null) {
            return;
        }
        try {
            Leaf leaf = Leaf.parse(bytes);
            Object event = leaf.event(types);
            if (event instanceof RequestEvent) {
                totals.add(event);
            } else {
                seldom.add(new Entry(position, leaf));
            }
        } catch (UnreadableEvent | IllegalArgumentException | java.time.DateTimeException e) {
            unreadable = position;
        }
    }

    long first() {
        return first;
    }

    /** The roots over each 256 leaves, and the hashes of the leaves beyond. */
    void addTo(HashTree ofEntries, HashTree ofTiles) {
        for (Subtrees one : subtrees) {
            one.addTo(ofEntries, ofTiles);
        }
    }

    /** Roots over 256 leaves, or the last leaves themselves: as the entries and as the tile have them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Subtrees(boolean isFull, byte[] ofEntries, byte[] ofTile) {
        void addTo(HashTree entries, HashTree tiles) {
            if (isFull) {
                entries.addFull(ofEntries);
                tiles.addFull(ofTile);
            } else {
                entries.addRest(ofEntries);
                tiles.addRest(ofTile);
            }
        }
    }

    /** On the thread that read the lines, since hashing is most of the work. */
    private void hash() {
        for (int at = 0; at < count; at += Tile.WIDTH) {
            int width = Math.min(Tile.WIDTH, count - at);
            int from = at * TreeHash.BYTES;
            int to = (at + width) * TreeHash.BYTES;
            boolean isSame = Arrays.equals(hashes, from, to, tiles, from, to);
            byte[] ofEntries = subtree(Arrays.copyOfRange(hashes, from, to));
            byte[] ofTile = isSame ? ofEntries : subtree(Arrays.copyOfRange(tiles, from, to));
            subtrees.add(new Subtrees(width == Tile.WIDTH, ofEntries, ofTile));
        }
    }

    private byte[] subtree(byte[] leaves) {
        return leaves.length == Tile.WIDTH * TreeHash.BYTES ? root(leaves) : leaves;
    }

    /** Of 256 hashes, which are overwritten. */
    private byte[] root(byte[] row) {
        try {
            for (int width = Tile.WIDTH; width > 1; width /= 2) {
                for (int i = 0; i < width; i += 2) {
                    sha256.update(NODE_PREFIX);
                    sha256.update(row, i * TreeHash.BYTES, 2 * TreeHash.BYTES);
                    sha256.digest(row, i / 2 * TreeHash.BYTES, TreeHash.BYTES);
                }
            }
            return Arrays.copyOf(row, TreeHash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a digest has its place", e);
        }
    }

    /** Months of requests only; what else changes figures is among the seldom entries. */
    Totals totals() {
        return totals;
    }

    /** Entries of all but requests. */
    List<Entry> seldom() {
        return seldom;
    }

    List<Tile> badTiles() {
        return badTiles;
    }

    long given() {
        return given;
    }

    /** Whether the file is one of lines that can be entries. */
    boolean isLines() {
        return isLines;
    }

    /** Whether some entry has not the hash that the tiles give, or there are more or fewer. */
    boolean isDifferent() {
        return isDifferent;
    }

    /** Position of the first entry that this version cannot read; null for none. */
    @Nullable
    Long unreadable() {
        return unreadable;
    }

    /** Position of the first entry of which only the hash is given; null for none. */
    @Nullable
    Long hidden() {
        return hidden;
    }
}
