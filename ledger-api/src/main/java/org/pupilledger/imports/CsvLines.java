package org.pupilledger.imports;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;

/**
 * The lines of a file, one by one. No cell of ours can hold a line break, so a line is a record: a stray quote spoils
 * its own line and no other.
 */
final class CsvLines implements Iterator<CsvLines.RawLine>, AutoCloseable {
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};
    private static final int BUFFER = 1 << 16;

    /** Bytes of a line that are kept: more than its characters may have. */
    private static final int MAX_BYTES = 4 * CsvHeader.MAX_LINE + 4;

    private final InputStream in;
    private int number;
    private @Nullable RawLine next;

    /**
     * One line in which something stands.
     *
     * @param number    1-based, the header is line 1
     * @param text      without the line break; null where it is not UTF-8
     * @param isTooLong whether it goes on
     */
    record RawLine(int number, @Nullable String text, boolean isTooLong) {
        /** Whether it is empty, or a row of a spreadsheet in which nothing stands. */
        private boolean isBlank() {
            return !isTooLong
                    && text != null
                    && text.replace("\"\"", "").chars().allMatch(c -> c == ',' || c == ' ' || c == '\t');
        }
    }

    /** Begins to read. */
    CsvLines(CsvFile file) throws IOException {
        this.in = new BufferedInputStream(file.open(), BUFFER);
        in.mark(BYTE_ORDER_MARK.length);
        for (int sign : BYTE_ORDER_MARK) {
            if (in.read() != sign) {
                in.reset();
                break;
            }
        }
        next = read();
    }

    /** @throws InvalidInput where there are more lines */
    static void count(CsvFile file, int most) throws IOException {
        int lines = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = file.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n' && ++lines > most) {
                        throw new InvalidInput("", "too-many", "A file has at most " + most + " lines.");
                    }
                }
            }
        }
    }

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
        try {
            next = read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line;
    }

    private @Nullable RawLine read() throws IOException {
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            boolean isTooLong = false;
            int sign = in.read();
            if (sign < 0) {
                return null;
            }
            for (; sign >= 0 && sign != '\n'; sign = in.read()) {
                if (line.size() < MAX_BYTES) {
                    line.write(sign);
                } else {
                    isTooLong = true;
                }
            }
            number++;
            RawLine read = new RawLine(number, isTooLong ? "" : decode(line.toByteArray()), isTooLong);
            if (!read.isBlank()) {
                return read;
            }
        }
    }

    private static @Nullable String decode(byte[] line) {
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
