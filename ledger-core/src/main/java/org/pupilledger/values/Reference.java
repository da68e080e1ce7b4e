package org.pupilledger.values;

import java.util.Optional;
import java.util.regex.Pattern;

/** The department's reference for one letter, such as {@code 2023-0020534}; unique in the ledger. */
public record Reference(String value) {
    private static final Pattern SYNTAX = Pattern.compile("(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./-]{0,39}");

    public Reference {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a reference");
        }
    }

    public static Optional<Reference> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new Reference(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
