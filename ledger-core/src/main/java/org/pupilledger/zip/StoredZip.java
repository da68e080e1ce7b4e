package org.pupilledger.zip;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A ZIP file with the same bytes everywhere and at any time. Nothing in it is compressed: what a compressor writes depends
 * on the library that the machine has. {@link StoredZipFile} reads it back, and tells it from any other.
 */
public final class StoredZip implements Closeable {
    private final OutputStream to;
    private final Map<String, ZipRecords.Part> parts = new LinkedHashMap<>();
    private long at;

    /** A file that is written part by part; closing it ends it, and closes what it is written to. */
    public StoredZip(OutputStream to) {
        this.to = to;
    }

    /**
     * Adds a part after those that are there.
     *
     * @throws IOException it cannot be written, or nobody could read it: there are too many, or the name is too long or
     *     not the first of its kind
     */
    public void put(String name, byte[] content) throws IOException {
        put(name, out -> out.write(content));
    }

    /** What a part holds. It is written twice, to the same bytes, since its length and checksum stand before it. */
    @FunctionalInterface
    public interface Content {
        /** Writes it, and leaves {@code to} open. */
        void writeTo(OutputStream to) throws IOException;
    }

    /**
     * As above, without holding the part.
     *
     * @throws IOException as above, or the part is too large for such a file, or was not the same the second time
     */
    public void put(String name, Content content) throws IOException {
        Measured measured = Measured.of(content, OutputStream.nullOutputStream());
        if (measured.size() >= ZipRecords.LARGE) {
            throw new IOException("a part that such a file cannot have");
        }
        ZipRecords.Part part = new ZipRecords.Part(name, measured.crc(), measured.size(), at);
        byte[] header = part.header();
        if (header.length > ZipRecords.LOCAL_BYTES + ZipRecords.MAX_NAME_BYTES
                || parts.size() == ZipRecords.MAX_PARTS
                || parts.putIfAbsent(name, part) != null) {
            throw new IOException("a part that such a file cannot have");
        }
        to.write(header);
        if (!Measured.of(content, to).equals(measured)) {
            throw new IOException("a part that was not the same the second time");
        }
        at = part.end();
    }

    private record Measured(long crc, long size) {
        static Measured of(Content content, OutputStream to) throws IOException {
            CRC32 crc = new CRC32();
            long[] size = {0};
            content.writeTo(new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    to.write(bytes, from, length);
                    crc.update(bytes, from, length);
                    size[0] += length;
                }
            });
            return new Measured(crc.getValue(), size[0]);
        }
    }

    /** Ends the file, and leaves open what it is written to. */
    public void finish() throws IOException {
        long directory = 0;
        for (ZipRecords.Part part : parts.values()) {
            byte[] record = part.inDirectory();
            to.write(record);
            directory += record.length;
        }
        to.write(ZipRecords.end(parts.size(), at, directory));
    }

    @Override
    public void close() throws IOException {
        try (to) {
            finish();
        }
    }

    /** @param parts by name, in the order in which they are written */
    static byte[] of(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.put(part.getKey(), part.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a file in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
