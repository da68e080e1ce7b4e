package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** How the recipient gets at the data. */
public enum AccessRoute implements Code {
    SECURE_RESEARCH_SERVICE("secure research service"),
    DIRECT_TRANSFER("direct transfer");

    private final String label;

    AccessRoute(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
