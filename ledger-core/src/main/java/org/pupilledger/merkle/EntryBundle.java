package org.pupilledger.merkle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose hashes a tile of level 0 holds: 1 to 256 of them, each after its length in two bytes, big-endian.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles, Log entries</a>
 */
public final class EntryBundle {
    /** Bytes of the longest entry: what two bytes can tell. */
    public static final int MAX_ENTRY_BYTES = 65_535;

    private static final String PREFIX = "entries/";

    private EntryBundle() {}

    /**
     * Bundles entries.
     *
     * @param entries 1 to 256, each at most {@value #MAX_ENTRY_BYTES} bytes, also none
     * @throws IllegalArgumentException where there are fewer or more, or one is too long
     */
    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > Tile.WIDTH) {
            throw new IllegalArgumentException("a bundle has 1 to " + Tile.WIDTH + " entries");
        }
        int bytes = 0;
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry has at most " + MAX_ENTRY_BYTES + " bytes");
            }
            bytes += Short.BYTES + entry.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(bytes);
        for (byte[] entry : entries) {
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /**
     * Takes a bundle apart.
     *
     * @return 1 to 256 entries; empty where the bytes are not exactly that; never throws
     */
    public static Optional<List<byte[]>> decode(byte @Nullable [] bundle) {
        if (bundle == null) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        try {
            while (rest.hasRemaining()) {
                int bytes = Short.toUnsignedInt(rest.getShort());
                if (bytes > rest.remaining() || entries.size() == Tile.WIDTH) {
                    return Optional.empty();
                }
                byte[] entry = new byte[bytes];
                rest.get(entry);
                entries.add(entry);
            }
        } catch (BufferUnderflowException halfALength) {
            return Optional.empty();
        }
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }

    /**
     * {@code entries/x001/234} for a full bundle, {@code entries/x001/234.p/17} for a partial one: what follows {@code tile/}.
     *
     * @param number 0-based; the bundle starts at entry {@code 256 * number}
     * @param width  entries in it, 1 to 256
     * @throws IllegalArgumentException where a number is out of its range
     */
    public static String path(long number, int width) {
        String tile = new Tile(0, number, width).path();
        return PREFIX + tile.substring(tile.indexOf('/') + 1);
    }

    /**
     * Reads what follows {@code entries/} in a {@link #path}.
     *
     * @return the tile of level 0 that holds the hashes of the bundle; empty for any other text; never throws
     */
    public static Optional<Tile> parse(@Nullable String path) {
        return path == null ? Optional.empty() : Tile.parse("0/" + path);
    }
}
