package org.pupilledger.merkle;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** How the note formats spell things: each value in one way only. Where Java's own readers are lenient, this is not. */
final class Spelling {
    private static final int MAX_DIGITS = 19;
    private static final int NEXT_LINE = 0x85;

    private Spelling() {}

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Bytes of canonical base64 with padding (RFC 4648, 3.5 and 4); empty for other text. */
    static Optional<byte[]> bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // the decoder forgives missing padding and stray bits in the last digit
            return base64(bytes).equals(base64) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static Optional<byte[]> hash(String base64) {
        return bytes(base64).filter(bytes -> bytes.length == TreeHash.BYTES);
    }

    /** A number of ASCII digits without leading zeros that fits a long; empty for other text. */
    static OptionalLong number(String decimal) {
        if (decimal.isEmpty() || decimal.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        if (decimal.length() > 1 && decimal.charAt(0) == '0') {
            return OptionalLong.empty();
        }
        if (!decimal.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(decimal));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Lines that each end in a newline, at least one, of well-formed Unicode and without control characters below U+0020. */
    static boolean isText(String text) {
        return text.endsWith("\n") && text.chars().allMatch(c -> c >= ' ' || c == '\n') && isUnicode(text);
    }

    /** As a text, but a single line without its newline, and not blank. */
    static boolean isLine(String line) {
        return !line.isEmpty() && line.chars().allMatch(c -> c >= ' ') && isUnicode(line);
    }

    /** A line without Unicode spaces and without {@code +}. */
    static boolean isName(String name) {
        return isLine(name) && name.chars().noneMatch(c -> c == '+' || isSpace(c));
    }

    /** Unicode's White_Space above U+001F: Java's space characters, and one control character. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || c == NEXT_LINE;
    }

    /** Lone surrogates cannot be encoded. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
