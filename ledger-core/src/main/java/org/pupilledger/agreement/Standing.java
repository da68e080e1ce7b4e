package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** How an agreement stands on a day. */
public enum Standing implements Code {
    IN_FORCE,
    NOT_STARTED,
    SUSPENDED,
    ENDED,
    UMBRELLA_NOT_IN_FORCE
}
