package org.pupilledger.codes;

/** The stage that a request has reached. */
public enum Status implements Code {
    RECEIVED,
    APPROVED,
    REFUSED,
    WITHDRAWN,
    MATCHED,
    ANSWERED,
    CLOSED,
    ANNULLED
}
