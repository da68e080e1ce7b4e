package org.pupilledger.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts in which signs are written as in URLs, by percent signs, or as in web pages, by their numbers or names. */
final class Encoded {
    /** One that was encoded twice is still what it was. */
    private static final int ROUNDS = 3;

    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})++");
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#([0-9]{1,7});?|#[xX]([0-9A-Fa-f]{1,6});?|([A-Za-z]{2,8});)");

    /** Those that stand between or instead of the signs of a number or a name. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("colon", ":"),
            Map.entry("comma", ","),
            Map.entry("commat", "@"),
            Map.entry("emsp", " "),
            Map.entry("ensp", " "),
            Map.entry("equals", "="),
            Map.entry("hyphen", "-"),
            Map.entry("mdash", "-"),
            Map.entry("nbsp", " "),
            Map.entry("ndash", "-"),
            Map.entry("newline", " "),
            Map.entry("num", "#"),
            Map.entry("percnt", "%"),
            Map.entry("period", "."),
            Map.entry("plus", "+"),
            Map.entry("shy", ""),
            Map.entry("sol", "/"),
            Map.entry("tab", " "),
            Map.entry("thinsp", " "),
            Map.entry("zwj", ""),
            Map.entry("zwnj", ""));

    private Encoded() {}

    /** The text as it is meant; the same one where nothing in it is encoded. */
    static String decoded(String text) {
        String decoded = text;
        for (int round = 0; round < ROUNDS && (decoded.indexOf('%') >= 0 || decoded.indexOf('&') >= 0); round++) {
            decoded = REFERENCE
                    .matcher(PERCENT.matcher(decoded)
                            .replaceAll(match -> Matcher.quoteReplacement(bytes(match.group()))))
                    .replaceAll(match -> Matcher.quoteReplacement(
                            sign(match.group(), match.group(1), match.group(2), match.group(3))));
        }
        return decoded;
    }

    private static String bytes(String percents) {
        byte[] bytes = new byte[percents.length() / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(percents.substring(3 * i + 1, 3 * i + 3), 16);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String sign(
            String text, @Nullable String decimal, @Nullable String hexadecimal, @Nullable String name) {
        if (name != null) {
            return NAMED.getOrDefault(name.toLowerCase(Locale.ROOT), text);
        }
        int point =
                decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(Objects.requireNonNull(hexadecimal), 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : text;
    }
}
