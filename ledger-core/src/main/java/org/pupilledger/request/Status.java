package org.pupilledger.request;

/** The stage that a request has reached. */
public enum Status implements Code {
    RECEIVED("received"),
    APPROVED("approved"),
    REFUSED("refused"),
    WITHDRAWN("withdrawn"),
    MATCHED("matched"),
    ANSWERED("answered"),
    CLOSED("closed"),
    ANNULLED("annulled");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
