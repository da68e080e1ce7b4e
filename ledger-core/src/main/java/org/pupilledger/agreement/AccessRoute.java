package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** How the recipient gets at the data. */
public enum AccessRoute implements Code {
    SECURE_RESEARCH_SERVICE,
    DIRECT_TRANSFER
}
