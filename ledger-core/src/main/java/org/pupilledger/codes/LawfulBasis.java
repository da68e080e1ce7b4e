package org.pupilledger.codes;

/** The ground in UK GDPR Article 6. */
public enum LawfulBasis implements Code {
    PUBLIC_TASK,
    LEGAL_OBLIGATION,
    VITAL_INTERESTS,
    LEGITIMATE_INTERESTS
}
