package org.pupilledger.codes;

/** Why the requester wants to know. */
public enum Purpose implements Code {
    BENEFIT_FRAUD,
    @Label("check of school registration")
    SCHOOL_REGISTRATION_CHECK,
    @Label("offence under the Fraud Act")
    FRAUD_ACT_OFFENCE,
    IMMIGRATION_ENFORCEMENT,
    MISSING_CHILD,
    @Label("prevention or detection of crime")
    CRIME_PREVENTION,
    COURT_ORDER,
    OTHER
}
