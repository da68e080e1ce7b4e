package org.pupilledger.organisation;

import java.util.Optional;
import java.util.regex.Pattern;

/** The code by which an organisation is known: upper-case letters, digits and underscores, 2 to 40 characters. */
public record OrganisationCode(String value) implements Comparable<OrganisationCode> {
    private static final Pattern SYNTAX = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");

    public OrganisationCode {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not an organisation code");
        }
    }

    public static Optional<OrganisationCode> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new OrganisationCode(text)) : Optional.empty();
    }

    @Override
    public int compareTo(OrganisationCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
