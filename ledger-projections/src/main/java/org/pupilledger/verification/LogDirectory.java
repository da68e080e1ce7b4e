package org.pupilledger.verification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.EntryBundle;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;

/** The files of a log, which may hold anything. What cannot be read is as good as missing. */
final class LogDirectory {
    private static final int MAX_KEYS_BYTES = 1 << 16;
    private static final int MAX_BUNDLE_BYTES = Tile.WIDTH * (Short.BYTES + EntryBundle.MAX_ENTRY_BYTES);

    private final Path directory;

    LogDirectory(Path directory) {
        this.directory = directory;
    }

    /** Null where there is none. */
    byte @Nullable [] checkpoint() {
        return read(directory.resolve("checkpoint"), SignedNote.MAX_BYTES);
    }

    /** The keys of the file {@code key}, without what is none; null where there is no such file. */
    @Nullable
    List<VerifierKey> keys() {
        byte[] lines = read(directory.resolve("key"), MAX_KEYS_BYTES);
        return lines == null
                ? null
                : new String(lines, StandardCharsets.UTF_8)
                        .lines()
                        .map(VerifierKey::parse)
                        .flatMap(Optional::stream)
                        .toList();
    }

    /** The hashes of a tile, as many as it is wide; null where there is no such file or it has another length. */
    byte @Nullable [] tile(Tile tile) {
        int length = tile.width() * TreeHash.BYTES;
        byte[] hashes = read(file(tile.path()), length);
        return hashes == null || hashes.length != length ? null : hashes;
    }

    /** Whether entries were exported at all. */
    boolean hasEntries() {
        return Files.isDirectory(file("entries"));
    }

    boolean hasEntries(Tile tile) {
        return Files.isRegularFile(file(EntryBundle.path(tile.number(), tile.width())));
    }

    /** As many entries as a tile of level 0 is wide; null where there is no such file or it holds something else. */
    @Nullable
    List<byte[]> entries(Tile tile) {
        byte[] bundle = read(file(EntryBundle.path(tile.number(), tile.width())), MAX_BUNDLE_BYTES);
        List<byte[]> entries = EntryBundle.decode(bundle).orElse(null);
        return entries == null || entries.size() != tile.width() ? null : entries;
    }

    private Path file(String path) {
        return directory.resolve("tile").resolve(path);
    }

    private static byte @Nullable [] read(Path file, int maxBytes) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            return bytes.length > maxBytes ? null : bytes;
        } catch (IOException e) {
            return null;
        }
    }
}
