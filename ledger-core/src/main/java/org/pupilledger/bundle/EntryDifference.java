package org.pupilledger.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.Checkpoint;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.LogSource.EntryReader;
import org.pupilledger.verdict.LogVerdict;
import org.pupilledger.verdict.TileComparison;

/**
 * Says what became of the entries of a bundle that are not those of which its tiles have the hashes. It reads all lines one
 * after the other, whatever file they are in, so that one that was taken out or put in is told from a changed one.
 */
public final class EntryDifference {
    private final Bundle bundle;
    private final long size;

    private EntryDifference(Bundle bundle, long size) {
        this.bundle = bundle;
        this.size = size;
    }

    /**
     * Goes through the entries and tiles of a bundle.
     *
     * @param checkpoint opened by who asks
     * @param reading    gets the entries
     * @return what is not as it was signed, the first ones first; nothing where all is
     */
    public static <P extends EntryReader> List<Break> of(
            Bundle bundle, Checkpoint checkpoint, LogVerdict.Reading<P> reading) {
        LogVerdict verdict = LogVerdict.of(bundle, checkpoint, reading);
        return verdict.isSound() ? List.of() : new EntryDifference(bundle, checkpoint.size()).breaks(verdict);
    }

    private List<Break> breaks(LogVerdict verdict) {
        List<Break> breaks = new ArrayList<>();
        if (verdict.isDifferent() && (verdict.areTilesRight() || !verdict.areEntriesRight())) {
            breaks.addAll(find());
        }
        if (!verdict.areTilesRight() || !verdict.areEntriesRight() || verdict.isDifferent()) {
            breaks.addAll(ofTiles(verdict));
        }
        if (breaks.isEmpty()) {
            verdict.ofEntries().others().forEach(other -> breaks.add(changed(other.tile())));
        }
        if (breaks.isEmpty()) {
            breaks.add(new Break(
                    Kind.FORGED,
                    size - 1,
                    "The entries and tiles give another root hash than the checkpoint of " + size + " entries."));
        }
        return breaks;
    }

    /** Tiles of level 0 that do not belong to the root, as far as they can be told from entries that do. */
    private List<Break> ofTiles(LogVerdict verdict) {
        if (!verdict.missing().isEmpty()) {
            return changed(verdict.missing());
        }
        if (verdict.areEntriesRight()) {
            return verdict.isDifferent() ? changed(tiles()) : List.of();
        }
        // an entry and its hash were changed together, or a hash of which no entry is given
        return verdict.isDifferent()
                ? List.of()
                : verdict.ofTiles().others().stream()
                        .filter(other -> other.tile().level() == 1)
                        .flatMap(EntryDifference::under)
                        .toList();
    }

    /** Tiles of level 0 whose root is not what the tile above says. */
    private static Stream<Break> under(TileComparison.Other above) {
        byte[] computed = above.computed();
        byte[] there = above.there();
        return there.length == 0
                ? Stream.of()
                : LongStream.range(0, above.tile().width())
                        .filter(i -> !Arrays.equals(hash(computed, (int) i), hash(there, (int) i)))
                        .map(i -> (above.tile().number() * Tile.WIDTH + i) * Tile.WIDTH)
                        .mapToObj(first -> new Break(
                                Kind.CHANGED,
                                first,
                                "A hash at one of the positions " + first + " to " + (first + Tile.WIDTH - 1)
                                        + " is not what was signed: an entry was changed and its hash with it."));
    }

    private static byte[] hash(byte[] hashes, int index) {
        return Arrays.copyOfRange(hashes, index * TreeHash.BYTES, (index + 1) * TreeHash.BYTES);
    }

    private static List<Break> changed(Collection<Tile> tiles) {
        return tiles.stream().map(EntryDifference::changed).toList();
    }

    private static Break changed(Tile tile) {
        long first = tile.firstPosition();
        return new Break(
                Kind.CHANGED,
                first,
                BundleLayout.tile(tile) + ", from position " + first + " on, is not what was signed.");
    }

    /** The first ones, in order; nothing after one that is missing or too many, since all that follows is displaced. */
    private List<Break> find() {
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
    private Set<Tile> tiles() {
        Set<Tile> tiles = new LinkedHashSet<>();
        try (Lines lines = new Lines()) {
            for (long position = 0; position < size; position++) {
                byte[] line = lines.next();
                if (line != null && isAnother(line, hashAt(position))) {
                    tiles.add(Tile.of(0, position / Tile.WIDTH, size));
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

    private long knownTile = -1;
    private byte[] known = {};

    /** As the tile has it; nothing where the tile is damaged. */
    private byte[] hashAt(long position) {
        long number = position / Tile.WIDTH;
        if (number != knownTile) {
            byte[] there = bundle.hashes(Tile.of(0, number, size));
            known = there == null ? new byte[0] : there;
            knownTile = number;
        }
        return known.length == 0 ? known : hash(known, (int) (position % Tile.WIDTH));
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
