package org.pupilledger.request;

/** Why the department refused. */
public enum RefusalReason implements Code {
    NO_LAWFUL_BASIS("no lawful basis"),
    PURPOSE_OUTSIDE_AGREEMENT("purpose outside the agreement"),
    AGREEMENT_NOT_IN_FORCE("agreement not in force"),
    ITEMS_OUTSIDE_AGREEMENT("items outside the agreement"),
    AUTHORITY_MISSING("authority missing"),
    DISPROPORTIONATE("disproportionate"),
    INSUFFICIENT_IDENTIFIERS("insufficient identifiers"),
    OTHER("other");

    private final String label;

    RefusalReason(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
