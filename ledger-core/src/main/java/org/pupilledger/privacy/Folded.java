package org.pupilledger.privacy;

import java.text.Normalizer;
import java.util.List;

/**
 * A text as the guard compares it: spelling, width, script of digits, invisible signs and separators no longer matter.
 *
 * @param plain      the text after compatibility decomposition, without invisible signs and accents, digits as 0-9
 * @param runs       {@code plain} in capitals, any run of other signs than A-Z and 0-9 as one {@code -}, or as one
 *                   {@code +} if the run holds a plus
 * @param letters    how many of A-Z are in {@code runs}
 * @param digits     how many of 0-9 are in {@code runs}
 * @param numbers    how many runs of digits alone are in {@code runs}
 * @param longest    length of the longest run of letters and digits
 * @param graphic    whether the text, as it came, holds visible ASCII only (no white space, 0x21 to 0x7E)
 */
record Folded(String plain, String runs, int letters, int digits, int numbers, int longest, boolean graphic) {
    private static final String LOOK_ALIKES =
            "\u0410\u0412\u0421\u0415\u041D\u0406\u0408\u041A\u041C\u041E\u0420\u0405\u0422\u0425\u0423"
                    + "\u0430\u0441\u0435\u0456\u0458\u043E\u0440\u0455\u0445\u0443"
                    + "\u0391\u0392\u0395\u0396\u0397\u0399\u039A\u039C\u039D\u039F\u03A1\u03A4\u03A5\u03A7\u03BF\u03BD";
    private static final String LATIN = "ABCEHIJKMOPSTXY" + "aceijopsxy" + "ABEZHIKMNOPTYXov";

    static Folded of(String text) {
        String plain = isAscii(text) ? text : plain(text);
        char[] runs = new char[plain.length()];
        int size = 0;
        int letters = 0;
        int digits = 0;
        int numbers = 0;
        int length = 0;
        int longest = 0;
        char before = 0;
        for (int i = 0; i < plain.length(); i++) {
            char sign = capital(plain.charAt(i));
            boolean afterSeparator = before == '-' || before == '+';
            if (isLetter(sign)) {
                letters++;
                length++;
            } else if (isDigit(sign)) {
                digits++;
                numbers += isDigit(before) ? 0 : 1;
                length++;
            } else {
                sign = sign == '+' || before == '+' ? '+' : '-';
                longest = Math.max(longest, length);
                length = 0;
                size -= afterSeparator ? 1 : 0;
            }
            runs[size++] = sign;
            before = sign;
        }
        return new Folded(
                plain, new String(runs, 0, size), letters, digits, numbers, Math.max(longest, length), isGraphic(text));
    }

    boolean hasOneOf(List<String> parts) {
        for (String part : parts) {
            if (runs.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static char capital(char sign) {
        return sign >= 'a' && sign <= 'z' ? (char) (sign - 'a' + 'A') : sign;
    }

    private static boolean isLetter(char sign) {
        return sign >= 'A' && sign <= 'Z';
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isGraphic(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static String plain(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder plain = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(point -> {
            switch (Character.getType(point)) {
                case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> {}
                case Character.DECIMAL_DIGIT_NUMBER -> plain.append(Character.digit(point, 10));
                default -> plain.appendCodePoint(latin(point));
            }
        });
        return plain.toString();
    }

    /** Letters of other scripts that look like Latin ones are read as those. */
    private static int latin(int point) {
        int index = point > 0x36F && point < 0x530 ? LOOK_ALIKES.indexOf(point) : -1;
        return index < 0 ? point : LATIN.charAt(index);
    }
}
