package org.pupilledger.values;

import java.util.Optional;
import java.util.regex.Pattern;

/** The public reference of a source or an authority, such as {@code HCWS272}. */
public record SourceReference(String value) {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,79}");

    public SourceReference {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a source reference");
        }
    }

    public static Optional<SourceReference> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new SourceReference(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
