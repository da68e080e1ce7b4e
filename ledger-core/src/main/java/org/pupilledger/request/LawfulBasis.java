package org.pupilledger.request;

/** The ground in UK GDPR Article 6. */
public enum LawfulBasis implements Code {
    PUBLIC_TASK("public task"),
    LEGAL_OBLIGATION("legal obligation"),
    VITAL_INTERESTS("vital interests"),
    LEGITIMATE_INTERESTS("legitimate interests");

    private final String label;

    LawfulBasis(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
