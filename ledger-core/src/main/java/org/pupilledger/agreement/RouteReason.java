package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** Why data are handed over and not looked at in a secure place. */
public enum RouteReason implements Code {
    OPERATIONAL_MATCHING("operational matching"),
    STATUTORY_DUTY("statutory duty"),
    TECHNICAL_LIMITATION("technical limitation"),
    LEGACY("arrangement from before the secure service"),
    OTHER("other");

    private final String label;

    RouteReason(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
