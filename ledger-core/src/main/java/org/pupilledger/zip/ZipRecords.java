package org.pupilledger.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands around the parts of a {@link StoredZip}. Nothing in it can be chosen: it follows from the names and contents
 * of the parts, byte for byte. Who writes and who reads one both take it from here.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE, 4.3</a>
 */
@SuppressWarnings("ByteBufferBackingArray") // all are allocated here
final class ZipRecords {
    /** Parts of a file, so that a list of them has a place in memory. */
    static final int MAX_PARTS = 1 << 17;

    /** Bytes of a name. */
    static final int MAX_NAME_BYTES = 100;

    static final int LOCAL = 0x04034b50;
    static final int DIRECTORY = 0x02014b50;
    static final int END = 0x06054b50;
    static final int LARGE_END = 0x06064b50;
    private static final int LARGE_LOCATOR = 0x07064b50;

    static final int LOCAL_BYTES = 30;
    static final int DIRECTORY_BYTES = 46;
    static final int END_BYTES = 22;
    static final int LARGE_END_BYTES = 56 + 20;

    /** Stands in four bytes for a number that needs eight; so does {@link #MANY} in two. */
    static final long LARGE = 0xffff_ffffL;

    static final int MANY = 0xffff;

    static final short LARGE_EXTRA = 1;
    static final int LARGE_EXTRA_BYTES = 4 + Long.BYTES;

    private static final short VERSION = 10;
    private static final short LARGE_VERSION = 45;
    private static final short NAMES_IN_UTF_8 = 0x0800;
    private static final short STORED = 0;
    private static final short MIDNIGHT = 0;
    private static final short FIRST_OF_FEBRUARY_1980 = (2 << 5) | 1;

    private ZipRecords() {}

    /**
     * A part.
     *
     * @param crc    CRC-32 of its content, 32 bits without a sign
     * @param size   bytes of its content, below 2^32 - 1
     * @param offset of its header in the file
     */
    record Part(String name, long crc, long size, long offset) {
        /** What stands before the content. */
        byte[] header() {
            byte[] bytes = name.getBytes(UTF_8);
            return putContent(of(LOCAL_BYTES + bytes.length).putInt(LOCAL).putShort(VERSION), bytes.length)
                    .putShort((short) 0)
                    .put(bytes)
                    .array();
        }

        /** What the directory says about it. */
        byte[] inDirectory() {
            byte[] bytes = name.getBytes(UTF_8);
            boolean isLarge = offset >= LARGE;
            short version = isLarge ? LARGE_VERSION : VERSION;
            int extra = isLarge ? LARGE_EXTRA_BYTES : 0;
            ByteBuffer record = of(DIRECTORY_BYTES + bytes.length + extra)
                    .putInt(DIRECTORY)
                    .putShort(version)
                    .putShort(version);
            putContent(record, bytes.length)
                    .putShort((short) extra)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0)
                    .putInt((int) Math.min(offset, LARGE))
                    .put(bytes);
            if (isLarge) {
                record.putShort(LARGE_EXTRA).putShort((short) Long.BYTES).putLong(offset);
            }
            return record.array();
        }

        private ByteBuffer putContent(ByteBuffer record, int nameBytes) {
            return record.putShort(NAMES_IN_UTF_8)
                    .putShort(STORED)
                    .putShort(MIDNIGHT)
                    .putShort(FIRST_OF_FEBRUARY_1980)
                    .putInt((int) crc)
                    .putInt((int) size)
                    .putInt((int) size)
                    .putShort((short) nameBytes);
        }

        /** Where the content begins. */
        long contentAt() {
            return offset + LOCAL_BYTES + name.getBytes(UTF_8).length;
        }

        /** Where the next part begins, or the directory. */
        long end() {
            return contentAt() + size;
        }
    }

    /**
     * What stands behind the directory.
     *
     * @param at    where the directory begins
     * @param bytes of the directory
     */
    static byte[] end(int count, long at, long bytes) {
        boolean isLarge = count >= MANY || at >= LARGE || bytes >= LARGE;
        ByteBuffer end = of((isLarge ? LARGE_END_BYTES : 0) + END_BYTES);
        if (isLarge) {
            end.putInt(LARGE_END)
                    .putLong(LARGE_END_BYTES - 20 - 12)
                    .putShort(LARGE_VERSION)
                    .putShort(LARGE_VERSION)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(bytes)
                    .putLong(at);
            end.putInt(LARGE_LOCATOR).putInt(0).putLong(at + bytes).putInt(1);
        }
        short known = (short) Math.min(count, MANY);
        return end.putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort(known)
                .putShort(known)
                .putInt((int) Math.min(bytes, LARGE))
                .putInt((int) Math.min(at, LARGE))
                .putShort((short) 0)
                .array();
    }

    /** ZIP has the lowest byte first. */
    static ByteBuffer of(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
