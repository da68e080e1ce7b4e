package org.pupilledger.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a log, which may hold anything. What cannot be read is as good as missing. */
public record LogDirectory(Path directory) implements TiledLog {
    @Override
    public String what() {
        return "directory";
    }

    @Override
    public boolean hasEntries() {
        return Files.isDirectory(directory.resolve("tile/entries"));
    }

    @Override
    public boolean has(String path) {
        return Files.isRegularFile(directory.resolve(path));
    }

    @Override
    public byte @Nullable [] read(String path, int maxBytes) {
        if (!has(path)) {
            return null;
        }
        try (InputStream content = Files.newInputStream(directory.resolve(path))) {
            byte[] bytes = content.readNBytes(maxBytes + 1);
            return bytes.length > maxBytes ? null : bytes;
        } catch (IOException e) {
            return null;
        }
    }
}
