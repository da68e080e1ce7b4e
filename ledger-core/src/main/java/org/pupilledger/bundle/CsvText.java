package org.pupilledger.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV with lines that end in CRLF.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180#section-2">RFC 4180, 2</a>
 */
final class CsvText {
    /** Bytes of a file, which may hold anything. */
    private static final int MAX_BYTES = 1 << 23;

    private final String text;
    private int at;
    private long fieldsLeft;

    private CsvText(String text, long maxFields) {
        this.text = text;
        this.fieldsLeft = maxFields;
    }

    /** The records, each with its fields, the header first; empty where the bytes are no such file, or it has more fields. */
    static Optional<List<List<String>>> parse(byte[] bytes, long maxFields) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CsvText(
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString(),
                            maxFields)
                    .records());
        } catch (CharacterCodingException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private List<List<String>> records() {
        List<List<String>> records = new ArrayList<>();
        while (at < text.length()) {
            List<String> fields = new ArrayList<>();
            fields.add(field());
            while (isNext(",")) {
                fields.add(field());
            }
            if (!isNext("\r\n")) {
                throw new IllegalStateException("a record that does not end");
            }
            records.add(fields);
        }
        return records;
    }

    private boolean isNext(String expected) {
        boolean isThere = text.startsWith(expected, at);
        if (isThere) {
            at += expected.length();
        }
        return isThere;
    }

    private String field() {
        if (fieldsLeft-- == 0) {
            throw new IllegalStateException("more fields than any table of this kind has");
        }
        if (!isNext("\"")) {
            int from = at;
            while (at < text.length() && ",\r\n\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }
        StringBuilder field = new StringBuilder();
        while (at < text.length()) {
            if (isNext("\"")) {
                if (!isNext("\"")) {
                    return field.toString();
                }
                field.append('"');
            } else {
                field.append(text.charAt(at++));
            }
        }
        throw new IllegalStateException("a quote that does not end");
    }
}
