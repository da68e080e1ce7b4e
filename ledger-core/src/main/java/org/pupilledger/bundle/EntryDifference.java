package org.pupilledger.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;

/**
 * Says what became of the entries of a bundle that are not those of which its tiles have the hashes. It reads all lines one
 * after the other, whatever file they are in, so that one that was taken out or put in is told from a changed one.
 */
final class EntryDifference {
    private final Bundle bundle;
    private final long size;

    EntryDifference(Bundle bundle, long size) {
        this.bundle = bundle;
        this.size = size;
    }

    /** The first ones, in order; nothing after one that is missing or too many, since all that follows is displaced. */
    List<Break> find() {
        List<Break> breaks = new ArrayList<>();
        try (Lines lines = new Lines()) {
            byte @Nullable [] line = lines.next();
            for (long position = 0; position < size && breaks.size() < BundleReport.MAX_BREAKS; position++) {
                if (line == null) {
                    breaks.add(missing(position));
                    return breaks;
                }
                byte[] hash = hashAt(position);
                byte @Nullable [] following = lines.next();
                if (isAnother(line, hash)) {
                    Break found = difference(position, line, following, hash);
                    breaks.add(found);
                    if (found.kind() == Kind.MISSING || found.kind() == Kind.INSERTED) {
                        return breaks;
                    }
                }
                line = following;
            }
            if (line != null && breaks.isEmpty()) {
                breaks.add(new Break(
                        Kind.INSERTED,
                        size,
                        "The bundle has a line after that of the last entry, for position " + size + "."));
            }
        } catch (IOException e) {
            breaks.add(new Break(
                    Kind.CHANGED, 0, "The lines of the entries, from position 0 on, cannot be read as such."));
        }
        return breaks;
    }

    private Break difference(long position, byte[] line, byte @Nullable [] following, byte[] hash) {
        boolean isNextHere = position + 1 < size && Arrays.equals(line, hashAt(position + 1));
        boolean isThisNext = following != null && Arrays.equals(following, hash);
        if (isThisNext && !isNextHere) {
            return new Break(
                    Kind.INSERTED,
                    position,
                    "An entry stands at position " + position + " that was never signed; the one that belongs there"
                            + " follows it.");
        }
        if (isNextHere && !isThisNext) {
            return missing(position);
        }
        long other = positionOf(line);
        return other >= 0
                ? new Break(
                        Kind.REORDERED,
                        position,
                        "The entry of position " + other + " stands at position " + position + ".")
                : new Break(
                        Kind.CHANGED,
                        position,
                        "The entry at position " + position + " is another than the one that was signed.");
    }

    private static Break missing(long position) {
        return new Break(Kind.MISSING, position, "The entry of position " + position + " is missing.");
    }

    /** The tiles of level 0 that have other hashes than the entries. */
    Set<Tile> tiles() {
        Set<Tile> tiles = new LinkedHashSet<>();
        try (Lines lines = new Lines()) {
            for (long position = 0; position < size; position++) {
                byte[] line = lines.next();
                if (line != null && isAnother(line, hashAt(position))) {
                    tiles.add(tileOf(position));
                }
            }
        } catch (IOException e) {
            throw new Bundle.Unreadable("The bundle cannot be read any more.");
        }
        return tiles;
    }

    /** A hidden entry is none other. */
    private static boolean isAnother(byte[] line, byte[] hash) {
        return line.length > 0 && !Arrays.equals(line, hash);
    }

    private long positionOf(byte[] hash) {
        for (long position = 0; position < size; position++) {
            if (Arrays.equals(hash, hashAt(position))) {
                return position;
            }
        }
        return -1;
    }

    private Tile tileOf(long position) {
        long number = position / Tile.WIDTH;
        return new Tile(0, number, (int) Math.min(Tile.WIDTH, size - number * Tile.WIDTH));
    }

    private long knownTile = -1;
    private byte[] known = {};

    /** As the tile has it; nothing where the tile is damaged. */
    private byte[] hashAt(long position) {
        Tile tile = tileOf(position);
        if (tile.number() != knownTile) {
            byte[] read = bundle.read(BundleLayout.tile(tile), (long) tile.width() * TreeHash.BYTES);
            known = read == null ? new byte[0] : read;
            knownTile = tile.number();
        }
        int at = (int) (position % Tile.WIDTH) * TreeHash.BYTES;
        return at + TreeHash.BYTES > known.length ? new byte[0] : Arrays.copyOfRange(known, at, at + TreeHash.BYTES);
    }

    /** Hashes of the lines of all files; an empty one for a hidden entry. */
    private final class Lines implements AutoCloseable {
        private long part;
        private @Nullable EntryLines lines;

        byte @Nullable [] next() throws IOException {
            while (true) {
                if (lines == null) {
                    if (part >= BundleLayout.parts(size)) {
                        return null;
                    }
                    lines = new EntryLines(bundle.stream(BundleLayout.entries(part++)));
                }
                if (lines.next()) {
                    byte[] entry = lines.entry();
                    return entry == null ? new byte[0] : TreeHash.ofLeaf(entry);
                }
                lines.close();
                lines = null;
            }
        }

        @Override
        public void close() throws IOException {
            if (lines != null) {
                lines.close();
            }
        }
    }
}
