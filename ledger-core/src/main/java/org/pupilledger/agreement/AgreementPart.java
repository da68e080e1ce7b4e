package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** What of an agreement can be corrected. */
public enum AgreementPart implements Code {
    VERSION,
    SUSPENSION,
    END
}
