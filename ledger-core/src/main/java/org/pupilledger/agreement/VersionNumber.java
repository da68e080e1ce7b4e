package org.pupilledger.agreement;

import java.util.Optional;
import java.util.regex.Pattern;

/** How the parties number a version: {@code 1.0}, {@code 2.1}. No two versions of an agreement have the same. */
public record VersionNumber(String value) {
    private static final Pattern SYNTAX = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}");

    public VersionNumber {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not the number of a version");
        }
    }

    public static Optional<VersionNumber> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new VersionNumber(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
