package org.pupilledger.codes;

/** Why nothing was returned although the request was dealt with. */
public enum NilReason implements Code {
    @Label("looked for and not found")
    NO_MATCH,
    @Label("no such record held")
    NOT_HELD
}
