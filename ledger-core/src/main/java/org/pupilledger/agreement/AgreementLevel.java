package org.pupilledger.agreement;

import org.pupilledger.codes.Code;

/** Whether an agreement is one under which others stand, or one for a process. */
public enum AgreementLevel implements Code {
    UMBRELLA,
    PROCESS
}
