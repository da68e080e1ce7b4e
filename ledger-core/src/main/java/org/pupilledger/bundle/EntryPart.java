package org.pupilledger.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.entries.Entry;
import org.pupilledger.figures.Totals;
import org.pupilledger.merkle.GrowingTree;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.request.RequestEvent;
import org.pupilledger.schema.EventTypes;
import org.pupilledger.schema.Leaf;
import org.pupilledger.schema.UnreadableEvent;

/** One file of entries with the tiles of their hashes: hashed, compared and added up. */
final class EntryPart {
    private final Bundle bundle;
    private final long first;
    private final int count;
    private final EventTypes types = EventTypes.current();

    private final byte[] hashes;
    private final byte[] tiles;
    private final List<byte[]> roots = new ArrayList<>();
    private final List<byte[]> tileRoots = new ArrayList<>();
    private final Totals totals = new Totals();
    private final List<Entry> seldom = new ArrayList<>();
    private final List<Tile> badTiles = new ArrayList<>();
    private long given;
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

    /** On the thread that read the lines, since hashing is most of the work. */
    private void hash() {
        for (int at = 0; at + Tile.WIDTH <= count; at += Tile.WIDTH) {
            byte[] ofEntries = slice(hashes, at, Tile.WIDTH);
            byte[] ofTile = slice(tiles, at, Tile.WIDTH);
            roots.add(TreeHash.ofTile(ofEntries));
            tileRoots.add(Arrays.equals(ofEntries, ofTile) ? roots.getLast() : TreeHash.ofTile(ofTile));
        }
    }

    private static byte[] slice(byte[] hashes, int from, int length) {
        return Arrays.copyOfRange(hashes, from * TreeHash.BYTES, (from + length) * TreeHash.BYTES);
    }

    /** Lets two trees grow: that of the hashes of the entries, and that of those in the tiles. */
    void addTo(GrowingTree ofEntries, GrowingTree ofTiles) {
        add(hashes, roots, ofEntries);
        add(tiles, tileRoots, ofTiles);
    }

    private void add(byte[] leaves, List<byte[]> known, GrowingTree tree) {
        for (int i = 0; i < known.size(); i++) {
            tree.appendTile(slice(leaves, i * Tile.WIDTH, Tile.WIDTH), known.get(i));
        }
        for (int i = known.size() * Tile.WIDTH; i < count; i++) {
            tree.append(slice(leaves, i, 1));
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
