package org.pupilledger.request;

/** Where a historic request was found. */
public enum Source implements Code {
    FOI_ANSWER("answer to a freedom of information request"),
    PARLIAMENT("parliamentary answer or statement"),
    PUBLICATION("publication"),
    FILE("department file"),
    OTHER("other");

    private final String label;

    Source(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
