package org.pupilledger.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The volumes that must not get full. */
public final class Volumes {
    private static final long FRESH_NANOS = 200_000_000;
    private static final long MIB = 1L << 20;

    private final List<Volume> volumes;
    private volatile Map<String, String> full = Map.of();
    private volatile long atNanos = System.nanoTime() - 2 * FRESH_NANOS;

    public Volumes(List<Volume> volumes) {
        this.volumes = List.copyOf(volumes);
    }

    /**
     * One of them.
     *
     * @param name      what is kept there
     * @param directory any on it
     * @param least     bytes that must be free, so that what was begun can be finished
     */
    public record Volume(String name, Path directory, long least) {
        /** Bytes that this user may still write. */
        public long free() throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }

        private @Nullable String complaint() {
            try {
                long free = free();
                return free >= least
                        ? null
                        : "the volume of " + directory + " is full, where " + name + " is kept: " + free / MIB
                                + " MiB are free, and " + least / MIB + " are needed";
            } catch (IOException e) {
                return "the volume of " + directory + " cannot be read, where " + name + " is kept";
            }
        }
    }

    /** What is said of those that are full, by name; looked at a few times a second at most. */
    public Map<String, String> full() {
        long now = System.nanoTime();
        if (now - atNanos > FRESH_NANOS) {
            Map<String, String> found = new LinkedHashMap<>();
            for (Volume volume : volumes) {
                String complaint = volume.complaint();
                if (complaint != null) {
                    found.put(volume.name(), complaint);
                }
            }
            full = found;
            atNanos = now;
        }
        return full;
    }

    /** What is said of the first that is full; null where none is. */
    public @Nullable String complaint() {
        return full().values().stream().findFirst().orElse(null);
    }
}
