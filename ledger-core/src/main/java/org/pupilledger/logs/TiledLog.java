package org.pupilledger.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.LogSource;

/**
 * A log as C2SP tlog-tiles lays it out: {@code checkpoint}, {@code tile/<level>/...} and, where there are any,
 * {@code tile/entries/...}; beside them {@code key}, verifier keys line by line.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
public interface TiledLog extends LogSource {
    int MAX_KEYS_BYTES = 1 << 16;
    int MAX_BUNDLE_BYTES = Tile.WIDTH * (Short.BYTES + EntryBundle.MAX_ENTRY_BYTES);

    /** What there is under a name; null where there is nothing, or more bytes than that. */
    byte @Nullable [] read(String path, int maxBytes);

    /** Whether there is something under a name, however long. */
    boolean has(String path);

    /** {@code directory}, or what else it is. */
    String what();

    @Override
    default byte @Nullable [] checkpoint() {
        return read("checkpoint", SignedNote.MAX_BYTES);
    }

    /** Without lines that are no keys. */
    @Override
    default @Nullable List<VerifierKey> keys() {
        byte[] lines = read("key", MAX_KEYS_BYTES);
        return lines == null ? null : VerifierKey.inLines(lines);
    }

    @Override
    default byte @Nullable [] hashes(Tile tile) {
        int length = tile.width() * TreeHash.BYTES;
        byte[] hashes = read("tile/" + tile.path(), length);
        return hashes == null || hashes.length != length ? null : hashes;
    }

    @Override
    default boolean entries(long first, int count, EntryReader reader) {
        for (int at = 0; at < count; at += Tile.WIDTH) {
            List<byte[]> entries = entries(new Tile(0, (first + at) / Tile.WIDTH, Math.min(Tile.WIDTH, count - at)));
            if (entries == null) {
                return false;
            }
            for (int i = 0; i < entries.size(); i++) {
                reader.add(first + at + i, entries.get(i));
            }
        }
        return true;
    }

    /** As many entries as a tile of level 0 is wide; null where there is nothing of the kind. */
    default @Nullable List<byte[]> entries(Tile tile) {
        byte[] bundle = read("tile/" + EntryBundle.path(tile.number(), tile.width()), MAX_BUNDLE_BYTES);
        List<byte[]> entries = EntryBundle.decode(bundle).orElse(null);
        return entries == null || entries.size() != tile.width() ? null : entries;
    }
}
