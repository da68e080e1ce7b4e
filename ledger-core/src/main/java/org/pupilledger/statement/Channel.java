package org.pupilledger.statement;

import org.pupilledger.codes.Code;
import org.pupilledger.codes.Label;

/** By which way a figure was told. */
public enum Channel implements Code {
    @Label("Parliament")
    PARLIAMENT(true),
    @Label("answer to a freedom of information request")
    FOI(true),
    @Label("published edition")
    EDITION(true),
    PRESS(false),
    OTHER(false);

    private final boolean hasReference;

    Channel(boolean hasReference) {
        this.hasReference = hasReference;
    }

    /** True where whatever is told this way has a public reference. */
    public boolean hasReference() {
        return hasReference;
    }
}
