package org.pupilledger.publication;

import org.pupilledger.request.Code;

/** How figures are guarded against disclosure before they are published: a recorded choice from the first edition on. */
public enum Profile implements Code {
    /** Every count as it is, even 1. */
    EXACT("exact counts, nothing suppressed or rounded");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
