package org.pupilledger.values;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The department's reference for an agreement, such as {@code DS00689} or {@code R0039}; unique in the ledger. The
 * department gives an umbrella and process agreements under it one reference where they are one data share: those are
 * told apart by a number at the end, {@code DS00689.P1}.
 */
public record AgreementReference(String value) implements Comparable<AgreementReference> {
    private static final Pattern SYNTAX = Pattern.compile("(?=[A-Z0-9-]*[0-9])[A-Z][A-Z0-9-]{1,19}(?:\\.P[1-9])?");

    private static final String PROCESS = ".P";

    public AgreementReference {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException("not the reference of an agreement");
        }
    }

    public static Optional<AgreementReference> parse(String text) {
        return SYNTAX.matcher(text).matches() ? Optional.of(new AgreementReference(text)) : Optional.empty();
    }

    /** The data share that it is, or is part of: the reference that the department lists. */
    public AgreementReference share() {
        return isOfShare() ? new AgreementReference(value.substring(0, value.indexOf(PROCESS))) : this;
    }

    /** Whether it is a process agreement under the reference of its umbrella. */
    public boolean isOfShare() {
        return value.contains(PROCESS);
    }

    /** That of the first process agreement under this reference. */
    public AgreementReference firstProcess() {
        return new AgreementReference(value + PROCESS + 1);
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
