package org.pupilledger.agreement;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** Through which panel of the department a version came. */
public enum ApprovalPanel implements Code {
    @Label("data sharing approval panel")
    DSAP,
    NONE
}
