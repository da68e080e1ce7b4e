package org.pupilledger.agreement;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** What shows that the data shared under an agreement that ended are no longer held. */
public enum EndEvidence implements Code {
    DESTRUCTION_CONFIRMED,
    SECURE_ENVIRONMENT_DEACTIVATED,
    @Label("no data were shared")
    NO_DATA_SHARED,
    NOT_STATED
}
