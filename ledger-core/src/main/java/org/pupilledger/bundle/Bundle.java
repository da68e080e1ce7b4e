package org.pupilledger.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.TileTree;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.zip.StoredZipFile;

/** The files in a bundle, which may hold anything. Nothing is read beyond a limit that the reader names. */
public final class Bundle implements Closeable {
    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    /** Each entry has a hash in a tile, and a line; no other line is shorter than the two. */
    private static final int MIN_BYTES = TreeHash.BYTES + 3;

    private final StoredZipFile zip;

    private Bundle(StoredZipFile zip) {
        this.zip = zip;
    }

    /** The file is no bundle, or it cannot be read: nothing can be said about what is in it. */
    public static final class Unreadable extends RuntimeException {
        /** What is said where there is a limit only in the machine. */
        public static final String NO_MEMORY =
                "The bundle cannot be read: that needs more memory than this program may use (see java -Xmx).";

        public Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** Whether a file begins as a ZIP file does. */
    public static boolean isLike(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws Unreadable it is no ZIP file, not a whole one, or one whose parts are compressed or too many */
    public static Bundle open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Unreadable("The bundle cannot be read. It is no file.");
        }
        try {
            return new Bundle(StoredZipFile.open(file));
        } catch (StoredZipFile.Unreadable e) {
            throw new Unreadable("The bundle cannot be read. " + e.getMessage());
        } catch (IOException e) {
            throw new Unreadable("The bundle cannot be read.");
        }
    }

    /** The names, in their order, each once. */
    public Set<String> names() {
        return zip.names();
    }

    /** Names that more than one part has. */
    public Set<String> repeated() {
        return zip.repeated();
    }

    public boolean has(String name) {
        return zip.size(name) >= 0;
    }

    /** The content of a part; null where there is none of that name, or it is longer. */
    public byte @Nullable [] read(String name, long maxBytes) {
        long size = zip.size(name);
        if (size < 0 || size > maxBytes) {
            return null;
        }
        try (InputStream in = stream(name)) {
            return in.readNBytes((int) size);
        } catch (IOException e) {
            return null;
        }
    }

    /** The tree of a size, read through the tiles, which are believed. */
    public TileTree tree(long size) {
        return new TileTree(size, tile -> {
            byte[] hashes = read(BundleLayout.tile(tile), (long) tile.width() * TreeHash.BYTES);
            return hashes == null ? new byte[0] : hashes;
        });
    }

    /** @throws IOException also where there is no such part */
    public InputStream stream(String name) throws IOException {
        return zip.stream(name);
    }

    /** What the bundle says that the CRC-32 of a part is; -1 where there is no such part. */
    public long crc(String name) {
        return zip.crc(name);
    }

    /**
     * Refuses a number that the file is too short for.
     *
     * @param count of entries, or of anything else with a line of its own, as something in the bundle says
     * @throws Unreadable it cannot hold so many
     */
    public void checkHolds(long count) {
        if (count > zip.length() / MIN_BYTES) {
            throw new Unreadable("The bundle cannot be read. It says that it holds more than a file of its size can.");
        }
    }

    /** In what the file is not a ZIP file as the program writes it; empty where it is. Reads all of it. */
    public Optional<Break> flaw() {
        try {
            return zip.flaw().map(flaw -> switch (flaw) {
                case UNNAMED ->
                    new Break(
                            Kind.INSERTED,
                            0,
                            "The ZIP file holds bytes that its directory does not name: another reader may find other"
                                    + " files in it.");
                case OTHER_HEADERS ->
                    new Break(
                            Kind.CHANGED,
                            0,
                            "The headers, the directory or the end of the ZIP file are not those of its parts: another"
                                    + " reader may find other files in it, or it was packed again.");
                case OTHER_CONTENT -> new Break(Kind.CHANGED, 0, "A part of the ZIP file is not that of its CRC-32.");
            });
        } catch (IOException e) {
            throw new Unreadable("The bundle cannot be read any more.");
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException("what was only read can be closed", e);
        }
    }
}
