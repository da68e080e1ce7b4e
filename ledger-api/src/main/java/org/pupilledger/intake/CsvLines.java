package org.pupilledger.intake;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, one by one. No cell of ours can hold a line break, so a line is a record: a stray quote spoils
 * its own line and no other.
 */
final class CsvLines implements Iterable<CsvLines.RawLine> {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] file;
    private final int start;

    /**
     * One line that is not empty.
     *
     * @param number 1-based, the header is line 1
     * @param text   without the line break; null where it is not UTF-8
     */
    record RawLine(int number, @Nullable String text) {}

    /** @throws InvalidInput where there are more lines */
    CsvLines(byte[] file, int maxLines) {
        this.file = file;
        this.start = startsWithMark(file) ? BYTE_ORDER_MARK.length : 0;
        int lines = 0;
        for (byte b : file) {
            if (b == '\n' && ++lines > maxLines) {
                throw new InvalidInput("", "too-many", "A file has at most " + maxLines + " lines.");
            }
        }
    }

    /** The first line; empty where there is none. */
    RawLine header() {
        Lines lines = new Lines();
        return lines.hasNext() ? lines.next() : new RawLine(1, "");
    }

    /** The lines below the header. */
    @Override
    public Iterator<RawLine> iterator() {
        Lines lines = new Lines();
        if (lines.hasNext()) {
            lines.next();
        }
        return lines;
    }

    private static boolean startsWithMark(byte[] file) {
        return file.length >= BYTE_ORDER_MARK.length
                && file[0] == BYTE_ORDER_MARK[0]
                && file[1] == BYTE_ORDER_MARK[1]
                && file[2] == BYTE_ORDER_MARK[2];
    }

    private final class Lines implements Iterator<RawLine> {
        private int at = start;
        private int number;
        private @Nullable RawLine next = read();

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public RawLine next() {
            RawLine line = next;
            if (line == null) {
                throw new NoSuchElementException();
            }
            next = read();
            return line;
        }

        private @Nullable RawLine read() {
            while (at < file.length) {
                int from = at;
                while (at < file.length && file[at] != '\n') {
                    at++;
                }
                int to = at > from && file[at - 1] == '\r' ? at - 1 : at;
                at++;
                number++;
                if (to > from) {
                    return new RawLine(number, decode(from, to));
                }
            }
            return null;
        }
    }

    private @Nullable String decode(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
