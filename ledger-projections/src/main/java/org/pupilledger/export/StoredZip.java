package org.pupilledger.export;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file with the same bytes everywhere and at any time. Nothing in it is compressed: what a compressor writes depends
 * on the library that the machine has.
 */
public final class StoredZip implements Closeable {
    /** As local time, which ZIP has; any other than the first day that it can say, to which the JDK adds a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;

    /** A file that is written part by part; closing it ends it, and closes what it is written to. */
    public StoredZip(OutputStream to) {
        this.zip = new ZipOutputStream(to);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** Adds a part after those that are there. */
    public void put(String name, byte[] content) throws IOException {
        zip.putNextEntry(entry(name, content));
        zip.write(content);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
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

    private static ZipEntry entry(String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        return entry;
    }
}
