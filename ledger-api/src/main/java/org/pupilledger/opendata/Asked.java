package org.pupilledger.opendata;

import org.jspecify.annotations.Nullable;
import org.pupilledger.reading.InvalidInput;

/** What readers type into the forms of pages. */
final class Asked {
    /** A reference, the title of an agreement, the name of a body. */
    static final int MAX_LENGTH = 100;

    private Asked() {}

    /**
     * Words, without white space around; empty where none are given.
     *
     * @throws InvalidInput too long, or not of characters that can be read
     */
    static String words(String name, @Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.length() > MAX_LENGTH || !text.codePoints().allMatch(Asked::isReadable)) {
            throw new InvalidInput(name, "malformed", "Give at most " + MAX_LENGTH + " printable characters.");
        }
        return text.strip();
    }

    private static boolean isReadable(int point) {
        return !Character.isISOControl(point)
                && Character.isDefined(point)
                && Character.getType(point) != Character.SURROGATE
                && Character.getType(point) != Character.FORMAT;
    }

    /** Null where nothing is chosen: forms send what is empty too. */
    static @Nullable String chosen(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
