package org.pupilledger.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupilledger.merkle.SignedNote;
import org.pupilledger.merkle.Tile;
import org.pupilledger.merkle.TreeHash;
import org.pupilledger.merkle.VerifierKey;
import org.pupilledger.verdict.Break;
import org.pupilledger.verdict.Break.Kind;
import org.pupilledger.verdict.LogSource;
import org.pupilledger.zip.StoredZipFile;

/** The files in a bundle, which may hold anything. Nothing is read beyond a limit that the reader names. */
public final class Bundle implements LogSource, Closeable {
    private static final int MAX_HEAD_BYTES = 1 << 16;
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

    /** Whether a file is a bundle that says of itself that it is a full one: the whole ledger, to be restored. */
    public static boolean isFull(Path file) {
        if (!isLike(file)) {
            return false;
        }
        try (Bundle bundle = open(file)) {
            return bundle.isFull();
        } catch (Unreadable e) {
            return false;
        }
    }

    boolean isFull() {
        byte[] head = read(BundleLayout.HEAD, MAX_HEAD_BYTES);
        return head != null && new String(head, StandardCharsets.UTF_8).contains("\"variant\":\"FULL\"");
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

    @Override
    public byte @Nullable [] checkpoint() {
        return read(BundleLayout.CHECKPOINT, SignedNote.MAX_BYTES);
    }

    /** Without lines that are no keys. */
    @Override
    public @Nullable List<VerifierKey> keys() {
        byte[] lines = read(BundleLayout.KEY, MAX_HEAD_BYTES);
        return lines == null ? null : VerifierKey.inLines(lines);
    }

    @Override
    public byte @Nullable [] hashes(Tile tile) {
        int length = tile.width() * TreeHash.BYTES;
        byte[] hashes = read(BundleLayout.tile(tile), length);
        return hashes == null || hashes.length != length ? null : hashes;
    }

    @Override
    public boolean hasEntries() {
        return true;
    }

    @Override
    public boolean entries(long first, int count, EntryReader reader) {
        try (EntryLines lines = new EntryLines(stream(BundleLayout.entries(first / BundleLayout.LINES)))) {
            for (long position = first; position < first + count; position++) {
                if (!lines.next()) {
                    return false;
                }
                reader.add(position, lines.entry());
            }
            return !lines.next();
        } catch (IOException e) {
            return false;
        }
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
