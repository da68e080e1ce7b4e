package org.pupilledger.merkle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of up to 256 neighbouring hashes of a tree. At level 0 they are leaf hashes; at level {@code l} each is the root
 * of a complete subtree of {@code 256^l} leaves.
 *
 * @param level  0 to 63
 * @param number 0-based from the left, within the level
 * @param width  hashes in it, 1 to 256; a tile of fewer than 256 is partial, and other in a larger tree
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles, Merkle Tree</a>
 */
public record Tile(int level, long number, int width) {
    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** Bytes of a full tile. */
    public static final int BYTES = WIDTH * TreeHash.BYTES;

    /** Levels of the tree that one level of tiles spans: {@code 2^8 = 256}. */
    static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final int MAX_PATH_CHARS = 64;
    private static final Pattern PATH =
            Pattern.compile("([0-9]{1,2})/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    /** @throws IllegalArgumentException where a number is out of its range */
    public Tile {
        if (level < 0 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("a tile's level is 0 to " + MAX_LEVEL);
        }
        if (number < 0) {
            throw new IllegalArgumentException("a tile's number is at least 0");
        }
        if (width < 1 || width > WIDTH) {
            throw new IllegalArgumentException("a tile's width is 1 to " + WIDTH);
        }
    }

    /** {@code 0/x001/234} for a full tile, {@code 0/x001/234.p/17} for a partial one: what follows {@code tile/}. */
    public String path() {
        String full = level + "/" + numberPath(number);
        return width == WIDTH ? full : full + ".p/" + width;
    }

    /**
     * Reads what {@link #path} writes.
     *
     * @return empty for any other text, also where only a zero is too many; never throws
     */
    public static Optional<Tile> parse(@Nullable String path) {
        if (path == null || path.length() > MAX_PATH_CHARS) {
            return Optional.empty();
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String digits = parts.group(2).replaceAll("[^0-9]", "");
        String width = parts.group(3);
        try {
            Tile tile = new Tile(
                    Integer.parseInt(parts.group(1)),
                    Long.parseLong(digits),
                    width == null ? WIDTH : Integer.parseInt(width));
            // one tile has one spelling
            return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    /**
     * A number in groups of three digits, so that no directory grows large: {@code x001/x234/067} for 1,234,067.
     *
     * @throws IllegalArgumentException where the number is negative
     */
    public static String numberPath(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("a tile's number is at least 0");
        }
        String path = threeDigits(number % 1000);
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path = "x" + threeDigits(rest % 1000) + "/" + path;
        }
        return path;
    }

    /** How many levels of tiles a tree has, also of empty ones at its edge. */
    public static int levels(long size) {
        return (Long.SIZE - Long.numberOfLeadingZeros(size) + HEIGHT - 1) / HEIGHT;
    }

    /** How many full tiles of a level a tree has. */
    public static long full(int level, long size) {
        int shift = (level + 1) * HEIGHT;
        return shift < Long.SIZE ? size >> shift : 0;
    }

    /** How many hashes there are behind the full tiles of a level of a tree, 0 to 255. */
    public static int edgeWidth(int level, long size) {
        return (int) ((size >> (level * HEIGHT)) % WIDTH);
    }

    /** A tile as wide as a tree of a size has it: full, or at its edge. */
    public static Tile of(int level, long number, long size) {
        return new Tile(level, number, number < full(level, size) ? WIDTH : edgeWidth(level, size));
    }

    /** The first position under a tile; no tile of a tree that could be is beyond the last. */
    public static long firstPosition(int level, long number) {
        int shift = (level + 1) * HEIGHT;
        if (number == 0) {
            return 0;
        }
        return shift < Long.SIZE && number > 0 && number <= Long.MAX_VALUE >> shift ? number << shift : Long.MAX_VALUE;
    }

    /** The first position under it. */
    public long firstPosition() {
        return firstPosition(level, number);
    }

    /**
     * All tiles of a tree, also the partial ones: level by level, from left to right.
     *
     * @param size leaves, at least 0
     * @throws IllegalArgumentException where the size is negative
     */
    public static Stream<Tile> ofTree(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a size is at least 0");
        }
        Stream<Tile> tiles = Stream.empty();
        int level = 0;
        for (long hashes = size; hashes > 0; hashes >>= HEIGHT) {
            tiles = Stream.concat(tiles, ofLevel(level++, hashes));
        }
        return tiles;
    }

    private static Stream<Tile> ofLevel(int level, long hashes) {
        long full = hashes >> HEIGHT;
        int rest = (int) (hashes % WIDTH);
        Stream<Tile> tiles = LongStream.range(0, full).mapToObj(number -> new Tile(level, number, WIDTH));
        return rest == 0 ? tiles : Stream.concat(tiles, Stream.of(new Tile(level, full, rest)));
    }

    private static String threeDigits(long number) {
        return (number < 10 ? "00" : number < 100 ? "0" : "") + number;
    }
}
