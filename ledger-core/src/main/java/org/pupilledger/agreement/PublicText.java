package org.pupilledger.agreement;

import java.util.Optional;
import org.pupilledger.privacy.Guard;

/**
 * Words of a published register.
 *
 * @param value 1 to {@value Guard#MAX_TEXT_LENGTH} signs, neither beginning nor ending with white space, without line breaks
 *     and other signs that control
 */
public record PublicText(String value) {
    public PublicText {
        if (!isText(value)) {
            throw new IllegalArgumentException("not the words of a register");
        }
    }

    public static Optional<PublicText> parse(String text) {
        return isText(text) ? Optional.of(new PublicText(text)) : Optional.empty();
    }

    private static boolean isText(String text) {
        return !text.isEmpty()
                && text.length() <= Guard.MAX_TEXT_LENGTH
                && text.equals(text.strip())
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return value;
    }
}
