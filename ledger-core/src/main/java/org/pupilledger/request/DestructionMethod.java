package org.pupilledger.request;

/** How the submitted file was destroyed. */
public enum DestructionMethod implements Code {
    SECURE_ERASE("securely erased"),
    RETURNED("returned to the requester"),
    SECURE_ENVIRONMENT_DEACTIVATED("secure environment deactivated");

    private final String label;

    DestructionMethod(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
