package org.pupilledger.request;

/** The latest outcome of a request; each request has exactly one. */
public enum Outcome implements Code {
    OPEN("open"),
    APPROVED("approved"),
    REFUSED("refused"),
    WITHDRAWN("withdrawn");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
