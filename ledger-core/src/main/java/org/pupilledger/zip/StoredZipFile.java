package org.pupilledger.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads ZIP files, which may hold anything, and says whether one is a {@link StoredZip}. It reads what the directory at the
 * end names; any reader that goes another way through the file finds the same only where there is no {@link #flaw}.
 *
 * <p>Nothing is unpacked, and no number in the file is believed that the file is too short for.
 */
@SuppressWarnings("ByteBufferBackingArray") // all are allocated here
public final class StoredZipFile implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_COMMENT_BYTES = 0xffff;

    private final FileChannel channel;
    private final long length;
    private final Map<String, Stored> parts = new LinkedHashMap<>();
    private final Set<String> repeated = new LinkedHashSet<>();
    private @Nullable Flaw flaw;

    /** Where a part is, whatever the headers are like. */
    private record Stored(long crc, long size, long contentAt) {}

    /** In what a file is not as {@link StoredZip} writes it. */
    public enum Flaw {
        /** Bytes before, between or behind the parts and the directory, which no directory names. */
        UNNAMED,
        /** A header, the directory or the end says something else than the parts give. */
        OTHER_HEADERS,
        /** A content is not that of its CRC-32. */
        OTHER_CONTENT
    }

    /** Nothing in the file can be read; the message is a sentence for people. */
    public static final class Unreadable extends IOException {
        private Unreadable(String message) {
            super(message);
        }
    }

    private StoredZipFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    /**
     * Reads the directory.
     *
     * @param file no pipe and no device
     * @throws Unreadable  it is no ZIP file, not a whole one, or one whose parts are compressed or too many
     * @throws IOException it cannot be read
     */
    public static StoredZipFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            StoredZipFile zip = new StoredZipFile(channel);
            zip.readEnd();
            return zip;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void readEnd() throws IOException {
        int tail = (int) Math.min(length, ZipRecords.END_BYTES + MAX_COMMENT_BYTES);
        ByteBuffer last = read(length - tail, tail);
        int found = tail - ZipRecords.END_BYTES;
        while (found >= 0 && last.getInt(found) != ZipRecords.END) {
            found--;
        }
        if (found < 0) {
            throw notWhole();
        }
        long end = length - tail + found;
        long count = Short.toUnsignedInt(last.getShort(found + 10));
        long bytes = Integer.toUnsignedLong(last.getInt(found + 12));
        long at = Integer.toUnsignedLong(last.getInt(found + 16));
        if (count == ZipRecords.MANY || bytes == ZipRecords.LARGE || at == ZipRecords.LARGE) {
            end -= ZipRecords.LARGE_END_BYTES;
            ByteBuffer large = end < 0 ? ByteBuffer.allocate(Integer.BYTES) : read(end, ZipRecords.LARGE_END_BYTES);
            if (large.getInt(0) != ZipRecords.LARGE_END) {
                throw notWhole();
            }
            count = large.getLong(32);
            bytes = large.getLong(40);
            at = large.getLong(48);
        }
        if (count < 0 || count > ZipRecords.MAX_PARTS) {
            throw new Unreadable("It has more parts than the " + ZipRecords.MAX_PARTS + " that are read.");
        }
        if (at < 0 || bytes < count * ZipRecords.DIRECTORY_BYTES || at > end || bytes > end - at) {
            throw notWhole();
        }
        readDirectory((int) count, at, bytes);
        byte[] expected = ZipRecords.end((int) count, at, bytes);
        if (at + bytes != end || length != end + expected.length) {
            flaw(Flaw.UNNAMED);
        } else if (!Arrays.equals(read(end, expected.length).array(), expected)) {
            flaw(Flaw.OTHER_HEADERS);
        }
    }

    private void readDirectory(int count, long at, long bytes) throws IOException {
        long read = 0;
        long contents = 0;
        long next = 0;
        try (InputStream in = new BufferedInputStream(new Region(at, bytes), BUFFER)) {
            for (int i = 0; i < count; i++) {
                ByteBuffer record = ZipRecords.of(ZipRecords.DIRECTORY_BYTES);
                fill(in, record.array());
                ZipRecords.Part part = part(record, in, at);
                long recordBytes = ZipRecords.DIRECTORY_BYTES
                        + Short.toUnsignedLong(record.getShort(28))
                        + Short.toUnsignedLong(record.getShort(30))
                        + Short.toUnsignedLong(record.getShort(32));
                read += recordBytes;
                if (part.offset() != next) {
                    flaw(Flaw.UNNAMED);
                }
                next = part.end();
                contents += part.size();
                add(part, at);
            }
        }
        if (contents > length) {
            throw notWhole();
        }
        if (next != at || read != bytes) {
            flaw(Flaw.UNNAMED);
        }
    }

    private ZipRecords.Part part(ByteBuffer record, InputStream in, long directoryAt) throws IOException {
        int nameBytes = Short.toUnsignedInt(record.getShort(28));
        if (record.getInt(0) != ZipRecords.DIRECTORY || nameBytes > ZipRecords.MAX_NAME_BYTES) {
            throw notWhole();
        }
        long size = Integer.toUnsignedLong(record.getInt(24));
        boolean isEncrypted = (record.getShort(8) & 1) != 0;
        if (isEncrypted || record.getShort(10) != 0 || record.getInt(20) != record.getInt(24)) {
            throw new Unreadable(
                    "Its parts are compressed or encrypted, which those of a bundle never are: give the file as it was"
                            + " written, not packed again.");
        }
        byte[] name = new byte[nameBytes];
        fill(in, name);
        byte[] extra = new byte[Short.toUnsignedInt(record.getShort(30))];
        fill(in, extra);
        fill(in, new byte[Short.toUnsignedInt(record.getShort(32))]);
        long offset = Integer.toUnsignedLong(record.getInt(42));
        if (offset == ZipRecords.LARGE && extra.length == ZipRecords.LARGE_EXTRA_BYTES) {
            offset = ByteBuffer.wrap(extra).order(record.order()).getLong(4);
        }
        if (offset < 0 || offset > directoryAt) {
            throw notWhole();
        }
        ZipRecords.Part part =
                new ZipRecords.Part(new String(name, UTF_8), Integer.toUnsignedLong(record.getInt(16)), size, offset);
        byte[] expected = part.inDirectory();
        ByteBuffer there = ByteBuffer.allocate(record.capacity() + name.length + extra.length);
        if (!Arrays.equals(there.put(record.array()).put(name).put(extra).array(), expected)) {
            flaw(Flaw.OTHER_HEADERS);
        }
        return part;
    }

    private void add(ZipRecords.Part part, long directoryAt) throws IOException {
        byte[] expected = part.header();
        if (part.offset() + expected.length > directoryAt) {
            throw notWhole();
        }
        ByteBuffer header = read(part.offset(), expected.length);
        if (header.getInt(0) != ZipRecords.LOCAL) {
            throw notWhole();
        }
        if (!Arrays.equals(header.array(), expected)) {
            flaw(Flaw.OTHER_HEADERS);
        }
        long contentAt = part.offset()
                + ZipRecords.LOCAL_BYTES
                + Short.toUnsignedLong(header.getShort(26))
                + Short.toUnsignedLong(header.getShort(28));
        if (part.size() > directoryAt - contentAt) {
            throw notWhole();
        }
        if (parts.putIfAbsent(part.name(), new Stored(part.crc(), part.size(), contentAt)) != null) {
            repeated.add(part.name());
        }
    }

    private static Unreadable notWhole() {
        return new Unreadable("It is no ZIP file, or not a whole one.");
    }

    private void flaw(Flaw found) {
        flaw = flaw == null ? found : flaw;
    }

    private static void fill(InputStream in, byte[] bytes) throws IOException {
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw notWhole();
        }
    }

    private ByteBuffer read(long at, int bytes) throws IOException {
        ByteBuffer read = ZipRecords.of(bytes);
        while (read.hasRemaining()) {
            if (channel.read(read, at + read.position()) < 0) {
                throw new EOFException();
            }
        }
        return read;
    }

    /** Some bytes of the file, which several threads may read at the same time. */
    private final class Region extends InputStream {
        private final long end;
        private long next;

        Region(long at, long bytes) {
            this.next = at;
            this.end = at + bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            if (next == end) {
                return count == 0 ? 0 : -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(count, end - next)), next);
            if (read < 0) {
                throw new EOFException();
            }
            next += read;
            return read;
        }
    }

    /** The names, in their order, each once. */
    public Set<String> names() {
        return parts.keySet();
    }

    /** Names that more than one part has; the first of them is read. */
    public Set<String> repeated() {
        return repeated;
    }

    /** Bytes of the whole file. */
    public long length() {
        return length;
    }

    /** Bytes of a part; -1 where there is no such part. */
    public long size(String name) {
        Stored part = parts.get(name);
        return part == null ? -1 : part.size();
    }

    /** The CRC-32 that a part should have; -1 where there is no such part. */
    public long crc(String name) {
        Stored part = parts.get(name);
        return part == null ? -1 : part.crc();
    }

    /** @throws IOException also where there is no such part */
    public InputStream stream(String name) throws IOException {
        Stored part = parts.get(name);
        if (part == null) {
            throw new IOException("no such part");
        }
        return new Region(part.contentAt(), part.size());
    }

    /**
     * In what the file is not, byte for byte, the one that {@link StoredZip} makes of these parts; empty where it is. Reads
     * all of it.
     */
    public Optional<Flaw> flaw() throws IOException {
        if (flaw == null) {
            byte[] buffer = new byte[BUFFER];
            for (Map.Entry<String, Stored> part : parts.entrySet()) {
                CRC32 crc = new CRC32();
                try (InputStream in = stream(part.getKey())) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        crc.update(buffer, 0, read);
                    }
                }
                if (crc.getValue() != part.getValue().crc()) {
                    return Optional.of(Flaw.OTHER_CONTENT);
                }
            }
        }
        return Optional.ofNullable(flaw);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
