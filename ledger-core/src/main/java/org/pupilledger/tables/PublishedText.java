package org.pupilledger.tables;

/** Text that every format can carry as it is: one line, without what XML cannot hold. */
final class PublishedText {
    private PublishedText() {}

    /**
     * Leaves out control characters, halves of surrogate pairs and noncharacters, and makes one space of white space, which
     * a spreadsheet and a browser would each show in their own way.
     *
     * @see <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0, 2.2</a>
     */
    static String of(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == ' ' || (point >= '\t' && point <= '\r')) {
                if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (isLegal(point)) {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString().stripTrailing();
    }

    private static boolean isLegal(int point) {
        return !Character.isISOControl(point)
                && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                && (point & 0xFFFE) != 0xFFFE
                && (point < 0xFDD0 || point > 0xFDEF);
    }
}
