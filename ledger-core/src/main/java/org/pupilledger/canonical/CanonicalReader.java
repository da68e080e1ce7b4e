package org.pupilledger.canonical;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads canonical JSON strictly: the caller names each member in turn, and anything that {@link CanonicalWriter} would
 * not have written is an {@link UnreadableEvent}. It is fast because canonical members have one possible order.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785#section-3.2">RFC 8785, 3.2</a>
 */
public final class CanonicalReader {
    private static final int MAX_DIGITS = 16;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int depth;
    private boolean first = true;

    public CanonicalReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public CanonicalReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Reads one whole value as maps, lists, strings, booleans, {@code Long} and null; refuses what is not canonical. */
    public static @Nullable Object treeOf(byte[] bytes) {
        CanonicalReader in = new CanonicalReader(bytes);
        Object tree = in.tree();
        in.end();
        return tree;
    }

    /** The same of an object; the refusal says in words that it is none. */
    @SuppressWarnings("unchecked") // the names of members are strings
    public static Map<String, @Nullable Object> objectOf(byte[] bytes, String refusal) {
        if (treeOf(bytes) instanceof Map<?, ?> tree) {
            return (Map<String, @Nullable Object>) tree;
        }
        throw new UnreadableEvent(refusal);
    }

    public CanonicalReader beginObject() {
        separate();
        take('{');
        return push();
    }

    /** Goes on inside an object of which other members were read elsewhere. */
    public CanonicalReader resumeObject() {
        push();
        first = false;
        return this;
    }

    public void endObject() {
        take('}');
        pop();
    }

    public CanonicalReader name(String name) {
        separate();
        take('"');
        for (int i = 0; i < name.length(); i++) {
            take(name.charAt(i));
        }
        take('"');
        take(':');
        first = true;
        return this;
    }

    /** @param quoted name with quotes and colon, ASCII that needs no escapes */
    public void name(byte[] quoted) {
        separate();
        if (!comes(quoted)) {
            for (byte b : quoted) {
                take(b); // up to the one that differs
            }
        }
        first = true;
    }

    /** True, and the value consumed, where the next value is written like this. */
    public boolean isNext(byte[] value) {
        if (!first && (at >= end || bytes[at] != ',')) {
            return false;
        }
        int from = at;
        at += first ? 0 : 1;
        if (comes(value)) {
            first = false;
            return true;
        }
        at = from;
        return false;
    }

    private boolean comes(byte[] expected) {
        int to = at + expected.length;
        if (to > end || !Arrays.equals(expected, 0, expected.length, bytes, at, to)) {
            return false;
        }
        at = to;
        return true;
    }

    /** The members of the object under way, whatever their names, as long as these are in order. */
    public void members(BiConsumer<String, CanonicalReader> read) {
        String last = null;
        while (hasMember()) {
            last = nameAfter(last);
            read.accept(last, this);
        }
    }

    /** True, and the null consumed, where the next value is null. */
    public boolean isNull() {
        boolean isNull = at < end && bytes[at] == 'n';
        if (isNull) {
            nothing();
        }
        return isNull;
    }

    public String text() {
        separate();
        take('"');
        int from = at;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
            }
            if (b == '\\' || b < 0x20) {
                // negative bytes are the parts of non-ASCII characters
                EscapedText text = new EscapedText(bytes, from, end);
                at = text.end();
                return text.decoded();
            }
        }
        throw unreadable();
    }

    /** Passes over a text without escapes, and says where it stands. */
    public Span span() {
        separate();
        take('"');
        int from = at;
        // not the field, which would be written for each byte
        int i = from;
        for (; i < end && bytes[i] != '"'; i++) {
            if (bytes[i] == '\\' || bytes[i] < 0x20) {
                throw unreadable();
            }
        }
        at = i;
        take('"');
        return new Span(from, i);
    }

    /** Bytes of a text, without the quotes. */
    public record Span(int from, int to) {
        public String in(byte[] bytes) {
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }

        public boolean equals(byte[] text, byte[] bytes) {
            return Arrays.equals(text, 0, text.length, bytes, from, to);
        }
    }

    public @Nullable String textOrNull() {
        return isNull() ? null : text();
    }

    public long number() {
        separate();
        int from = at;
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        long number = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + (bytes[at++] - '0');
            if (at - digits > MAX_DIGITS) {
                throw unreadable();
            }
        }
        boolean leadingZero = at - digits > 1 && bytes[digits] == '0';
        if (at == digits || leadingZero || number > CanonicalWriter.MAX_INTEGER || (negative && number == 0)) {
            throw unreadable();
        }
        // what follows must end the number, so that 1.5 and 1e3 are refused here and not later
        if (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
            at = from;
            throw unreadable();
        }
        return negative ? -number : number;
    }

    public int count() {
        long number = number();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw unreadable();
        }
        return (int) number;
    }

    public boolean truth() {
        separate();
        boolean truth = at < end && bytes[at] == 't';
        literal(truth ? "true" : "false");
        return truth;
    }

    public <T extends @Nullable Object> List<T> list(Function<CanonicalReader, T> read) {
        separate();
        take('[');
        push();
        List<T> elements = new ArrayList<>(4);
        while (at < end && bytes[at] != ']') {
            elements.add(read.apply(this));
        }
        take(']');
        pop();
        return elements;
    }

    /** Checks that nothing follows. */
    public void end() {
        if (at != end || depth != 0) {
            throw unreadable();
        }
    }

    public int at() {
        return at;
    }

    @Nullable
    public Object tree() {
        int next = first ? at : at + 1;
        return switch (next < end ? bytes[next] : 0) {
            case '{' -> treeObject();
            case '[' -> list(CanonicalReader::tree);
            case '"' -> text();
            case 't', 'f' -> truth();
            case 'n' -> nothing();
            default -> number();
        };
    }

    private Map<String, @Nullable Object> treeObject() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        beginObject().members((name, in) -> tree.put(name, in.tree()));
        endObject();
        return tree;
    }

    /** Whether the object under way goes on. */
    public boolean hasMember() {
        return at < end && bytes[at] != '}';
    }

    /** The name of the next member, whatever it is, as long as it comes after the one before it. */
    public String nameAfter(@Nullable String last) {
        String name = text();
        take(':');
        first = true;
        if (last != null && last.compareTo(name) >= 0) {
            throw unreadable();
        }
        return name;
    }

    private CanonicalReader push() {
        if (++depth > CanonicalWriter.MAX_DEPTH) {
            throw unreadable();
        }
        first = true;
        return this;
    }

    private void pop() {
        depth--;
        first = false;
    }

    private void separate() {
        if (!first) {
            take(',');
        }
        first = false;
    }

    private void literal(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            take(literal.charAt(i));
        }
    }

    private @Nullable Object nothing() {
        separate();
        literal("null");
        return null;
    }

    private void take(int expected) {
        if (at >= end || bytes[at] != expected) {
            throw unreadable();
        }
        at++;
    }

    private UnreadableEvent unreadable() {
        return UnreadableEvent.at(at);
    }
}
