package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** How far an edition has come. */
public enum EditionStatus implements Code {
    SCHEDULED("scheduled"),
    PREVIEWED("previewed"),
    RELEASED("released"),
    REVISED("revised");

    private final String label;

    EditionStatus(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
