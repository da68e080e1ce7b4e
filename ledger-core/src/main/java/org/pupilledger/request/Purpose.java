package org.pupilledger.request;

/** Why the requester wants to know. */
public enum Purpose implements Code {
    BENEFIT_FRAUD("benefit fraud"),
    SCHOOL_REGISTRATION_CHECK("check of school registration"),
    FRAUD_ACT_OFFENCE("offence under the Fraud Act"),
    IMMIGRATION_ENFORCEMENT("immigration enforcement"),
    MISSING_CHILD("missing child"),
    CRIME_PREVENTION("prevention or detection of crime"),
    COURT_ORDER("court order"),
    OTHER("other");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
