package org.pupilledger.codes;

/** The latest outcome of a request; each request has exactly one. */
public enum Outcome implements Code {
    OPEN,
    APPROVED,
    REFUSED,
    WITHDRAWN,
    /** Of a historic request of which the source says only that it was made. */
    @Label("outcome not stated")
    NOT_STATED
}
