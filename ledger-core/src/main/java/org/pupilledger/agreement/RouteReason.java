package org.pupilledger.agreement;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** Why data are handed over and not looked at in a secure place. */
public enum RouteReason implements Code {
    OPERATIONAL_MATCHING,
    STATUTORY_DUTY,
    TECHNICAL_LIMITATION,
    @Label("arrangement from before the secure service")
    LEGACY,
    OTHER
}
