package org.pupilledger.codes;

/** The latest outcome of a request; each request has exactly one. */
public enum Outcome implements Code {
    OPEN,
    APPROVED,
    REFUSED,
    WITHDRAWN
}
