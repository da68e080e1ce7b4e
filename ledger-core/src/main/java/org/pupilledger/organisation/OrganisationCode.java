package org.pupilledger.organisation;

import java.util.Optional;

/** The code by which an organisation is known: upper-case letters, digits and underscores, 2 to 40 characters. */
public record OrganisationCode(String value) implements Comparable<OrganisationCode> {
    private static final int MAX_LENGTH = 40;

    public OrganisationCode {
        if (!isCode(value)) {
            throw new IllegalArgumentException("not an organisation code");
        }
    }

    public static Optional<OrganisationCode> parse(String text) {
        return isCode(text) ? Optional.of(new OrganisationCode(text)) : Optional.empty();
    }

    /** By hand and not by a pattern, since every event of a replay has one. */
    private static boolean isCode(String text) {
        if (text.length() < 2 || text.length() > MAX_LENGTH || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && (c < '0' || c > '9') && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z';
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
