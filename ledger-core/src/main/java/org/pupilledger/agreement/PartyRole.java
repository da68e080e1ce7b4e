package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** What an organisation is in an agreement. */
public enum PartyRole implements Code {
    PARTY,
    RECIPIENT,
    COMMISSIONER,
    FUNDER
}
