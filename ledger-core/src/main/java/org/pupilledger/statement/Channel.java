package org.pupilledger.statement;

import org.pupilledger.request.Code;

/** By which way a figure was told. */
public enum Channel implements Code {
    PARLIAMENT("Parliament", true),
    FOI("answer to a freedom of information request", true),
    EDITION("published edition", true),
    PRESS("press", false),
    OTHER("other", false);

    private final String label;
    private final boolean hasReference;

    Channel(String label, boolean hasReference) {
        this.label = label;
        this.hasReference = hasReference;
    }

    @Override
    public String label() {
        return label;
    }

    /** True where whatever is told this way has a public reference. */
    public boolean hasReference() {
        return hasReference;
    }
}
