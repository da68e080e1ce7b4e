package org.pupilledger.merkle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP signed-note: what is a note; whether it holds is the {@link LogVerifierTest}'s. */
class SignedNoteTest {
    private static final NoteSignature SIGNATURE = new NoteSignature("n", 0x01020304, new byte[] {5});
    private static final String LINE = "\u2014 n AQIDBAU=\n";

    @Test
    void theExampleOfTheSpecificationIsReadWrittenAndVerified() {
        String note = """
                This is an example message.

                \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
                """;
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
                .orElseThrow();
        SignedNote read = SignedNote.parse(note.getBytes(UTF_8)).orElseThrow();

        assertThat(read.text()).isEqualTo("This is an example message.\n");
        assertThat(read.signatures()).hasSize(1).allMatch(signature -> key.verifies(read.text(), signature));
        assertThat(read.bytes()).asString(UTF_8).isEqualTo(note);
    }

    @Test
    void theTextEndsAtTheLastBlankLine() {
        for (String text : List.of(
                "\n", "a\n", "a\n\n", "\na\n", "\n\n", "a\n\nb\n", "a\n\n" + LINE, LINE, "\u0085\u2028\ufeff\n")) {
            SignedNote note = new SignedNote(text, List.of(SIGNATURE));

            assertThat(SignedNote.parse((text + "\n" + LINE).getBytes(UTF_8))).contains(note);
            assertThat(note.bytes()).asString(UTF_8).isEqualTo(text + "\n" + LINE);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "a\n",
                "a\n\n",
                "a\n" + LINE, // no blank line
                "\n" + LINE, // no text
                "a\n\n\u2014 n AQIDBAU=", // no newline at the end
                "a\n\n" + LINE + "\n", // a blank line after the signatures
                "a\n\n" + LINE + "x\n", // no signature line
                "a\n\n- n AQIDBAU=\n",
                "a\n\n\u2013 n AQIDBAU=\n",
                "a\n\n\u2014n AQIDBAU=\n",
                "a\n\n \u2014 n AQIDBAU=\n",
                "a\n\n\u2014\u00a0n AQIDBAU=\n",
                "a\n\n\u2014  AQIDBAU=\n", // no name
                "a\n\n\u2014 AQIDBAU=\n",
                "a\n\n\u2014 n+m AQIDBAU=\n",
                "a\n\n\u2014 n\u00a0m AQIDBAU=\n",
                "a\n\n\u2014 n\u0085m AQIDBAU=\n",
                "a\n\n\u2014 n\u1680m AQIDBAU=\n",
                "a\n\n\u2014 n\u2003m AQIDBAU=\n",
                "a\n\n\u2014 n\u2028m AQIDBAU=\n",
                "a\n\n\u2014 n\u3000m AQIDBAU=\n",
                "a\n\n\u2014 n\n", // no signature
                "a\n\n\u2014 n \n",
                "a\n\n\u2014 n AQID\n",
                "a\n\n\u2014 n AQIDBA==\n", // a key id alone
                "a\n\n\u2014 n  AQIDBAU=\n",
                "a\n\n\u2014 n AQIDBAU= \n",
                "a\n\n\u2014 n AQIDBAU= x\n",
                "a\n\n\u2014 n AQIDBAU\n", // no padding
                "a\n\n\u2014 n AQIDBAV=\n", // stray bits
                "a\n\n\u2014 n AQIDBAU==\n",
                "a\n\n\u2014 n AQIDBA-_\n", // the other alphabet
                "a\n\n\u2014 n AQID\u0142\u0142\u0142\u0142\n",
                "a\u0000\n\n" + LINE,
                "a\t\n\n" + LINE,
                "a\u001f\n\n" + LINE,
                "a\r\n\r\n\u2014 n AQIDBAU=\r\n",
            })
    void anyOtherTextIsNoNote(@Nullable String note) {
        assertThat(SignedNote.parse(note == null ? null : note.getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u0080", "\u00c3", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00ff"})
    void whatIsNotUtf8IsNoNote(String octets) {
        byte[] note = (octets + "\n\n" + new String(LINE.getBytes(UTF_8), ISO_8859_1)).getBytes(ISO_8859_1);

        assertThat(SignedNote.parse(note)).isEmpty();
    }

    @Test
    void aHundredSignaturesAreReadAndNoMore() {
        String hundred = "a\n\n" + LINE.repeat(SignedNote.MAX_SIGNATURES);

        assertThat(SignedNote.parse(hundred.getBytes(UTF_8)).orElseThrow().signatures())
                .hasSize(100);
        assertThat(SignedNote.parse((hundred + LINE).getBytes(UTF_8))).isEmpty();
    }

    @Test
    void aMillionBytesAreReadAndNoMore() {
        String end = "\n\n" + LINE;
        int rest = SignedNote.MAX_BYTES - end.getBytes(UTF_8).length;

        assertThat(SignedNote.parse(("a".repeat(rest) + end).getBytes(UTF_8))).isPresent();
        assertThat(SignedNote.parse(("a".repeat(rest + 1) + end).getBytes(UTF_8)))
                .isEmpty();
        String tooLong = "a".repeat(rest + 1) + "\n";
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote(tooLong, List.of(SIGNATURE)));
    }

    @Test
    void whatCouldNotBeReadBackCannotBeMade() {
        List<Runnable> misfits = List.of(
                () -> new SignedNote("", List.of(SIGNATURE)),
                () -> new SignedNote("a", List.of(SIGNATURE)),
                () -> new SignedNote("a\r\n", List.of(SIGNATURE)),
                () -> new SignedNote("\ud800\n", List.of(SIGNATURE)),
                () -> new SignedNote("a\n", List.of()),
                () -> new SignedNote("a\n", Collections.nCopies(101, SIGNATURE)),
                () -> new NoteSignature("", 1, new byte[1]),
                () -> new NoteSignature("a b", 1, new byte[1]),
                () -> new NoteSignature("a+b", 1, new byte[1]),
                () -> new NoteSignature("a\n", 1, new byte[1]),
                () -> new NoteSignature("a\udc00", 1, new byte[1]),
                () -> new NoteSignature("a", 1, new byte[0]));

        for (Runnable misfit : misfits) {
            assertThatIllegalArgumentException().isThrownBy(misfit::run);
        }
    }

    @Test
    void aSignatureIsEqualByContentAndKeepsItsOwnBytes() {
        byte[] bytes = {5};
        NoteSignature signature = new NoteSignature("n", 0x01020304, bytes);
        bytes[0] = 6;
        signature.signature()[0] = 7;

        assertThat(signature)
                .isEqualTo(SIGNATURE)
                .hasSameHashCodeAs(SIGNATURE)
                .isNotEqualTo(new NoteSignature("n", 0x01020304, bytes))
                .isNotEqualTo(new NoteSignature("m", 0x01020304, new byte[] {5}))
                .isNotEqualTo(new NoteSignature("n", 1, new byte[] {5}));
    }
}
