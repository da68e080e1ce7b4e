package org.pupilledger.canonical;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A text with escapes or characters beyond ASCII: decoded, then written again to see that it was canonical. */
final class EscapedText {
    private final byte[] bytes;
    private final int limit;
    private int at;
    private final String decoded;

    /**
     * @param from after the quote that opens it
     * @throws UnreadableEvent where it is not canonical, or has no end before {@code limit}
     */
    EscapedText(byte[] bytes, int from, int limit) {
        this.bytes = bytes;
        this.limit = limit;
        this.at = from;
        this.decoded = decode();
        byte[] again = written();
        if (!ByteBuffer.wrap(again, 1, again.length - 1).equals(ByteBuffer.wrap(bytes, from, at - from))) {
            throw UnreadableEvent.at(at);
        }
    }

    String decoded() {
        return decoded;
    }

    /** After the quote that closes it. */
    int end() {
        return at;
    }

    private String decode() {
        StringBuilder text = new StringBuilder();
        while (at < limit && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                at++;
                text.append(escape());
            } else {
                int run = at;
                while (at < limit && bytes[at] != '"' && bytes[at] != '\\') {
                    at++;
                }
                text.append(utf8(run, at));
            }
        }
        if (at++ >= limit) {
            throw UnreadableEvent.at(limit);
        }
        return text.toString();
    }

    private byte[] written() {
        try {
            return CanonicalWriter.bytesOf(decoded);
        } catch (IllegalArgumentException e) {
            // a lone surrogate, which no text has that was written here
            throw UnreadableEvent.at(at);
        }
    }

    private char escape() {
        if (at >= limit) {
            throw UnreadableEvent.at(at);
        }
        byte letter = bytes[at++];
        return switch (letter) {
            case '"', '\\' -> (char) letter;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'u' -> unit();
            default -> throw UnreadableEvent.at(at);
        };
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = limit - at < 4 - i ? -1 : Character.digit(bytes[at++], 16);
            if (digit < 0) {
                throw UnreadableEvent.at(at);
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private String utf8(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw UnreadableEvent.at(at);
        }
    }
}
