package org.pupilledger.canonical;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes canonical JSON: no white space, members in ascending order of their names' UTF-16 units, integers only,
 * the shortest escapes, UTF-8. The caller gives members in that order; any other order is a programming error and
 * fails, so that bytes which are not canonical can never be stored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2">RFC 8785, 3.2</a>
 */
public final class CanonicalWriter {
    /** Largest integer that every JSON reader keeps exact (RFC 7493, 2.2). */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    public static final int MAX_DEPTH = 20;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int size;
    private int depth;
    private boolean first = true;
    private final String[] lastNames = new String[MAX_DEPTH + 1];

    /** Writes {@code tree}: maps, lists, strings, booleans, {@code Long}, {@code Integer} and null. */
    public static byte[] bytesOf(@Nullable Object tree) {
        CanonicalWriter out = new CanonicalWriter();
        out.tree(tree);
        return out.toByteArray();
    }

    public CanonicalWriter beginObject() {
        separate();
        put('{');
        return push();
    }

    public CanonicalWriter endObject() {
        put('}');
        return pop();
    }

    public CanonicalWriter beginArray() {
        separate();
        put('[');
        return push();
    }

    public CanonicalWriter endArray() {
        put(']');
        return pop();
    }

    public CanonicalWriter name(String name) {
        String last = lastNames[depth];
        if (!last.isEmpty() && last.compareTo(name) >= 0) {
            throw new IllegalStateException("member " + name + " after " + last);
        }
        lastNames[depth] = name;
        separate();
        quote(name);
        put(':');
        first = true;
        return this;
    }

    /**
     * For who knows the order of the members beforehand.
     *
     * @param quoted name with quotes and colon
     */
    public void nameInOrder(byte[] quoted) {
        canonical(quoted);
        first = true;
    }

    public CanonicalWriter value(@Nullable String text) {
        if (text == null) {
            return nothing();
        }
        separate();
        quote(text);
        return this;
    }

    public CanonicalWriter value(long number) {
        if (number > MAX_INTEGER || number < -MAX_INTEGER) {
            throw new IllegalArgumentException("an integer beyond 2^53");
        }
        separate();
        return ascii(Long.toString(number));
    }

    public CanonicalWriter value(boolean truth) {
        separate();
        return ascii(truth ? "true" : "false");
    }

    public CanonicalWriter nothing() {
        separate();
        return ascii("null");
    }

    /** An array of whatever {@code write} puts for each element, or null. */
    public <T> CanonicalWriter list(@Nullable List<T> elements, BiConsumer<CanonicalWriter, T> write) {
        if (elements == null) {
            return nothing();
        }
        beginArray();
        elements.forEach(element -> write.accept(this, element));
        return endArray();
    }

    /** Copies a canonical value as it stands. */
    public CanonicalWriter canonical(byte[] value) {
        separate();
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    public byte[] toByteArray() {
        if (depth != 0) {
            throw new IllegalStateException("not closed");
        }
        return Arrays.copyOf(bytes, size);
    }

    public void tree(@Nullable Object tree) {
        switch (tree) {
            case null -> nothing();
            case String text -> value(text);
            case Long number -> value(number);
            case Integer number -> value(number);
            case Boolean truth -> value(truth);
            case List<?> list -> {
                beginArray();
                list.forEach(this::tree);
                endArray();
            }
            case Map<?, ?> map -> {
                beginObject();
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((name, value) -> sorted.put((String) name, value));
                sorted.forEach((name, value) -> name(name).tree(value));
                endObject();
            }
            default -> throw new IllegalArgumentException("no JSON for " + tree.getClass());
        }
    }

    private CanonicalWriter push() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        lastNames[depth] = "";
        first = true;
        return this;
    }

    private CanonicalWriter pop() {
        depth--;
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    private CanonicalWriter ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    private void quote(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i = unicode(text, i);
            } else if (c >= 0x20 && c != '"' && c != '\\') {
                put(c);
            } else {
                escape(c);
            }
        }
        put('"');
    }

    private void escape(char c) {
        int letter = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
        put('\\');
        put(letter);
        if (letter == 'u') {
            put('0');
            put('0');
            put(HEX[c >> 4]);
            put(HEX[c & 15]);
        }
    }

    /** Returns the index of the last unit taken. */
    private int unicode(String text, int index) {
        int point = text.codePointAt(index);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException("a lone surrogate");
        }
        byte[] encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return index + Character.charCount(point) - 1;
    }

    private void put(int b) {
        ensure(1);
        bytes[size++] = (byte) b;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
