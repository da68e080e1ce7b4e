package org.pupilledger.codes;

/** How the submitted file was destroyed. */
public enum DestructionMethod implements Code {
    @Label("securely erased")
    SECURE_ERASE,
    @Label("returned to the requester")
    RETURNED,
    SECURE_ENVIRONMENT_DEACTIVATED
}
