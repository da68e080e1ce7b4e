package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** What an organisation is in an agreement. */
public enum PartyRole implements Code {
    PARTY,
    RECIPIENT,
    COMMISSIONER,
    FUNDER;

    /** Whether who has this role shares data under it; who only commissions or funds one has no access. */
    public boolean isParty() {
        return this == PARTY || this == RECIPIENT;
    }
}
