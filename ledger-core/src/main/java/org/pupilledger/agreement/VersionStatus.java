package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** How far a version of an agreement has come, as the register of data shares has it. */
public enum VersionStatus implements Code {
    /** It takes no effect: what stood before goes on. */
    DRAFTED,
    /** Where its start is not stated, it is not in force yet. */
    SIGNED,
    IN_FORCE,
    /** It is over, on a day that is not stated. */
    ENDED
}
