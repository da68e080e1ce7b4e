package org.pupilledger.codes;

/** Why the department refused. */
public enum RefusalReason implements Code {
    NO_LAWFUL_BASIS,
    @Label("purpose outside the agreement")
    PURPOSE_OUTSIDE_AGREEMENT,
    AGREEMENT_NOT_IN_FORCE,
    @Label("items outside the agreement")
    ITEMS_OUTSIDE_AGREEMENT,
    AUTHORITY_MISSING,
    DISPROPORTIONATE,
    INSUFFICIENT_IDENTIFIERS,
    OTHER
}
