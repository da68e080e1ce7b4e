package org.pupilledger.agreement;

import org.pupilledger.request.Code;

/** How an agreement stands on a day. */
public enum Standing implements Code {
    IN_FORCE("in force"),
    NOT_STARTED("not started"),
    SUSPENDED("suspended"),
    ENDED("ended"),
    UMBRELLA_NOT_IN_FORCE("umbrella not in force");

    private final String label;

    Standing(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
