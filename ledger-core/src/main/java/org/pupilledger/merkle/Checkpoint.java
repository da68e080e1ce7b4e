package org.pupilledger.merkle;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a log signs: its name, how many entries it has, and the root over them. Equal by content.
 *
 * @param origin     names the log; one line, not blank
 * @param size       leaves that the root covers, at least 0
 * @param root       32 bytes
 * @param extensions further lines, none of them blank; this ledger writes none
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint, Note text</a>
 */
@SuppressWarnings("ArrayRecordComponent") // equal by content, see below; copied in and out
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
    private static final int FIXED_LINES = 3;

    /** @throws IllegalArgumentException where a part is not as described */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        root = TreeHash.requireHash(root).clone();
        if (size < 0) {
            throw new IllegalArgumentException("a size is at least 0");
        }
        if (!Spelling.isLine(origin) || !extensions.stream().allMatch(Spelling::isLine)) {
            throw new IllegalArgumentException("origin and extensions are lines of text, not blank");
        }
    }

    /** A copy. */
    @Override
    public byte[] root() {
        return root.clone();
    }

    /** The note text: the parts on a line each, the final newline included. This is what is signed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(origin).append('\n');
        text.append(size).append('\n');
        text.append(Spelling.base64(root)).append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /**
     * Reads what {@link #text} writes. Says nothing about signatures: see {@link LogVerifier#open}.
     *
     * @return empty for any other text, also for a leading zero or base64 that is not canonical; never throws
     */
    public static Optional<Checkpoint> parse(@Nullable String text) {
        if (text == null || !Spelling.isText(text)) {
            return Optional.empty();
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < FIXED_LINES || lines.contains("")) {
            return Optional.empty();
        }
        OptionalLong size = Spelling.number(lines.get(1));
        Optional<byte[]> root = Spelling.hash(lines.get(2));
        if (size.isEmpty() || root.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Checkpoint(lines.get(0), size.getAsLong(), root.get(), lines.subList(FIXED_LINES, lines.size())));
    }

    /** What a signed note says, whoever signed it; empty where it is no checkpoint, never throws. See {@link LogVerifier#open}. */
    public static Optional<Checkpoint> saidIn(byte @Nullable [] note) {
        return SignedNote.parse(note).flatMap(signed -> parse(signed.text()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root)
                && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, size, Arrays.hashCode(root), extensions);
    }

    @Override
    public String toString() {
        return text();
    }
}
