package org.pupilledger.schema;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupilledger.canonical.CanonicalReader;
import org.pupilledger.canonical.CanonicalWriter;
import org.pupilledger.canonical.UnreadableEvent;

/** The rules of RFC 8785, as far as the ledger writes JSON at all. */
class CanonicalJsonTest {

    /** RFC 8785, 3.2.2 and 3.2.3. */
    @Test
    void theSampleOfTheRfcIsWrittenAsThere() {
        Map<String, @Nullable Object> sample = new HashMap<>();
        sample.put("string", "\u20ac$\u000F\nA'B\"\\\\\"/");
        sample.put("literals", Arrays.asList(null, true, false));

        assertThat(written(sample))
                .isEqualTo("{\"literals\":[null,true,false],\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, 3.2.3: the order is that of UTF-16 units, not of code points or UTF-8 bytes. */
    @Test
    void membersAreInTheOrderOfTheirUtf16Units() {
        Map<String, @Nullable Object> members = new HashMap<>();
        List<String> ascending = List.of("", "\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33");
        ascending.forEach(name -> members.put(name, null));

        assertThat(written(members))
                .isEqualTo("{\"\":null,\"\\r\":null,\"1\":null,\"\u0080\":null,\"\u00f6\":null,\"\u20ac\":null,"
                        + "\"\ud83d\ude00\":null,\"\ufb33\":null}");
        assertThat(CanonicalReader.treeOf(CanonicalWriter.bytesOf(members))).isEqualTo(members);
    }

    @Test
    void onlyWhatMustBeEscapedIs() {
        for (char c = 0; c < 0x100; c++) {
            String escaped = switch (c) {
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case '\b' -> "\\b";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\f' -> "\\f";
                case '\r' -> "\\r";
                default -> c < 0x20 ? "\\u00%02x".formatted((int) c) : String.valueOf(c);
            };

            assertThat(written(String.valueOf(c))).isEqualTo('"' + escaped + '"');
            assertThat(read('"' + escaped + '"')).isEqualTo(String.valueOf(c));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 10, 2_461, Integer.MAX_VALUE, 9_007_199_254_740_991L, -9_007_199_254_740_991L})
    void integersAreWrittenInFull(long number) {
        assertThat(written(number)).isEqualTo(Long.toString(number));
        assertThat(read(Long.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(longs = {9_007_199_254_740_992L, -9_007_199_254_740_992L, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIntegerThatOthersWouldRoundIsNotWritten(long number) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalWriter.bytesOf(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1.5",
                "1e3",
                "1E3",
                "01",
                "00",
                "-0",
                "-01",
                "-",
                "+1",
                "1-",
                "0x1",
                "NaN",
                ".5",
                "1 ",
                "--1",
                "9007199254740992",
                "-9007199254740992",
                "99999999999999999999999999"
            })
    void anyOtherSpellingOfANumberIsRefused(String number) {
        assertUnreadable(number);
        assertUnreadable("[" + number + "]");
        assertUnreadable("{\"a\":" + number + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "\n1",
                "\ufeff1",
                "[ 1]",
                "[1 ]",
                "[1, 2]",
                "{ }",
                "{\"a\" :1}",
                "{\"a\": 1}",
                "{\"a\":1 }",
                "{\"a\":1, \"b\":2}"
            })
    void whiteSpaceIsRefused(String json) {
        assertUnreadable(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "]",
                "[]]",
                "[1",
                "[1,",
                "[,]",
                "[,1]",
                "[1,]",
                "[1,,2]",
                "[1 2]",
                "[1null]",
                "[\"a\"null]",
                "{",
                "}",
                "{}}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{a:1}",
                "{1:1}",
                "{\"a\"}",
                "{\"a\",1}",
                "{\"a\":}",
                "[}",
                "{]",
                "nul",
                "nulll",
                "True",
                "tru",
                "truefalse",
                "'a'",
                "\"a",
                "\"a\\",
                "\"a\\\"",
                "\"\\u00",
                "\"\\u12",
                "1,2",
                "{}[]",
                "null null",
                "//",
                "undefined"
            })
    void brokenOrFurtherTextIsRefused(String json) {
        assertUnreadable(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"\":1,\"\":1}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"B\":2}",
                "{\"\ufb33\":1,\"\ud83d\ude00\":2}",
                "[{\"a\":{\"b\":1,\"b\":2}}]",
                "{\"a\":1,\"\\u0061\":2}"
            })
    void duplicateOrUnsortedMembersAreRefused(String json) {
        assertUnreadable(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\/",
                "\\u0041",
                "\\u000A",
                "\\u000a",
                "\\u001F",
                "\\u00e9",
                "\\u20AC",
                "\\a",
                "\\'",
                "\\x41",
                "\\u00g0",
                "\\u 041",
                "\\U0041",
                "\\u-001",
                "\\",
                "\\ud83d\\ude00",
                "\t",
                "\n",
                "\u0000",
                "\u001f"
            })
    void anyOtherSpellingOfATextIsRefused(String inside) {
        assertUnreadable('"' + inside + '"');
        assertUnreadable("\"caf\u00e9" + inside + '"');
        assertUnreadable("{\"" + inside + "\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ud83dx", "\\ude00\\ud83d", "\\ud83d\\ud83d"})
    void aLoneSurrogateIsRefused(String inside) {
        assertUnreadable('"' + inside + '"');
        assertUnreadable("{\"" + inside + "\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d"})
    void aLoneSurrogateIsNotWritten(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalWriter.bytesOf(text));
    }

    /** A stray byte, a cut sequence, overlong forms, surrogates, beyond the last code point. */
    @ParameterizedTest
    @CsvSource({
        "ff",
        "fe",
        "80",
        "bf",
        "c3",
        "c3 28",
        "e2 82",
        "f0 9f 98",
        "c0 af",
        "c1 81",
        "e0 80 af",
        "ed a0 bd",
        "ed a0 bd ed b8 80",
        "f4 90 80 80",
        "f8 88 80 80 80"
    })
    void whatIsNotUtf8IsRefused(String hex) {
        String bytes = new String(HexFormat.ofDelimiter(" ").parseHex(hex), ISO_8859_1);

        assertUnreadable(("\"" + bytes + "\"").getBytes(ISO_8859_1));
        assertUnreadable(("\"\\n" + bytes + "\"").getBytes(ISO_8859_1));
        assertUnreadable(("{\"" + bytes + "\":1}").getBytes(ISO_8859_1));
    }

    @Test
    void twentyLevelsAreReadAndWrittenButNoMore() {
        String deepest = "[".repeat(20) + "]".repeat(20);

        assertThat(written(CanonicalReader.treeOf(deepest.getBytes(UTF_8)))).isEqualTo(deepest);
        assertUnreadable("[".repeat(21) + "]".repeat(21));
        assertUnreadable("[".repeat(1_000_000));
        assertUnreadable("{\"a\":".repeat(1_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalWriter.bytesOf(nested(21)));
    }

    @Test
    void aTextLongerThanAnyBufferIsReadAndWritten() {
        String text = "\u20ac".repeat(10_000) + "a".repeat(10_000);

        assertThat(CanonicalReader.treeOf(CanonicalWriter.bytesOf(text))).isEqualTo(text);
    }

    @Test
    void whatIsNoJsonIsNotWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalWriter.bytesOf(1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalWriter.bytesOf(List.of(new Object())));
    }

    @Test
    void aWriterFailsOnMembersOutOfOrderOrLeftOpen() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new CanonicalWriter().beginObject().name("b").value(1).name("a"));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new CanonicalWriter().beginObject().name("a").value(1).name("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().toByteArray());
    }

    @Test
    void aMessageTellsThePlaceAndNotTheText() {
        assertThatExceptionOfType(UnreadableEvent.class)
                .isThrownBy(() -> CanonicalReader.treeOf("{\"secret\":oops}".getBytes(UTF_8)))
                .withMessage("not the canonical JSON expected, at byte 10");
    }

    private static Object nested(int levels) {
        Object tree = List.of();
        for (int i = 1; i < levels; i++) {
            tree = List.of(tree);
        }
        return tree;
    }

    private static String written(@Nullable Object tree) {
        return new String(CanonicalWriter.bytesOf(tree), UTF_8);
    }

    private static @Nullable Object read(String json) {
        return CanonicalReader.treeOf(json.getBytes(UTF_8));
    }

    private static void assertUnreadable(String json) {
        assertUnreadable(json.getBytes(UTF_8));
    }

    private static void assertUnreadable(byte[] json) {
        assertThatExceptionOfType(UnreadableEvent.class).isThrownBy(() -> CanonicalReader.treeOf(json));
    }
}
