package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** What an organisation is in an agreement. */
public enum PartyRole implements Code {
    PARTY("party"),
    RECIPIENT("recipient"),
    COMMISSIONER("commissioner"),
    FUNDER("funder");

    private final String label;

    PartyRole(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
