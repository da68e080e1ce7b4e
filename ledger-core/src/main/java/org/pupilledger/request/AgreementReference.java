package org.pupilledger.request;

import java.util.Optional;
import java.util.regex.Pattern;

/** The department's reference for an agreement, such as {@code DS00689} or {@code R0039}; unique in the ledger. */
public record AgreementReference(String value) implements Comparable<AgreementReference> {
    private static final Pattern SYNTAX = Pattern.compile("(?=.*[0-9])[A-Z][A-Z0-9-]{1,19}");

    public AgreementReference {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not the reference of an agreement");
        }
    }

    public static Optional<AgreementReference> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new AgreementReference(text)) : Optional.empty();
    }

    @Override
    public int compareTo(AgreementReference other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
