package org.pupilledger.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text and its signatures, as read. Nothing is verified: see {@link LogVerifier#open}.
 *
 * <p>The limits and the rules are those of Go's {@code sumdb/note}. It is stricter in one thing: base64 must be canonical,
 * where Go forgives stray bits in the last digit, so that a note has one spelling.
 *
 * @param text       ends in a newline; well-formed Unicode without control characters below U+0020 but newline
 * @param signatures 1 to {@value #MAX_SIGNATURES}, in the order of the note
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Format</a>
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Bytes of the longest note. */
    public static final int MAX_BYTES = 1_000_000;

    /** Signatures that a note may have; each costs its readers a verification. */
    public static final int MAX_SIGNATURES = 100;

    private static final String DASH = "\u2014 ";
    private static final String BLANK_LINE = "\n\n";

    /** @throws IllegalArgumentException where a part is not as described, or the note too long */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!Spelling.isText(text)) {
            throw new IllegalArgumentException("a text ends in a newline and has no other control characters");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
        if (encode(text, signatures).length > MAX_BYTES) {
            throw new IllegalArgumentException("a note has at most " + MAX_BYTES + " bytes");
        }
    }

    /**
     * Takes a note apart at its last blank line.
     *
     * @return empty where the bytes are no note; never throws
     */
    public static Optional<SignedNote> parse(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        String note;
        try {
            note = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
        int split = note.lastIndexOf(BLANK_LINE);
        if (split < 0 || !Spelling.isText(note)) {
            return Optional.empty();
        }
        String text = note.substring(0, split + 1);
        String block = note.substring(split + BLANK_LINE.length());
        if (block.isEmpty()) {
            return Optional.empty();
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : block.substring(0, block.length() - 1).split("\n", -1)) {
            Optional<NoteSignature> signature = signature(line);
            if (signature.isEmpty() || signatures.size() == MAX_SIGNATURES) {
                return Optional.empty();
            }
            signatures.add(signature.get());
        }
        return Optional.of(new SignedNote(text, signatures));
    }

    private static Optional<NoteSignature> signature(String line) {
        if (!line.startsWith(DASH)) {
            return Optional.empty();
        }
        int space = line.indexOf(' ', DASH.length());
        if (space < 0) {
            return Optional.empty();
        }
        String name = line.substring(DASH.length(), space);
        Optional<byte[]> signed = Spelling.bytes(line.substring(space + 1));
        if (!Spelling.isName(name) || signed.isEmpty() || signed.get().length <= Integer.BYTES) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.wrap(signed.get());
        int keyId = rest.getInt();
        byte[] signature = new byte[rest.remaining()];
        rest.get(signature);
        return Optional.of(new NoteSignature(name, keyId, signature));
    }

    /** The whole note in UTF-8; {@link #parse} reads it back. */
    public byte[] bytes() {
        return encode(text, signatures);
    }

    private static byte[] encode(String text, List<NoteSignature> signatures) {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (NoteSignature line : signatures) {
            byte[] signature = line.signature();
            byte[] signed = ByteBuffer.allocate(Integer.BYTES + signature.length)
                    .putInt(line.keyId())
                    .put(signature)
                    .array();
            note.append(DASH)
                    .append(line.name())
                    .append(' ')
                    .append(Spelling.base64(signed))
                    .append('\n');
        }
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }
}
