package org.pupilledger.statement;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a number counts that no measure names, in capitals: {@code MEMORANDA_DRAFTED}. */
public record Subject(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z_]{1,39}");

    public Subject {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("no subject");
        }
    }

    public static Optional<Subject> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Subject(text)) : Optional.empty();
    }

    /** {@code memoranda drafted} */
    public String label() {
        return value.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public String toString() {
        return value;
    }
}
