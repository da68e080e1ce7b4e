package org.pupilledger.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pupilledger.schema.Leaf;

/** Reads a file of entries line by line; memory depends on the longest line only. */
public final class EntryLines implements Closeable {
    private static final int BUFFER = 1 << 17;
    private static final byte[] HIDDEN = BundleLayout.HIDDEN.getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte @Nullable [] line;

    public EntryLines(InputStream in) {
        this.in = in;
    }

    /** A line is longer than an entry can be, or the last one does not end. */
    public static final class NotLines extends IOException {
        NotLines() {
            super("not lines of entries");
        }
    }

    /** Goes to the next line; false after the last. */
    public boolean next() throws IOException {
        int length = 0;
        while (true) {
            int i = at + length;
            while (i < end && buffer[i] != '\n') {
                i++;
            }
            length = i - at;
            if (length > Leaf.MAX_BYTES) {
                throw new NotLines();
            }
            if (i < end) {
                line = Arrays.copyOfRange(buffer, at, i);
                at = i + 1;
                return true;
            }
            System.arraycopy(buffer, at, buffer, 0, length);
            at = 0;
            end = length;
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                if (length > 0) {
                    throw new NotLines();
                }
                line = null;
                return false;
            }
            end += read;
        }
    }

    /** The entry in the line; null where the line says that it is hidden. */
    public byte @Nullable [] entry() {
        return Arrays.equals(line, HIDDEN) ? null : line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
