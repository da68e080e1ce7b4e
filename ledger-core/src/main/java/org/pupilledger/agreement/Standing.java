package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** How an agreement stands on a day. */
public enum Standing implements Code {
    IN_FORCE,
    DRAFTED,
    SIGNED,
    NOT_STARTED,
    SUSPENDED,
    EXPIRED,
    ENDED,
    UMBRELLA_NOT_IN_FORCE,
    ANNULLED
}
